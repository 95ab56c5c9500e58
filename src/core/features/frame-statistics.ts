import { assert } from "../failure.ts";
import { celsiusOfCentikelvin, pixelCentikelvinMax, zeroCelsiusCentikelvin } from "./centikelvin.ts";
import type { FeatureKernel, PixelTotals } from "./feature-kernel.ts";

/** A hot pixel is at least this warm … */
export const hotCelsiusMin = 40;
/** … and at least this much above the frame median, … */
export const hotAboveMedianKelvin = 8;
/** … unless it reaches this temperature, so that a saturated picture is wholly hot. */
export const hotCelsiusAlways = 80;

/** The hot-spot proxy is the mean of this many hottest pixels. */
const proxyPixels = 4;

/** The pictures that are measured; all have the size the statistics were made for. */
export interface StatisticsInput {
  readonly centikelvin: Uint16Array;
  /** The picture to take the difference from; null when there is none. */
  readonly previous: Uint16Array | null;
  /** 1 where a pixel leaves every statistic; null when none does. */
  readonly excluded: Uint8Array | null;
}

/**
 * Order and moment statistics of one picture and of its difference from the one before, by one pass over both and a
 * histogram of integer values; no sorting, no array allocated per frame. Results stay in the fields until the next
 * `measure`; all are NaN (counts 0) when every pixel is excluded.
 */
export class FrameStatistics {
  /** Pixels that count: all but the excluded ones. */
  pixels = 0;
  meanCelsius = Number.NaN;
  /** Population standard deviation. */
  stdKelvin = Number.NaN;
  maxCelsius = Number.NaN;
  medianCelsius = Number.NaN;
  /** A multiple of one half. */
  medianCentikelvin = Number.NaN;
  /** 95th percentile with linear interpolation between order statistics (NumPy's default). */
  p95Celsius = Number.NaN;
  /** Mean of the four hottest pixels. */
  proxyCelsius = Number.NaN;
  hotPixels = 0;
  /** Smallest pixel value that counts as hot in this frame. */
  hotFromCentikelvin = 0;
  /** Mean absolute difference from the picture before; NaN when there is none. */
  differenceMeanKelvin = Number.NaN;
  /** Population standard deviation of it. */
  differenceStdKelvin = Number.NaN;
  /** Largest pixel value of each row; 0 where all are excluded. */
  readonly rowHighest: Uint16Array;

