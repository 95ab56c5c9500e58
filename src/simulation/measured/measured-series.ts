import { assert, badInput } from "#core/failure.ts";
import { linearBetween } from "../fire/linear-between.ts";

/** A series has at most this many readings: a day, one a second. */
export const readingsMax = 86_400;

/** One reading of a series. */
export interface Reading {
  readonly seconds: number;
  readonly value: number;
}

/** A quantity measured over time: times in seconds rise, and between two readings it goes straight from one to the other. */
export class MeasuredSeries {
  readonly #seconds: Float64Array;
  readonly #values: Float64Array;
  /** What it is called in a sentence: `Column "HRR" of burn.csv`. */
  readonly source: string;

  /** Throws `badInput` that names `source` for fewer than two or more than `readingsMax` readings. */
  constructor(readings: readonly (readonly [seconds: number, value: number])[], source: string) {
    if (readings.length < 2 || readings.length > readingsMax)
      throw badInput(
        "measured-series-length",
        `${source} has ${readings.length} readings: 2 to ${readingsMax} are needed.`,
      );
    readings.forEach(([seconds, value], i) => {
      assert(Number.isFinite(seconds) && Number.isFinite(value), "a reading is a time and a number");
      assert(i === 0 || seconds > readings[i - 1]![0], "times of readings rise");
    });
    this.source = source;
    this.#seconds = Float64Array.from(readings, ([seconds]) => seconds);
    this.#values = Float64Array.from(readings, ([, value]) => value);
  }

  /** Times of the first and last reading. */
  get beginSeconds(): number {
    return this.#seconds[0]!;
  }

  /** Time of the last reading. */
  get endSeconds(): number {
    return this.#seconds[this.#seconds.length - 1]!;
  }

  /** Value at a time; before the first reading the first, after the last the last. */
  at(seconds: number): number {
    return linearBetween(this.#seconds, this.#values, seconds);
  }

  /** The readings in order of time. */
  readings(): readonly Reading[] {
    return Array.from(this.#seconds, (seconds, i) => ({ seconds, value: this.#values[i]! }));
  }

  /** Median of the readings up to and at a time, which a spike among them does not shift; null when there are none. */
  medianUpTo(seconds: number): number | null {
    const count = this.#seconds.findIndex((time) => time > seconds);
    const values = this.#values.subarray(0, count < 0 ? this.#values.length : count);
    return values.length === 0 ? null : medianOf(values);
  }

  /** The same quantity in a unit of which it has `factor` times as many. */
  times(factor: number): MeasuredSeries {
    return new MeasuredSeries(
      this.readings().map(({ seconds, value }) => [seconds, factor * value] as const),
      this.source,
    );
  }

  /** First time at which the value is at least so large, read between readings; null when it never is. */
  firstReaches(value: number, fromSeconds: number): number | null {
    for (let i = 0; i < this.#seconds.length; i += 1) {
      const seconds = this.#seconds[i]!;
      if (seconds < fromSeconds || this.#values[i]! < value) continue;
      if (i === 0 || this.#values[i - 1]! >= value) return seconds;
      const share = (value - this.#values[i - 1]!) / (this.#values[i]! - this.#values[i - 1]!);
      return Math.max(fromSeconds, this.#seconds[i - 1]! + share * (seconds - this.#seconds[i - 1]!));
    }
    return null;
  }
}

/** Median of at least one number: the mean of the two middle ones where their number is even. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Times at which a mean over a window is taken: its middle and ten others, evenly spread. */
const samplesPerWindow = 11;

/** Mean of a function of time over a window around a time. */
export function meanAround(
  valueAt: (seconds: number) => number,
  seconds: number,
  windowSeconds: number,
): number {
  let sum = 0;
  for (let i = 0; i < samplesPerWindow; i += 1)
    sum += valueAt(seconds + windowSeconds * ((i + 0.5) / samplesPerWindow - 0.5));
  return sum / samplesPerWindow;
}
