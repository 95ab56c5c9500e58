import {
  co2Word,
  humidityAtTemperature,
  pressureAtAltitude,
  type SensirionAir,
} from "./emulated-sensirion-air.ts";
import { SensirionCalibration } from "./emulated-sensirion-calibration.ts";
import {
  type SensirionBusFault,
  type SensirionValueFault,
  valueFaultOf,
} from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionMeter } from "./emulated-sensirion-meter.ts";
import type { SensirionParticles } from "./emulated-sensirion-particles.ts";
import { toSignedWord, toUnsignedWord } from "./emulated-sensirion-words.ts";

/** What a SEN66 measures. The indices are Sensirion's own, 1 to 500; how the chip finds them is not emulated. */
export interface Sen66Air extends SensirionAir, SensirionParticles {
  readonly vocIndex: number;
  readonly noxIndex: number;
  /** Raw ticks of the gas sensor. */
  readonly vocTicks: number;
  readonly noxTicks: number;
}

/** What the chip is doing between commands. */
export type Sen66Mode = "idle" | "measuring";

/**
 * What can be wrong with an emulated SEN66, one at a time; beside the faults of the wire and of the values: its fan
 * does not turn or turns wrongly, or one of its parts has failed and its values are unknown.
 */
export type Sen66Fault =
  | SensirionBusFault
  | SensirionValueFault
  | { readonly kind: "fan-stopped" | "fan-slow" }
  | { readonly kind: "part-failed"; readonly part: "particles" | "climate" | "gas" | "co2" };

/** A slot of the temperature compensation, in the words of its command. */
export interface Sen66TemperatureSlot {
  /** Two-hundredths of a kelvin. */
  readonly offset: number;
  /** Ten-thousandths. */
  readonly slope: number;
}

/** The three sets of values that can be read; all come from one measurement. */
export type Sen66Values = "measured" | "numbers" | "raw";

const firstMs = 1_100;
const intervalMs = 1_000;
/** CO2 is unknown for the first 5 to 6 s, NOx for the first 10 to 11 s (SEN6x data sheet). */
const co2FromMs = 6_000;
const noxFromMs = 11_000;
const unknownUnsigned = 0xffff;
const unknownSigned = 0x7fff;

/** Where each set lies in the words of one measurement. */
const sets = { measured: [0, 9], numbers: [9, 14], raw: [14, 19] } as const;
const signedWords: ReadonlySet<number> = new Set([4, 5, 6, 7, 14, 15]);
const wordCount = 19;

const pressureMinHectopascals = 700;
const pressureMaxHectopascals = 1_200;
const pressureAtStart = 1_013;
const altitudeMaxMetres = 3_000;
const slotCount = 5;

/** Bits of the status register (SEN6x data sheet). */
const statusBits = {
  "fan-stopped": 2 ** 4,
  climate: 2 ** 6,
  gas: 2 ** 7,
  co2: 2 ** 9,
  particles: 2 ** 11,
  "fan-slow": 2 ** 21,
} as const;

/** The SCD4x cell inside has its own periods, which this chip does not let anybody change. */
const selfCalibration = {
  selfCalibrationTargetPpm: 400,
  selfCalibrationInitialHours: 44,
  selfCalibrationStandardHours: 156,
} as const;

/** The inside of an emulated SEN66: settings, measurement and status, without the wire. */
export class Sen66Core {
  readonly #airAt: (atMs: number) => Sen66Air;
  readonly calibration = new SensirionCalibration();
  readonly meter = new EmulatedSensirionMeter({
    measure: (atMs) => this.#measure(atMs),
    onReading: (_, passedMs) => this.#calibrate(passedMs),
  });
  selfCalibration = 1;
  #pressure: number | null = null;
  #altitudeMetres = 0;
  #slots: Sen66TemperatureSlot[] = [];
  #startedAtMs = 0;
  #status = 0;
  #lastPpm = unknownUnsigned;
  #fault: Sen66Fault | null = null;

  /** `airAt` gives the air at a monotonic moment. */
  constructor(airAt: (atMs: number) => Sen66Air) {
    this.#airAt = airAt;
  }

  get mode(): Sen66Mode {
    return this.meter.running ? "measuring" : "idle";
  }

  setFault(fault: Sen66Fault | null, atMs: number): void {
    this.meter.setFault(valueFaultOf(fault), atMs);
    this.#fault = fault;
    // An error is noted when it happens, not when somebody asks.
    this.status();
  }

  /** Supply gone or back, or a reset: no setting survives. */
  restart(): void {
    this.meter.forget();
    this.selfCalibration = 1;
    this.#pressure = null;
    this.#altitudeMetres = 0;
    this.#slots = [];
    this.#status = 0;
    this.calibration.restart();
  }