  readonly #width: number;
  readonly #kernel: FeatureKernel | null;
  readonly #histogram: Uint32Array;
  #lowest = 0;
  #highest = -1;
  /**
   * Sums are taken about a pixel of the picture itself: integers stay exact, and a uniform picture has exactly 0 K of
   * deviation.
   */
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #difference = 0;
  #differenceSquares = 0;
  readonly #totals: PixelTotals = {
    sum: 0,
    squares: 0,
    change: 0,
    changeSquares: 0,
    lowest: 0,
    highest: 0,
  };

  /** `kernel` has taken each picture, and the one before, before it comes here, and knows which pixels are excluded. */
  constructor(
    size: { readonly width: number; readonly height: number },
    kernel: FeatureKernel | null = null,
  ) {
    this.#width = size.width;
    this.#kernel = kernel;
    this.#histogram = kernel?.histogram ?? new Uint32Array(pixelCentikelvinMax + 1);
    this.rowHighest = kernel?.rowHighest ?? new Uint16Array(size.height);
  }

  /** Measures one picture. */
  measure(input: StatisticsInput): void {
    const { centikelvin, excluded } = input;
    assert(
      centikelvin.length === this.#width * this.rowHighest.length,
      "the picture has the size told before",
    );
    this.#histogram.fill(0, this.#lowest, this.#highest + 1);
    this.#begin(centikelvin[excluded === null ? 0 : Math.max(excluded.indexOf(0), 0)]!);
    if (this.#kernel !== null) this.#countBy(this.#kernel);
    else this.#count(input);
    if (input.previous === null) this.#difference = Number.NaN;
    this.#setMoments();
    if (this.pixels === 0) {
      this.#clear();
      return;
    }
    this.maxCelsius = celsiusOfCentikelvin(this.#highest);
    const median = this.#quantileFromBelow(0.5);
    this.medianCentikelvin = median;
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

  #begin(origin: number): void {
    this.#origin = origin;
    this.#lowest = origin;
    this.#highest = origin;
    this.pixels = 0;
    this.#sum = 0;
    this.#squares = 0;
    this.#difference = 0;
    this.#differenceSquares = 0;
  }

  #countBy(kernel: FeatureKernel): void {
    const totals = this.#totals;
    kernel.countPixels(this.#origin, totals);
    this.pixels = kernel.pixels;
    this.#sum = totals.sum;
    this.#squares = totals.squares;
    this.#difference = totals.change;
    this.#differenceSquares = totals.changeSquares;
    this.#lowest = totals.lowest;
    this.#highest = totals.highest;
  }

  #count({ centikelvin, excluded, previous }: StatisticsInput): void {
    // Without a picture before, the difference is taken from the picture itself and not looked at.
    const before = previous ?? centikelvin;
    for (let y = 0; y < this.rowHighest.length; y += 1) {
      if (excluded === null) this.#countRow(centikelvin, before, y);
      else this.#countRowBesideExcluded(centikelvin, before, excluded, y);
    }
  }

  #countRow(centikelvin: Uint16Array, previous: Uint16Array, y: number): void {
    const histogram = this.#histogram;
    const origin = this.#origin;
    const start = y * this.#width;
    const end = start + this.#width;
    let lowest = this.#lowest;
    let highest = 0;
    let sum = 0;
    let squares = 0;
    let difference = 0;
    let differenceSquares = 0;
    for (let i = start; i < end; i += 1) {
      const value = centikelvin[i]!;
      const offset = value - origin;
      sum += offset;
      squares += offset * offset;
      histogram[value]! += 1;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
      const change = value - previous[i]!;
      difference += Math.abs(change);
      differenceSquares += change * change;
    }
    this.pixels += this.#width;
    this.#sum += sum;
    this.#squares += squares;
    this.#difference += difference;
    this.#differenceSquares += differenceSquares;
    this.#lowest = lowest;
    this.#endRow(y, highest);
  }

  #countRowBesideExcluded(
    centikelvin: Uint16Array,
    previous: Uint16Array,
    excluded: Uint8Array,
    y: number,
  ): void {
    const histogram = this.#histogram;
    const origin = this.#origin;
    const start = y * this.#width;
    const end = start + this.#width;
    let lowest = this.#lowest;
    let highest = 0;
    let pixels = 0;
    let sum = 0;
    let squares = 0;
    let difference = 0;
    let differenceSquares = 0;
    for (let i = start; i < end; i += 1) {
      if (excluded[i] !== 0) continue;
      const value = centikelvin[i]!;
      const offset = value - origin;
      const change = value - previous[i]!;
      pixels += 1;
      sum += offset;
      squares += offset * offset;
      difference += Math.abs(change);
      differenceSquares += change * change;
      histogram[value]! += 1;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    this.pixels += pixels;
    this.#sum += sum;
    this.#squares += squares;
    this.#difference += difference;
    this.#differenceSquares += differenceSquares;
    this.#lowest = lowest;
    this.#endRow(y, highest);
  }

  #endRow(y: number, highest: number): void {
    this.rowHighest[y] = highest;
    if (highest > this.#highest) this.#highest = highest;
  }

  #setMoments(): void {
    const { pixels } = this;
    const mean = this.#sum / pixels;
    this.meanCelsius = celsiusOfCentikelvin(this.#origin + mean);
    this.stdKelvin = Math.sqrt(Math.max(0, this.#squares / pixels - mean * mean)) / 100;
    const change = this.#difference / pixels;
    const variance = this.#differenceSquares / pixels - change * change;
    this.differenceMeanKelvin = change / 100;
    this.differenceStdKelvin = Math.sqrt(Math.max(0, variance)) / 100;
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
    this.differenceMeanKelvin = Number.NaN;
    this.differenceStdKelvin = Number.NaN;
    this.meanCelsius = Number.NaN;
    this.stdKelvin = Number.NaN;
    this.maxCelsius = Number.NaN;
    this.medianCelsius = Number.NaN;
    this.medianCentikelvin = Number.NaN;
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
