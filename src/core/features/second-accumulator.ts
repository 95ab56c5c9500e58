import type { FeatureKernel } from "./feature-kernel.ts";
import { frameFeatureCount } from "./frame-features.ts";
import { SecondPicture, secondPicturesMax } from "./second-picture.ts";

/** One valid frame, measured. */
export interface MeasuredFrame {
  /** Its features in schema order; absent values are NaN. */
  readonly features: Float64Array;
  readonly capturedAtMicros: number;
  readonly saturatedPixels: number;
}

/** Collects the valid frames of one second and takes the median of each feature over them. */
export class SecondAccumulator {
  validFrames = 0;
  rejectedFrames = 0;
  /** Most saturated pixels of any frame. */
  saturatedPixels = 0;
  readonly picture: SecondPicture;
  readonly #features = new Float64Array(frameFeatureCount * secondPicturesMax);
  readonly #times = new Float64Array(secondPicturesMax);
  readonly #sorted = new Float64Array(secondPicturesMax);

  constructor(pixels: number, kernel: FeatureKernel | null) {
    this.picture = new SecondPicture(pixels, kernel);
  }

  /** Takes a valid frame, whose picture stands in `picture.next`; beyond `secondPicturesMax` it replaces the oldest of the second. */
  add(frame: MeasuredFrame): void {
    const slot = this.validFrames % secondPicturesMax;
    for (let k = 0; k < frameFeatureCount; k += 1)
      this.#features[k * secondPicturesMax + slot] = frame.features[k]!;
    this.#times[slot] = frame.capturedAtMicros;
    this.picture.take();
    this.saturatedPixels = Math.max(this.saturatedPixels, frame.saturatedPixels);
    this.validFrames += 1;
  }

  /** Median of a feature over the frames that have it; NaN when none does. */
  median(feature: number): number {
    const start = feature * secondPicturesMax;
    return this.#medianOf(this.#features.subarray(start, start + this.picture.count));
  }

  /** Median of the capture times: on a steady rise the moment at which the median value was true. */
  get medianCapturedAtMicros(): number {
    return this.#medianOf(this.#times.subarray(0, this.picture.count));
  }

  /** Begins the next second. */
  clear(): void {
    this.validFrames = 0;
    this.rejectedFrames = 0;
    this.saturatedPixels = 0;
    this.picture.clear();
  }

  #medianOf(values: Float64Array): number {
    const sorted = this.#sorted;
    let count = 0;
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      let place = count;
      for (; place > 0 && sorted[place - 1]! > value; place -= 1) sorted[place] = sorted[place - 1]!;
      sorted[place] = value;
      count += 1;
    }
    if (count === 0) return Number.NaN;
    const upper = sorted[count >> 1]!;
    return count % 2 === 1 ? upper : (sorted[(count >> 1) - 1]! + upper) / 2;
  }
}