  start(startedAtMs: number): void {
    if (this.meter.running) return;
    this.#startedAtMs = startedAtMs;
    this.meter.start({ startedAtMs, firstMs, intervalMs });
    this.calibration.beginRun();
  }

  /** The newest values of one set; before there are any, all of them unknown. */
  read(values: Sen66Values, atMs: number): readonly number[] {
    const words = this.meter.newest(atMs) ?? unknownWords();
    return words.slice(...sets[values]);
  }

  get pressure(): number {
    return this.#pressure ?? pressureAtStart;
  }

  setPressure(hectopascals: number): void {
    if (hectopascals < pressureMinHectopascals || hectopascals > pressureMaxHectopascals) return;
    this.#pressure = hectopascals;
  }

  get altitudeMetres(): number {
    return this.#altitudeMetres;
  }

  setAltitude(metres: number): void {
    if (metres <= altitudeMaxMetres) this.#altitudeMetres = metres;
  }

  setSelfCalibration(word: number): void {
    if (word <= 1) this.selfCalibration = word;
  }

  /** The time constant with which the chip goes over to a new slot is not emulated. */
  setTemperatureSlot(slot: number, value: Sen66TemperatureSlot): void {
    if (slot < slotCount) this.#slots[slot] = value;
  }

  /** Errors stay until they are cleared; the warning about the fan's speed goes with its cause. */
  status(): number {
    const fault = this.#fault;
    if (!this.meter.running || fault === null) return this.#status;
    if (fault.kind === "fan-stopped") this.#status |= statusBits["fan-stopped"];
    if (fault.kind === "part-failed") this.#status |= statusBits[fault.part];
    return this.#status + (fault.kind === "fan-slow" ? statusBits["fan-slow"] : 0);
  }

  statusAndClear(): number {
    const status = this.status();
    this.#status = 0;
    return status;
  }

  #measure(atMs: number): readonly number[] {
    const air = this.#airAt(atMs);
    const failed = this.#fault?.kind === "part-failed" ? this.#fault.part : null;
    const runMs = atMs - this.#startedAtMs;
    const known = {
      particles: failed !== "particles" && this.#fault?.kind !== "fan-stopped",
      climate: failed !== "climate",
      voc: failed !== "gas",
      nox: failed !== "gas" && runMs >= noxFromMs,
      co2: failed !== "co2" && runMs >= co2FromMs && !Number.isNaN(air.co2Ppm),
    };
    const particle = (value: number): number =>
      known.particles ? toUnsignedWord(10 * value) : unknownUnsigned;
    const signed = (isKnown: boolean, value: number): number =>
      isKnown ? toSignedWord(value) : unknownSigned;
    const celsius = this.#compensated(air.temperatureCelsius);
    const co2 = known.co2 ? this.#co2(air) : unknownUnsigned;
    this.#lastPpm = co2;
    return [
      ...air.massMicrograms.map(particle),
      signed(known.climate, 100 * humidityAtTemperature(air, celsius)),
      signed(known.climate, 200 * celsius),
      signed(known.voc, 10 * air.vocIndex),
      signed(known.nox, 10 * air.noxIndex),
      co2,
      ...air.perCubicCentimetre.map(particle),
      signed(known.climate, 100 * air.humidityPercent),
      signed(known.climate, 200 * air.temperatureCelsius),
      known.voc ? toUnsignedWord(air.vocTicks) : unknownUnsigned,
      known.nox ? toUnsignedWord(air.noxTicks) : unknownUnsigned,
      co2,
    ];
  }

  #co2(air: Sen66Air): number {
    return co2Word(air, {
      believedHectopascals: this.#pressure ?? pressureAtAltitude(this.#altitudeMetres),
      correctionPpm: this.calibration.correctionPpm,
    });
  }

  #compensated(celsius: number): number {
    const added = this.#slots.reduce(
      (sum, { offset, slope }) => sum + offset / 200 + (slope / 10_000) * celsius,
      0,
    );
    return celsius + added;
  }

  #calibrate(passedMs: number): void {
    if (this.#lastPpm === unknownUnsigned) return;
    const settings = { ...selfCalibration, selfCalibration: this.selfCalibration };
    this.calibration.observe({ ppm: this.#lastPpm, passedMs }, settings);
  }
}

function unknownWords(): readonly number[] {
  return Array.from({ length: wordCount }, (_, index) =>
    signedWords.has(index) ? unknownSigned : unknownUnsigned,
  );
}
