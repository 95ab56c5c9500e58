import { BlockGradient } from "./block-gradient.ts";
import { pixelCentikelvinMax, severeCentikelvin } from "./centikelvin.ts";
import type { FeatureKernel } from "./feature-kernel.ts";
import { FrameStatistics } from "./frame-statistics.ts";
import { HotBlob } from "./hot-blob.ts";
import { ImagePyramid } from "./image-pyramid.ts";
import { OpticalFlow } from "./optical-flow.ts";

/** How many of the 18 features are measured on each frame: the first thirteen, t_mean to tproxy_val. */
export const frameFeatureCount = 13;

/** How a picture stands to the one measured before it. */
export type FrameSuccession =
  /** Next by the camera's counter and near in time: differences and flow. */
  | "adjacent"
  /** Near in time, but frames between them are missing: differences only. */
  | "near"
  /** Neither. */
  | "apart";

/**
 * Measures the first thirteen features of each picture. Pictures belong to the owner, who leaves the one measured last
 * as it is until the next has been measured. No array is allocated per frame.
 */
export class FrameFeatures {
  /** The features of the picture measured last, in schema order; absent values are NaN. */
  readonly values = new Float64Array(frameFeatureCount);
  readonly #statistics: FrameStatistics;
  readonly #gradient: BlockGradient;
  readonly #flow: OpticalFlow;
  readonly #blob: HotBlob;
  readonly #kernel: FeatureKernel | null;
  #picture: Uint16Array = new Uint16Array(0);
  #current: ImagePyramid;
  /** The pyramid of the picture before, used again for the next. */
  #other: ImagePyramid;
  #excluded: Uint8Array | null = null;
  #medianCentikelvin = Number.NaN;
  #hasPrevious = false;

  constructor(
    size: { readonly width: number; readonly height: number },
    kernel: FeatureKernel | null = null,
  ) {
    this.#kernel = kernel;
    this.#statistics = new FrameStatistics(size, kernel);
    this.#gradient = new BlockGradient(size, kernel);
    this.#flow = new OpticalFlow(this.#gradient, kernel);
    this.#blob = new HotBlob(size);
    this.#current = new ImagePyramid(size);
    this.#other = new ImagePyramid(size);
  }

  /** The picture measured last, in centikelvin; empty before the first. */
  get current(): Uint16Array {
    return this.#picture;
  }

  /** Says which pixels leave every statistic; no difference is taken across the change. Not called per frame. */
  setExcluded(excluded: Uint8Array | null): void {
    this.#excluded = excluded;
    this.#kernel?.setExcluded(excluded);
    this.#flow.setExcluded(excluded);
    this.#hasPrevious = false;
  }

  /** Measures a picture of centikelvin, bad pixels already replaced. */
  measure(centikelvin: Uint16Array, succession: FrameSuccession): void {
    const before = this.#picture;
    const medianBefore = this.#medianCentikelvin;
    const hasDifference = this.#hasPrevious && succession !== "apart";
    this.#picture = centikelvin;
    this.#take(centikelvin);
    this.#gradient.measure(centikelvin, this.#excluded);
    this.#statistics.measure({
      centikelvin,
      previous: hasDifference ? before : null,
      excluded: this.#excluded,
    });
    this.#medianCentikelvin = this.#statistics.medianCentikelvin;
    this.values.fill(Number.NaN);
    this.#writeStatistics(centikelvin);
    if (hasDifference && succession === "adjacent") {
      const offsetCentikelvin = this.#medianCentikelvin - medianBefore;
      this.#flow.measure({ previous: this.#other, current: this.#current, offsetCentikelvin });
      this.values[10] = this.#flow.meanPixels;
      this.values[11] = this.#flow.stdPixels;
    }
    this.#hasPrevious = true;
  }

  /** Makes the picture's pyramid, or has the kernel make its own. */
  #take(centikelvin: Uint16Array): void {
    if (this.#kernel !== null) {
      this.#kernel.take(centikelvin);
      return;
    }
    const previous = this.#current;
    this.#current = this.#other;
    this.#other = previous;
    this.#current.build(centikelvin);
  }

  /** Pixels of the picture measured last at the ceiling: 140 °C in high gain, the end of the 16 bits in low gain. */
  saturatedPixels(gain: "high" | "low"): number {
    return this.#statistics.pixelsFrom(gain === "high" ? severeCentikelvin : pixelCentikelvinMax);
  }

  #writeStatistics(centikelvin: Uint16Array): void {
    const { values } = this;
    const statistics = this.#statistics;
    values[0] = statistics.meanCelsius;
    values[1] = statistics.stdKelvin;
    values[2] = statistics.maxCelsius;
    values[3] = statistics.p95Celsius;
    values[4] = (100 * statistics.hotPixels) / statistics.pixels;
    values[5] = (100 * this.#blobPixels(centikelvin)) / statistics.pixels;
    values[6] = this.#gradient.meanKelvinPerPixel;
    values[7] = this.#gradient.stdKelvinPerPixel;
    values[8] = statistics.differenceMeanKelvin;
    values[9] = statistics.differenceStdKelvin;
    values[12] = statistics.proxyCelsius;
  }

  #blobPixels(centikelvin: Uint16Array): number {
    const { hotPixels, hotFromCentikelvin, rowHighest } = this.#statistics;
    if (hotPixels <= 1) return hotPixels;
    return this.#blob.largestPixels({
      centikelvin,
      excluded: this.#excluded,
      hotFromCentikelvin,
      rowHighest,
    });
  }
}
