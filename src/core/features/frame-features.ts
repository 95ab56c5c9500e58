import { BlockGradient } from "./block-gradient.ts";
import { pixelCentikelvinMax, severeCentikelvin } from "./centikelvin.ts";
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
 * Measures the first thirteen features of each picture. The owner writes a picture into `next`, with bad pixels
 * replaced, then calls `measure`; the picture then becomes `current`. Nothing is allocated per frame.
 */
export class FrameFeatures {
  /** The features of the picture measured last, in schema order; absent values are NaN. */
  readonly values = new Float64Array(frameFeatureCount);
  readonly #statistics = new FrameStatistics();
  readonly #gradient: BlockGradient;
  readonly #flow: OpticalFlow;
  readonly #blob: HotBlob;
  #current: ImagePyramid;
  #next: ImagePyramid;
  #excluded: Uint8Array | null = null;
  #medianCelsius = Number.NaN;
  #hasPrevious = false;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#gradient = new BlockGradient(size);
    this.#flow = new OpticalFlow(this.#gradient);
    this.#blob = new HotBlob(size);
    this.#current = new ImagePyramid(size);
    this.#next = new ImagePyramid(size);
  }

  /** Where the owner writes the next picture, in centikelvin. */
  get next(): Uint16Array {
    return this.#next.full;
  }

  /** The picture measured last, in centikelvin. */
  get current(): Uint16Array {
    return this.#current.full;
  }

  /** Median of the picture measured last, in °C; NaN before the first. */
  get medianCelsius(): number {
    return this.#medianCelsius;
  }

  /** Says which pixels leave every statistic; no difference is taken across the change. Not called per frame. */
  setExcluded(excluded: Uint8Array | null): void {
    this.#excluded = excluded;
    this.#flow.setExcluded(excluded);
    this.#hasPrevious = false;
  }

  /** Measures the picture in `next`. */
  measure(succession: FrameSuccession): void {
    const previous = this.#current;
    const current = this.#next;
    const medianBefore = this.#medianCelsius;
    this.#current = current;
    this.#next = previous;
    current.build();
    this.#gradient.measure(current.full, this.#excluded);
    this.#statistics.measure(current.full, this.#excluded);
    this.#medianCelsius = this.#statistics.medianCelsius;
    this.values.fill(Number.NaN);
    this.#writeStatistics(current);
    if (this.#hasPrevious && succession !== "apart") this.#writeDifference(previous.full, current.full);
    if (this.#hasPrevious && succession === "adjacent") {
      const offsetCentikelvin = 100 * (this.#medianCelsius - medianBefore);
      this.#flow.measure({ previous, current, offsetCentikelvin });
      this.values[10] = this.#flow.meanPixels;
      this.values[11] = this.#flow.stdPixels;
    }
    this.#hasPrevious = true;
  }

  /** Pixels of the picture measured last at the ceiling: 140 °C in high gain, the end of the 16 bits in low gain. */
  saturatedPixels(gain: "high" | "low"): number {
    return this.#statistics.pixelsFrom(gain === "high" ? severeCentikelvin : pixelCentikelvinMax);
  }

  #writeStatistics(current: ImagePyramid): void {
    const { values } = this;
    const statistics = this.#statistics;
    values[0] = statistics.meanCelsius;
    values[1] = statistics.stdKelvin;
    values[2] = statistics.maxCelsius;
    values[3] = statistics.p95Celsius;
    values[4] = (100 * statistics.hotPixels) / statistics.pixels;
    values[5] = (100 * this.#blobPixels(current)) / statistics.pixels;
    values[6] = this.#gradient.meanKelvinPerPixel;
    values[7] = this.#gradient.stdKelvinPerPixel;
    values[12] = statistics.proxyCelsius;
  }

  #blobPixels(current: ImagePyramid): number {
    const { hotPixels, hotFromCentikelvin } = this.#statistics;
    if (hotPixels <= 1) return hotPixels;
    return this.#blob.largestPixels({
      centikelvin: current.full,
      excluded: this.#excluded,
      hotFromCentikelvin,
    });
  }

  #writeDifference(previous: Uint16Array, current: Uint16Array): void {
    const excluded = this.#excluded;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < current.length; i += 1) {
      if (excluded !== null && excluded[i] !== 0) continue;
      const difference = Math.abs(current[i]! - previous[i]!);
      sum += difference;
      squares += difference * difference;
    }
    const mean = sum / this.#statistics.pixels;
    this.values[8] = mean / 100;
    this.values[9] = Math.sqrt(Math.max(0, squares / this.#statistics.pixels - mean * mean)) / 100;
  }
}
