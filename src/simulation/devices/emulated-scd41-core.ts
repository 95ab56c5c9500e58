import type { Scd41Fault } from "./emulated-scd41-fault.ts";
import { type Scd41Settings, scd41FactorySettings, scd41Takes } from "./emulated-scd41-settings.ts";
import {
  co2Word,
  humidityAtTemperature,
  pressureAtAltitude,
  type SensirionAir,
  standardPressureHectopascals,
} from "./emulated-sensirion-air.ts";
import { SensirionCalibration } from "./emulated-sensirion-calibration.ts";
import { valueFaultOf } from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionMeter, type SensirionReading } from "./emulated-sensirion-meter.ts";
import { celsiusToTicks, humidityToTicks } from "./emulated-sensirion-words.ts";

/** What the chip is doing between commands. */
export type Scd41Mode = "idle" | "measuring" | "asleep";

const pressureMinHectopascals = 700;
const pressureMaxHectopascals = 1_200;
const kelvinPerTick = 175 / 0xffff;
/** The chip's own heat in periodic operation: what the factory's offset takes away again. */
const selfHeatingKelvin = scd41FactorySettings.temperatureOffsetTicks * kelvinPerTick;
/** The first single shot after a start is wrong (data sheet: discard it); by how much is assumed. */
const firstShotErrorPpm = 120;
const msPerHour = 3_600_000;

/** The inside of an emulated SCD41: memory, measurement and calibration, without the wire. */
export class Scd41Core {
  readonly #airAt: (atMs: number) => SensirionAir;
  readonly calibration = new SensirionCalibration();
  readonly meter = new EmulatedSensirionMeter({
    measure: (atMs) => this.#measure(atMs),
    onReading: ([ppm], passedMs) => this.calibration.observe({ ppm: ppm!, passedMs }, this.#settings),
  });
  #asleep = false;
  #settings = scd41FactorySettings;
  #saved = scd41FactorySettings;
  #saves = 0;
  #pressureHectopascals: number | null = null;
  #firstShotDone = false;
  #shotErrorPpm = 0;
  #fault: Scd41Fault | null = null;
  #faultSinceMs = 0;

  /** `airAt` gives the air at a monotonic moment. */
  constructor(airAt: (atMs: number) => SensirionAir) {
    this.#airAt = airAt;
  }

  get mode(): Scd41Mode {
    if (this.#asleep) return "asleep";
    return this.meter.running ? "measuring" : "idle";
  }

  get settings(): Scd41Settings {
    return this.#settings;
  }

  /** How often the EEPROM has been written. */
  get saves(): number {
    return this.#saves;
  }

  get fault(): Scd41Fault | null {
    return this.#fault;
  }

  setFault(fault: Scd41Fault | null, atMs: number): void {
    this.meter.setFault(valueFaultOf(fault), atMs);
    this.#fault = fault;
    this.#faultSinceMs = atMs;
  }

  /** Supply gone or back, or memory reloaded by `reinit`: saved settings count, the volatile ones are gone. */
  restart(): void {
    this.#settings = this.#saved;
    if (this.#fault?.kind === "asc-returns") this.#settings = { ...this.#settings, selfCalibration: 1 };
    this.#pressureHectopascals = null;
    this.#asleep = false;
    this.#firstShotDone = false;
    this.meter.forget();
    this.calibration.restart();
  }

  factoryReset(): void {
    this.#saved = scd41FactorySettings;
    this.#saves += 1;
    this.calibration.erase();
    this.restart();
  }

  save(): void {
    this.#saved = this.#settings;
    this.#saves += 1;
  }

  set(name: keyof Scd41Settings, value: number): void {
    if (!scd41Takes(name, value)) return;
    if (name === "selfCalibration" && this.#fault?.kind === "asc-locked") return;
    this.#settings = { ...this.#settings, [name]: value };
  }

  /** Ambient pressure in whole hPa, as set or as assumed. */
  get pressure(): number {
    return this.#pressureHectopascals ?? Math.floor(standardPressureHectopascals);
  }

  setPressure(hectopascals: number): void {
    if (hectopascals < pressureMinHectopascals || hectopascals > pressureMaxHectopascals) return;
    this.#pressureHectopascals = hectopascals;
  }

  sleep(): void {
    this.#asleep = true;
    this.meter.forget();
  }

  /** Settings in RAM survive sleep. */
  wake(): void {
    if (!this.#asleep) return;
    this.#asleep = false;
    this.#firstShotDone = false;
  }

  start(intervalMs: number, startedAtMs: number): void {
    this.meter.start({ startedAtMs, firstMs: intervalMs, intervalMs });
    this.calibration.beginRun();
  }

  /** One measurement that ends now. */
  shoot(what: "all" | "without-co2", atMs: number): void {
    this.#shotErrorPpm = this.#firstShotDone ? 0 : firstShotErrorPpm;
    const [co2, temperature, humidity] = this.meter.measure(atMs);
    this.#shotErrorPpm = 0;
    if (what === "all") this.#firstShotDone = true;
    this.meter.put([what === "all" ? co2! : 0, temperature!, humidity!]);
  }

  #measure(atMs: number): SensirionReading {
    const air = this.#airAt(atMs);
    const offsetKelvin = this.#settings.temperatureOffsetTicks * kelvinPerTick;
    const celsius = air.temperatureCelsius + selfHeatingKelvin - offsetKelvin;
    const errorPpm = this.#shotErrorPpm + this.#driftPpm(atMs);
    return [
      co2Word(air, {
        believedHectopascals: this.#pressureHectopascals ?? pressureAtAltitude(this.#settings.altitudeMetres),
        correctionPpm: this.calibration.correctionPpm + errorPpm,
      }),
      celsiusToTicks(celsius),
      humidityToTicks(humidityAtTemperature(air, celsius)),
    ];
  }

  #driftPpm(atMs: number): number {
    if (this.#fault?.kind !== "drift") return 0;
    return (this.#fault.ppmPerHour * (atMs - this.#faultSinceMs)) / msPerHour;
  }
}
