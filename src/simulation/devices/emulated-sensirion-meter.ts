import type { SensirionValueFault } from "./emulated-sensirion-fault.ts";

/** One set of measured words. */
export type SensirionReading = readonly number[];

/** Options of `EmulatedSensirionMeter`. */
export interface SensirionMeterOptions {
  /** Measures at a monotonic moment. */
  readonly measure: (atMs: number) => SensirionReading;
  /** Told of every reading taken in continuous measurement, and how long after the one before. */
  readonly onReading?: (reading: SensirionReading, passedMs: number) => void;
}

/** A reading falls due when it is missed by less than this; times are sums of milliseconds with fractions. */
const roundingMs = 1e-6;

/**
 * Continuous measurement as all Sensirion chips do it: a first reading after a while, then one every so often, of
 * which only the newest is kept. It sets no timer; what has fallen due is measured when somebody asks.
 */
export class EmulatedSensirionMeter {
  readonly #options: SensirionMeterOptions;
  #run: { readonly startedAtMs: number; readonly firstMs: number; readonly intervalMs: number } | null = null;
  #taken = 0;
  #newest: SensirionReading | null = null;
  #fresh = false;
  #stuck: SensirionReading | null = null;
  #fault: SensirionValueFault | null = null;

  constructor(options: SensirionMeterOptions) {
    this.#options = options;
  }

  /** Breaks what it measures, or mends it. */
  setFault(fault: SensirionValueFault | null, atMs: number): void {
    this.catchUp(atMs);
    this.#fault = fault;
    this.#stuck = null;
  }

  start(run: { readonly startedAtMs: number; readonly firstMs: number; readonly intervalMs: number }): void {
    this.forget();
    this.#run = run;
    this.#taken = 0;
  }

  /** Ends the measurement and drops what it has measured. */
  stop(atMs: number): void {
    this.catchUp(atMs);
    this.forget();
  }

  /** As after power-up: not measuring, nothing measured. */
  forget(): void {
    this.#run = null;
    this.#newest = null;
    this.#fresh = false;
  }

  get running(): boolean {
    return this.#run !== null;
  }

  /** Takes the newest reading that has fallen due; older ones that nobody fetched are lost. */
  catchUp(atMs: number): void {
    if (this.#run === null) return;
    const { startedAtMs, firstMs, intervalMs } = this.#run;
    const sinceFirst = atMs - startedAtMs - firstMs + roundingMs;
    const due = sinceFirst < 0 ? 0 : 1 + Math.floor(sinceFirst / intervalMs);
    if (due <= this.#taken) return;
    const timeOf = (count: number): number => (count === 0 ? 0 : firstMs + (count - 1) * intervalMs);
    const reading = this.measure(startedAtMs + timeOf(due));
    this.#options.onReading?.(reading, timeOf(due) - timeOf(this.#taken));
    this.#taken = due;
    this.put(reading);
  }

  /** Measures once, with whatever is broken; gives the words and keeps nothing. */
  measure(atMs: number): SensirionReading {
    if (this.#fault?.kind === "implausible-value") return this.#fault.words;
    if (this.#fault?.kind === "stuck-value" && this.#stuck !== null) return this.#stuck;
    const reading = this.#options.measure(atMs);
    this.#stuck = reading;
    return reading;
  }

  /** Keeps a reading as the newest. */
  put(reading: SensirionReading): void {
    this.#newest = reading;
    this.#fresh = true;
  }

  /** True when there is a reading that nobody has taken. */
  isReady(atMs: number): boolean {
    this.catchUp(atMs);
    return this.#fresh && this.#fault?.kind !== "never-ready";
  }

  /** The newest reading, taken before or not; null when there is none yet. */
  newest(atMs: number): SensirionReading | null {
    this.catchUp(atMs);
    if (this.#fault?.kind === "never-ready") return null;
    this.#fresh = false;
    return this.#newest;
  }

  /** The newest reading, once; null when it has been taken or there is none. */
  take(atMs: number): SensirionReading | null {
    return this.isReady(atMs) ? this.newest(atMs) : null;
  }
}
