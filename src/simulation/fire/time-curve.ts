import { badInput } from "#core/failure.ts";
import { linearBetween } from "./linear-between.ts";

/** One point of a curve: seconds since it begins, and the value then. */
export type CurvePoint = readonly [seconds: number, value: number];

/** A curve has at most this many points: a day of measurements, one a second. */
export const curvePointsMax = 86_400;

/** A fading curve is over after so many times to 1/e, and drawn in so many steps. */
const fadesUntilOver = 4;
const fadeSteps = 12;

/**
 * A quantity over time, linear between given points and 0 before the first and after the last: heat release in kW, a
 * temperature rise in kelvin, a diameter in metres.
 */
export class TimeCurve {
  readonly #seconds: Float64Array;
  readonly #values: Float64Array;

  /**
   * Throws `badInput` when there is no point, there are more than `curvePointsMax`, a number is not finite, a value is
   * negative, or times do not increase.
   */
  constructor(points: readonly CurvePoint[]) {
    if (points.length === 0 || points.length > curvePointsMax)
      throw badInput(
        "curve-length",
        `A curve has 1 to ${curvePointsMax} points; this one has ${points.length}.`,
      );
    points.forEach(([seconds, value], i) => {
      if (!Number.isFinite(seconds) || !Number.isFinite(value) || value < 0)
        throw badInput("curve-value", `Point ${i + 1} of a curve is not a time and a value of at least 0.`);
      if (i > 0 && seconds <= points[i - 1]![0])
        throw badInput("curve-order", `Point ${i + 1} of a curve is not later than the one before it.`);
    });
    this.#seconds = Float64Array.from(points, ([seconds]) => seconds);
    this.#values = Float64Array.from(points, ([, value]) => value);
  }

  /** Time of the first point. */
  get beginSeconds(): number {
    return this.#seconds[0]!;
  }

  /** Time of the last point. */
  get endSeconds(): number {
    return this.#seconds[this.#seconds.length - 1]!;
  }

  /** Largest value. */
  get peak(): number {
    return this.#values.reduce((most, value) => Math.max(most, value), 0);
  }

  /** Value at a time. */
  at(seconds: number): number {
    if (seconds < this.beginSeconds || seconds > this.endSeconds) return 0;
    return linearBetween(this.#seconds, this.#values, seconds);
  }

  /** Area under the curve: kJ of a curve in kW. */
  integral(): number {
    let sum = 0;
    for (let i = 1; i < this.#seconds.length; i += 1)
      sum += ((this.#seconds[i]! - this.#seconds[i - 1]!) * (this.#values[i]! + this.#values[i - 1]!)) / 2;
    return sum;
  }

  /** The same curve up to a time, from where it falls to 1/e every `fadeSeconds` and ends at 0 after four of them. */
  fadedFrom(atSeconds: number, fadeSeconds: number): TimeCurve {
    if (atSeconds <= this.beginSeconds) return nothing;
    if (atSeconds >= this.endSeconds) return this;
    const points: CurvePoint[] = [];
    for (let i = 0; this.#seconds[i]! < atSeconds; i += 1) points.push([this.#seconds[i]!, this.#values[i]!]);
    const value = this.at(atSeconds);
    for (let i = 0; i < fadeSteps; i += 1) {
      const fades = (fadesUntilOver * i) / fadeSteps;
      points.push([atSeconds + fades * fadeSeconds, value * Math.exp(-fades)]);
    }
    points.push([atSeconds + fadesUntilOver * fadeSeconds, 0]);
    return new TimeCurve(points);
  }

  /** The same curve with its times and values multiplied, then begun later. */
  scaled(by: { readonly time?: number; readonly value?: number; readonly laterSeconds?: number }): TimeCurve {
    const { time = 1, value = 1, laterSeconds = 0 } = by;
    const points: CurvePoint[] = [];
    for (let i = 0; i < this.#seconds.length; i += 1)
      points.push([this.#seconds[i]! * time + laterSeconds, this.#values[i]! * value]);
    return new TimeCurve(points);
  }
}

/** A curve that is 0 at all times. */
export const nothing = new TimeCurve([[0, 0]]);
