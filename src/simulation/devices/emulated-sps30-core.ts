import {
  type SensirionBusFault,
  type SensirionValueFault,
  valueFaultOf,
} from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionMeter } from "./emulated-sensirion-meter.ts";
import type { SensirionParticles } from "./emulated-sensirion-particles.ts";
import { floatToWords, toUnsignedWord } from "./emulated-sensirion-words.ts";

/** What the chip is doing: "stirred" is asleep with its interface woken by a first wake-up. */
export type Sps30Mode = "idle" | "measuring" | "asleep" | "stirred";

/**
 * What can be wrong with an emulated SPS30, one at a time; beside the faults of the wire and of the values:
 *
 * `fan-stopped`: the fan is switched on and does not turn. `fan-slow`: it turns at a wrong speed. `laser-failed`: the
 * laser's current is out of range, so that nothing is seen.
 */
export type Sps30Fault =
  | SensirionBusFault
  | SensirionValueFault
  | { readonly kind: "fan-stopped" }
  | { readonly kind: "fan-slow" }
  | { readonly kind: "laser-failed" };

/** How the values are written: the argument of the start command. */
export type Sps30Format = "float" | "whole";

const intervalMs = 1_000;
/** The second wake-up has to follow the first within this (SPS30 data sheet). */
const stirredMs = 100;
const cleaningSecondsAtFactory = 604_800;
/** Fan at full speed for so long, without new values (SPS30 data sheet). */
const cleaningMs = 10_000;
const wordsOfFormat = { float: 20, whole: 10 } as const;
/** Value of a whole number that is not known. */
const unknownWord = 0xffff;

/** Bits of the status register (SPS30 data sheet). */
const statusBits = { "fan-stopped": 2 ** 4, "laser-failed": 2 ** 5, "fan-slow": 2 ** 21 } as const;

/** The inside of an emulated SPS30: measurement, sleep and status, without the wire. */
export class Sps30Core {
  readonly #airAt: (atMs: number) => SensirionParticles;
  readonly meter = new EmulatedSensirionMeter({ measure: (atMs) => this.#measure(atMs) });
  #format: Sps30Format = "float";
  #asleep = false;
  #stirredUntilMs = Number.NEGATIVE_INFINITY;
  #cleaningUntilMs = Number.NEGATIVE_INFINITY;
  #cleaningSeconds = cleaningSecondsAtFactory;
  #status = 0;
  #fault: Sps30Fault | null = null;
  #last: readonly number[] | null = null;

  /** `airAt` gives the particles at a monotonic moment. */
  constructor(airAt: (atMs: number) => SensirionParticles) {
    this.#airAt = airAt;
  }

  modeAt(atMs: number): Sps30Mode {
    if (this.#asleep) return atMs <= this.#stirredUntilMs ? "stirred" : "asleep";
    return this.meter.running ? "measuring" : "idle";
  }

  setFault(fault: Sps30Fault | null, atMs: number): void {
    this.meter.setFault(valueFaultOf(fault), atMs);
    this.#fault = fault;
    // An error is noted when it happens, not when somebody asks.
    this.statusAt(atMs);
  }

  /** Supply gone or back, or a reset: the cleaning interval stays, it lies in flash memory. */
  restart(): void {
    this.meter.forget();
    this.#asleep = false;
    this.#status = 0;
    this.#cleaningUntilMs = Number.NEGATIVE_INFINITY;
    this.#last = null;
  }

  start(format: Sps30Format, startedAtMs: number): void {
    this.#format = format;
    this.#last = null;
    this.meter.start({ startedAtMs, firstMs: intervalMs, intervalMs });
  }

  /** The newest values; before there are any, all of them unknown. */
  read(atMs: number): readonly number[] {
    const unknown = this.#format === "float" ? floatToWords(Number.NaN) : [unknownWord];
    const count = wordsOfFormat[this.#format];
    return (
      this.meter.newest(atMs) ?? Array.from({ length: count }, (_, index) => unknown[index % unknown.length]!)
    );
  }

  sleep(): void {
    this.#asleep = true;
    this.#stirredUntilMs = Number.NEGATIVE_INFINITY;
  }

  stir(atMs: number): void {
    this.#stirredUntilMs = atMs + stirredMs;
  }

  wake(): void {
    this.#asleep = false;
  }

  clean(atMs: number): void {
    this.meter.catchUp(atMs);
    this.#cleaningUntilMs = atMs + cleaningMs;
  }

  get cleaningSeconds(): number {
    return this.#cleaningSeconds;
  }

  setCleaningSeconds(seconds: number): void {
    this.#cleaningSeconds = seconds;
  }

  /** Errors stay until they are cleared; the warning about the fan's speed goes with its cause. */
  statusAt(atMs: number): number {
    this.meter.catchUp(atMs);
    const kind = this.#fault?.kind;
    if (this.meter.running && (kind === "fan-stopped" || kind === "laser-failed")) {
      this.#status |= statusBits[kind];
    }
    return kind === "fan-slow" && this.meter.running ? this.#status + statusBits[kind] : this.#status;
  }

  clearStatus(): void {
    this.#status = 0;
  }

  #measure(atMs: number): readonly number[] {
    if (atMs < this.#cleaningUntilMs && this.#last !== null) return this.#last;
    const blind = this.#fault?.kind === "laser-failed" || this.#fault?.kind === "fan-stopped";
    const { massMicrograms, perCubicCentimetre, typicalSizeMicrometres } = this.#airAt(atMs);
    const seen = [...massMicrograms, ...perCubicCentimetre, typicalSizeMicrometres];
    const values = seen.map((value) => (blind ? 0 : value));
    this.#last = values.flatMap((value, index) => this.#words(value, index));
    return this.#last;
  }

  /** Whole numbers give the typical size, the last value, in nm. */
  #words(value: number, index: number): readonly number[] {
    if (this.#format === "float") return floatToWords(value);
    return [toUnsignedWord(index === wordsOfFormat.whole - 1 ? 1_000 * value : value)];
  }
}
