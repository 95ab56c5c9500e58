import { assert } from "../failure.ts";
import { microsPerSecond } from "../time.ts";

/** A lagged value may be at most this many periods older than asked for. */
const lagPeriodsMax = 1.5;

/** A slope needs at least this share of the expected samples, spanning at least this share of its window. */
const slopeShareMin = 0.6;

/** How a series is kept. */
export interface TimeSeriesOptions {
  /** Most samples kept; the oldest leaves when another comes. */
  readonly samplesMax: number;
  /** Expected time between samples. */
  readonly periodMicros: number;
}

/** One value of a series. */
export interface TimedValue {
  /** The time by which the value is found again: never earlier than the one before. */
  readonly atMicros: number;
  /** When it was true, for slopes: the same, or the middle of what it was taken over. */
  readonly measuredAtMicros: number;
  readonly value: number;
}

/** The newest values of one quantity with their times: value some time ago, and least-squares slope. */
export class TimeSeries {
  readonly #periodMicros: number;
  readonly #at: Float64Array;
  readonly #measuredAt: Float64Array;
  readonly #values: Float64Array;
  #count = 0;
  #next = 0;

  constructor(options: TimeSeriesOptions) {
    this.#periodMicros = options.periodMicros;
    this.#at = new Float64Array(options.samplesMax);
    this.#measuredAt = new Float64Array(options.samplesMax);
    this.#values = new Float64Array(options.samplesMax);
  }

  /** Adds a value, which is newer than all before it and finite. */
  add(sample: TimedValue): void {
    assert(Number.isFinite(sample.value), "a series holds finite values; an absent one is not added");
    assert(this.#count === 0 || sample.atMicros > this.#at[this.#slot(0)]!, "a series goes forward in time");
    this.#at[this.#next] = sample.atMicros;
    this.#measuredAt[this.#next] = sample.measuredAtMicros;
    this.#values[this.#next] = sample.value;
    this.#next = (this.#next + 1) % this.#at.length;
    this.#count = Math.min(this.#count + 1, this.#at.length);
  }

  /** The newest value at or before a time and at most `ageMaxMicros` older; NaN when there is none. */
  newest(query: { readonly atMicros: number; readonly ageMaxMicros: number }): number {
    for (let age = 0; age < this.#count; age += 1) {
      const slot = this.#slot(age);
      if (this.#at[slot]! > query.atMicros) continue;
      return query.atMicros - this.#at[slot]! <= query.ageMaxMicros ? this.#values[slot]! : Number.NaN;
    }
    return Number.NaN;
  }

  /** The newest value at or before a past time and at most 1.5 periods older; NaN when there is none. */
  lagged(atMicros: number): number {
    return this.newest({ atMicros, ageMaxMicros: lagPeriodsMax * this.#periodMicros });
  }

  /**
   * Least-squares slope per second of the values from `windowMicros` before `endMicros` to it, both included, by the
   * times they were measured; NaN with fewer than 60 % of the expected values or when they span less than 60 % of the
   * window.
   */
  slopePerSecond(query: { readonly endMicros: number; readonly windowMicros: number }): number {
    const { endMicros, windowMicros } = query;
    let count = 0;
    let newest = 0;
    let oldest = 0;
    let sumTime = 0;
    let sumValue = 0;
    for (let age = 0; age < this.#count; age += 1) {
      const slot = this.#slot(age);
      if (this.#at[slot]! > endMicros) continue;
      if (this.#at[slot]! < endMicros - windowMicros) break;
      oldest = this.#measuredAt[slot]!;
      if (count === 0) newest = oldest;
      count += 1;
      sumTime += (oldest - endMicros) / microsPerSecond;
      sumValue += this.#values[slot]!;
    }
    if (count < slopeShareMin * (windowMicros / this.#periodMicros)) return Number.NaN;
    if (count < 2 || newest - oldest < slopeShareMin * windowMicros) return Number.NaN;
    return this.#slope({ ...query, meanTime: sumTime / count, meanValue: sumValue / count });
  }

  /** Moves every value kept: the instrument's zero has shifted. */
  shift(delta: number): void {
    for (let age = 0; age < this.#count; age += 1) this.#values[this.#slot(age)]! += delta;
  }

  /** Forgets all values. */
  clear(): void {
    this.#count = 0;
  }

  #slope(fit: { endMicros: number; windowMicros: number; meanTime: number; meanValue: number }): number {
    let products = 0;
    let squares = 0;
    for (let age = 0; age < this.#count; age += 1) {
      const slot = this.#slot(age);
      if (this.#at[slot]! > fit.endMicros) continue;
      if (this.#at[slot]! < fit.endMicros - fit.windowMicros) break;
      const time = (this.#measuredAt[slot]! - fit.endMicros) / microsPerSecond - fit.meanTime;
      products += time * (this.#values[slot]! - fit.meanValue);
      squares += time * time;
    }
    return products / squares;
  }

  /** Place of the value that has `age` newer ones. */
  #slot(age: number): number {
    return (this.#next - 1 - age + 2 * this.#at.length) % this.#at.length;
  }
}
