import { assert } from "#core/failure.ts";
import { Scd41Calibration } from "./emulated-scd41-calibration.ts";
import type { Scd41Fault } from "./emulated-scd41-fault.ts";
import { type Scd41Settings, scd41FactorySettings, scd41Takes } from "./emulated-scd41-settings.ts";
import {
  humidityAtTemperature,
  pressureAtAltitude,
  type SensirionAir,
  standardPressureHectopascals,
} from "./emulated-sensirion-air.ts";
import { celsiusToTicks, humidityToTicks } from "./emulated-sensirion-words.ts";

/** What the chip is doing between commands. */
export type Scd41Mode = "idle" | "measuring" | "asleep";

/** Words of one reading: CO2 in ppm, temperature and humidity in ticks. */
export type Scd41Reading = readonly [co2: number, temperature: number, humidity: number];

const co2MaxPpm = 40_000;
const pressureMinHectopascals = 700;
const pressureMaxHectopascals = 1_200;
const kelvinPerTick = 175 / 0xffff;
/** The chip's own heat in periodic operation: what the factory's offset takes away again. */
const selfHeatingKelvin = scd41FactorySettings.temperatureOffsetTicks * kelvinPerTick;
/** The first single shot after a start is wrong (data sheet: discard it); by how much is assumed. */
const firstShotErrorPpm = 120;
const msPerHour = 3_600_000;
/** A sample falls due when it is missed by less than this; times are sums of milliseconds with fractions. */
const roundingMs = 1e-6;

/** The inside of an emulated SCD41: memory, measurement and calibration, without the wire. */
export class Scd41Core {
  readonly #airAt: (atMs: number) => SensirionAir;
  readonly calibration = new Scd41Calibration();
  #mode: Scd41Mode = "idle";
  #settings = scd41FactorySettings;
  #saved = scd41FactorySettings;
  #saves = 0;
  #pressureHectopascals: number | null = null;
  #intervalMs = 0;
  #startedAtMs = 0;
  #taken = 0;
  #reading: Scd41Reading | null = null;
  #firstShotDone = false;
  #fault: Scd41Fault | null = null;
  #faultSinceMs = 0;
  #stuck: Scd41Reading | null = null;

  /** `airAt` gives the air at a monotonic moment. */
  constructor(airAt: (atMs: number) => SensirionAir) {
    this.#airAt = airAt;
  }

  get mode(): Scd41Mode {
    return this.#mode;
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
    this.catchUp(atMs);
    this.#fault = fault;
    this.#faultSinceMs = atMs;
    this.#stuck = null;
  }

  /** Supply gone or back, or memory reloaded by `reinit`: saved settings count, the volatile ones are gone. */
  restart(): void {
    this.#settings = this.#saved;
    if (this.#fault?.kind === "asc-returns") this.#settings = { ...this.#settings, selfCalibration: 1 };
    this.#pressureHectopascals = null;
    this.#mode = "idle";
    this.#reading = null;
    this.#firstShotDone = false;
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
    this.#mode = "asleep";
    this.#reading = null;
  }

  /** Settings in RAM survive sleep. */
  wake(): void {
    if (this.#mode !== "asleep") return;
    this.#mode = "idle";
    this.#firstShotDone = false;
  }

  start(intervalMs: number, atMs: number): void {
    this.#mode = "measuring";
    this.#intervalMs = intervalMs;
    this.#startedAtMs = atMs;
    this.#taken = 0;
    this.#reading = null;
    this.calibration.beginRun();
  }

  stop(atMs: number): void {
    this.catchUp(atMs);
    this.#mode = "idle";
    this.#reading = null;
  }

  /** Takes the newest reading that has fallen due; older ones that nobody fetched are lost. */
  catchUp(atMs: number): void {
    if (this.#mode !== "measuring") return;
    const due = Math.floor((atMs - this.#startedAtMs + roundingMs) / this.#intervalMs);
    if (due <= this.#taken) return;
    const sampledAtMs = this.#startedAtMs + due * this.#intervalMs;
    const passedMs = (due - this.#taken) * this.#intervalMs;
    this.#taken = due;
    this.#reading = this.#measure(sampledAtMs, 0);
    this.calibration.observe({ ppm: this.#reading[0], passedMs }, this.#settings);
  }

  /** One measurement that ends now. */
  shoot(what: "all" | "without-co2", atMs: number): void {
    const error = this.#firstShotDone ? 0 : firstShotErrorPpm;
    const [co2, temperature, humidity] = this.#measure(atMs, error);
    if (what === "all") this.#firstShotDone = true;
    this.#reading = [what === "all" ? co2 : 0, temperature, humidity];
  }

  ready(atMs: number): boolean {
    this.catchUp(atMs);
    return this.#reading !== null && this.#fault?.kind !== "never-ready";
  }

  /** The reading, which is then used up; null when there is none. */
  take(atMs: number): Scd41Reading | null {
    if (!this.ready(atMs)) return null;
    const reading = this.#reading;
    this.#reading = null;
    return reading;
  }

  #measure(atMs: number, errorPpm: number): Scd41Reading {
    const fault = this.#fault;
    if (fault?.kind === "implausible-value") return fault.words;
    if (fault?.kind === "stuck-value" && this.#stuck !== null) return this.#stuck;
    const air = this.#airAt(atMs);
    const { temperatureCelsius, humidityPercent } = air;
    assert(
      Number.isFinite(temperatureCelsius) && Number.isFinite(humidityPercent),
      "the air at an emulated chip has a temperature and a humidity",
    );
    const offsetKelvin = this.#settings.temperatureOffsetTicks * kelvinPerTick;
    const celsius = temperatureCelsius + selfHeatingKelvin - offsetKelvin;
    const reading: Scd41Reading = [
      this.#co2Word(air, errorPpm + this.#driftPpm(atMs)),
      celsiusToTicks(celsius),
      humidityToTicks(humidityAtTemperature(air, celsius)),
    ];
    this.#stuck = reading;
    return reading;
  }

  /** The cell counts molecules, so that its reading goes with the pressure; the chip divides by what it believes. */
  #co2Word(air: SensirionAir, errorPpm: number): number {
    if (Number.isNaN(air.co2Ppm)) return 0;
    const pressure = air.pressureHectopascals ?? standardPressureHectopascals;
    const believed = this.#pressureHectopascals ?? pressureAtAltitude(this.#settings.altitudeMetres);
    const ppm = (air.co2Ppm * pressure) / believed + errorPpm + this.calibration.correctionPpm;
    return Math.round(Math.min(co2MaxPpm, Math.max(0, ppm)));
  }

  #driftPpm(atMs: number): number {
    if (this.#fault?.kind !== "drift") return 0;
    return (this.#fault.ppmPerHour * (atMs - this.#faultSinceMs)) / msPerHour;
  }
}
