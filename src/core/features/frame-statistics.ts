import { assert } from "../failure.ts";
import { celsiusOfCentikelvin, pixelCentikelvinMax, zeroCelsiusCentikelvin } from "./centikelvin.ts";

/** A hot pixel is at least this warm … */
export const hotCelsiusMin = 40;
/** … and at least this much above the frame median, … */
export const hotAboveMedianKelvin = 8;
/** … unless it reaches this temperature, so that a saturated picture is wholly hot. */
export const hotCelsiusAlways = 80;

/** The hot-spot proxy is the mean of this many hottest pixels. */
const proxyPixels = 4;

/**
 * Order and moment statistics of one picture, by one pass over it and a histogram of its integer values; no sorting,
 * nothing allocated per frame. Results stay in the fields until the next `measure`; all are NaN (counts 0) when every
 * pixel is excluded.
 */
export class FrameStatistics {
  /** Pixels that count: all but the excluded ones. */
  pixels = 0;
  meanCelsius = Number.NaN;
  /** Population standard deviation. */
  stdKelvin = Number.NaN;
  maxCelsius = Number.NaN;
  medianCelsius = Number.NaN;
  /** 95th percentile with linear interpolation between order statistics (NumPy's default). */
  p95Celsius = Number.NaN;
  /** Mean of the four hottest pixels. */
  proxyCelsius = Number.NaN;
  hotPixels = 0;
  /** Smallest pixel value that counts as hot in this frame. */
  hotFromCentikelvin = 0;

  readonly #histogram = new Uint32Array(pixelCentikelvinMax + 1);
  #lowest = 0;
  #highest = -1;

  /** Measures one picture; `excluded` has 1 where a pixel leaves every statistic, null when none does. */
  measure(centikelvin: Uint16Array, excluded: Uint8Array | null): void {
    this.#histogram.fill(0, this.#lowest, this.#highest + 1);
    if (excluded === null) this.#countAll(centikelvin);
    else this.#countSelected(centikelvin, excluded);
    if (this.pixels === 0) {
      this.#clear();
      return;
    }
    this.maxCelsius = celsiusOfCentikelvin(this.#highest);
    const median = this.#quantileFromBelow(0.5);
    this.medianCelsius = celsiusOfCentikelvin(median);
    this.p95Celsius = celsiusOfCentikelvin(this.#quantileFromAbove(0.95));
    this.proxyCelsius = celsiusOfCentikelvin(this.#meanOfHottest());
    this.hotFromCentikelvin = hotThreshold(median);
    this.hotPixels = this.pixelsFrom(this.hotFromCentikelvin);
  }

  /** How many pixels of the measured picture have this value or more. */
  pixelsFrom(centikelvin: number): number {
    const histogram = this.#histogram;
    let count = 0;
    for (let value = Math.max(centikelvin, this.#lowest); value <= this.#highest; value += 1)
      count += histogram[value]!;
    return count;
  }

  #countAll(centikelvin: Uint16Array): void {
    const histogram = this.#histogram;
    // Sums are taken about a pixel of the picture itself: integers stay exact, and a uniform picture has exactly 0 K
    // of deviation.
    const origin = centikelvin[0]!;
    let lowest = origin;
    let highest = origin;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < centikelvin.length; i += 1) {
      const value = centikelvin[i]!;
      const offset = value - origin;
      sum += offset;
      squares += offset * offset;
      histogram[value]! += 1;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    this.#lowest = lowest;
    this.#highest = highest;
    this.#setMoments({ pixels: centikelvin.length, origin, sum, squares });
  }

  #countSelected(centikelvin: Uint16Array, excluded: Uint8Array): void {
    assert(excluded.length === centikelvin.length, "the exclusion map has the size of the picture");
    const histogram = this.#histogram;
    const origin = centikelvin[Math.max(excluded.indexOf(0), 0)]!;
    let lowest = origin;
    let highest = origin;
    let sum = 0;
    let squares = 0;
    let pixels = 0;
    for (let i = 0; i < centikelvin.length; i += 1) {
      if (excluded[i] !== 0) continue;
      const value = centikelvin[i]!;
      const offset = value - origin;
      pixels += 1;
      sum += offset;
      squares += offset * offset;
      histogram[value]! += 1;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    this.#lowest = lowest;
    this.#highest = highest;
    this.#setMoments({ pixels, origin, sum, squares });
  }

  #setMoments(sums: { pixels: number; origin: number; sum: number; squares: number }): void {
    this.pixels = sums.pixels;
    const mean = sums.sum / sums.pixels;
    this.meanCelsius = celsiusOfCentikelvin(sums.origin + mean);
    this.stdKelvin = Math.sqrt(Math.max(0, sums.squares / sums.pixels - mean * mean)) / 100;
  }

  #quantileFromBelow(share: number): number {
    const rank = share * (this.pixels - 1);
    const whole = Math.floor(rank);
    let value = this.#lowest;
    let atOrBelow = this.#histogram[value]!;
    while (atOrBelow <= whole) {
      value += 1;
      atOrBelow += this.#histogram[value]!;
    }
    const lower = value;
    while (atOrBelow <= whole + 1 && value < this.#highest) {
      value += 1;
      atOrBelow += this.#histogram[value]!;
    }
    return lower + (rank - whole) * (value - lower);
  }

  #quantileFromAbove(share: number): number {
    const rank = share * (this.pixels - 1);
    const whole = Math.floor(rank);
    const aboveUpper = this.pixels - 2 - whole;
    let value = this.#highest;
    let atOrAbove = this.#histogram[value]!;
    while (atOrAbove <= aboveUpper) {
      value -= 1;
      atOrAbove += this.#histogram[value]!;
    }
    const upper = value;
    while (atOrAbove <= aboveUpper + 1) {
      value -= 1;
      atOrAbove += this.#histogram[value]!;
    }
    return value + (rank - whole) * (upper - value);
  }

  #meanOfHottest(): number {
    const wanted = Math.min(proxyPixels, this.pixels);
    let left = wanted;
    let sum = 0;
    for (let value = this.#highest; left > 0; value -= 1) {
      const taken = Math.min(left, this.#histogram[value]!);
      sum += taken * value;
      left -= taken;
    }
    return sum / wanted;
  }

  #clear(): void {
    this.meanCelsius = Number.NaN;
    this.stdKelvin = Number.NaN;
    this.maxCelsius = Number.NaN;
    this.medianCelsius = Number.NaN;
    this.p95Celsius = Number.NaN;
    this.proxyCelsius = Number.NaN;
    this.hotPixels = 0;
    this.hotFromCentikelvin = pixelCentikelvinMax;
    this.#lowest = 0;
    this.#highest = -1;
  }
}

function hotThreshold(medianCentikelvin: number): number {
  const relative = medianCentikelvin + 100 * hotAboveMedianKelvin;
  const always = zeroCelsiusCentikelvin + 100 * hotCelsiusAlways;
  const least = zeroCelsiusCentikelvin + 100 * hotCelsiusMin;
  return Math.ceil(Math.max(least, Math.min(relative, always)));
}
