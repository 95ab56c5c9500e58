import { assert } from "#core/failure.ts";
import { blockSide } from "#core/features/block-gradient.ts";
import { pixelCentikelvinMax } from "#core/features/centikelvin.ts";
import type { FeatureKernel, FeatureKernelMaker, PixelTotals } from "#core/features/feature-kernel.ts";
import type { FlowBlock, FlowSums } from "#core/features/flow-block.ts";
import { pictureSideMin, pyramidLevels } from "#core/features/image-pyramid.ts";
import { loadKernel } from "./load-kernel.ts";
import { MemoryPlan } from "./memory-plan.ts";
import { PixelRanks } from "./pixel-ranks.ts";

/** What the module compiled from assembly/frame-features.ts exports: addresses, sizes in pixels, and numbers. */
interface FrameFeaturesExports {
  readonly memory: WebAssembly.Memory;
  halve(fine: number, fineWidth: number, coarse: number, width: number, height: number): void;
  sumGradient(
    picture: number,
    width: number,
    height: number,
    sumXx: number,
    sumXy: number,
    sumYy: number,
  ): number;
  countPixels(
    picture: number,
    previous: number,
    width: number,
    height: number,
    origin: number,
    histogram: number,
    rowHighest: number,
    totals: number,
  ): void;
  sumFlowBlock(
    current: number,
    previous: number,
    width: number,
    left: number,
    right: number,
    top: number,
    bottom: number,
    shift: number,
    offset: number,
    sums: number,
  ): void;
}

/** Sizes of the pyramid's levels and where both pyramids' pictures of each lie. */
interface Level {
  readonly width: number;
  readonly height: number;
  current: number;
  previous: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Most pixels of a picture side: numbers of columns fit 16 bits. */
const pictureSideMax = 32_767;
const resultBytes = 48;

/**
 * Compiles the kernels and gives what makes one for each extractor. Throws `Failure("machine", "kernel-unreadable")` when
 * they are missing or the machine lacks WebAssembly SIMD.
 */
export function loadFeatureKernel(): FeatureKernelMaker {
  const modules = { frameFeatures: loadKernel("frame-features"), pixelRanks: loadKernel("pixel-ranks") };
  return (size) => new WebAssemblyFeatureKernel(modules, size);
}

/** The loops over all pixels in WebAssembly SIMD. Pictures are copied into its memory. */
class WebAssemblyFeatureKernel implements FeatureKernel {
  readonly histogram: Uint32Array;
  readonly rowHighest: Uint16Array;
  readonly sumXx: Float64Array;
  readonly sumXy: Float64Array;
  readonly sumYy: Float64Array;
  readonly #exports: FrameFeaturesExports;
  readonly #ranks: PixelRanks;
  readonly #levels: readonly Level[];
  /** The full-size pictures that have been taken last and before, by turns. */
  #current: Uint16Array;
  #previous: Uint16Array;
  readonly #results: Float64Array;

  constructor(
    modules: { readonly frameFeatures: WebAssembly.Module; readonly pixelRanks: WebAssembly.Module },
    { width, height }: Size,
  ) {
    assert(Math.min(width, height) >= pictureSideMin, "the picture is at least 16×16 pixels");
    assert(
      Math.max(width, height) <= pictureSideMax,
      `the picture's sides have at most ${pictureSideMax} pixels`,
    );
    this.#exports = new WebAssembly.Instance(modules.frameFeatures)
      .exports as unknown as FrameFeaturesExports;
    this.#ranks = new PixelRanks(modules.pixelRanks, width * height);
    const plan = new MemoryPlan();
    this.#levels = Array.from({ length: pyramidLevels }, (_, level) =>
      levelOf({ width: width >> level, height: height >> level }, plan),
    );
    const blocks = Math.ceil(width / blockSide) * Math.ceil(height / blockSide);
    const sums = [plan.reserve(8 * blocks), plan.reserve(8 * blocks), plan.reserve(8 * blocks)] as const;
    const histogram = plan.reserve(4 * (pixelCentikelvinMax + 1));
    const rowHighest = plan.reserve(2 * height);
    const results = plan.reserve(resultBytes);
    const buffer = plan.apply(this.#exports.memory);
    this.sumXx = new Float64Array(buffer, sums[0], blocks);
    this.sumXy = new Float64Array(buffer, sums[1], blocks);
    this.sumYy = new Float64Array(buffer, sums[2], blocks);
    this.histogram = new Uint32Array(buffer, histogram, pixelCentikelvinMax + 1);
    this.rowHighest = new Uint16Array(buffer, rowHighest, height);
    this.#results = new Float64Array(buffer, results, resultBytes / 8);
    this.#current = new Uint16Array(buffer, this.#levels[0]!.current, width * height);
    this.#previous = new Uint16Array(buffer, this.#levels[0]!.previous, width * height);
  }

  take(centikelvin: Uint16Array): void {
    assert(centikelvin.length === this.#current.length, "the picture has the kernel's size");
    const levels = this.#levels;
    for (let k = 0; k < levels.length; k += 1) {
      const level = levels[k]!;
      const before = level.current;
      level.current = level.previous;
      level.previous = before;
    }
    const newest = this.#previous;
    this.#previous = this.#current;
    this.#current = newest;
    newest.set(centikelvin);
    for (let k = 1; k < levels.length; k += 1) {
      const fine = levels[k - 1]!;
      const coarse = levels[k]!;
      this.#exports.halve(fine.current, fine.width, coarse.current, coarse.width, coarse.height);
    }
  }

  sumGradient(): number {
    const { current, width, height } = this.#levels[0]!;
    const { sumXx, sumXy, sumYy } = this;
    return this.#exports.sumGradient(
      current,
      width,
      height,
      sumXx.byteOffset,
      sumXy.byteOffset,
      sumYy.byteOffset,
    );
  }

  countPixels(origin: number, totals: PixelTotals): void {
    const { current, previous, width, height } = this.#levels[0]!;
    const results = this.#results;
    this.#exports.countPixels(
      current,
      previous,
      width,
      height,
      origin,
      this.histogram.byteOffset,
      this.rowHighest.byteOffset,
      results.byteOffset,
    );
    totals.sum = results[0]!;
    totals.squares = results[1]!;
    totals.change = results[2]!;
    totals.changeSquares = results[3]!;
    totals.lowest = results[4]!;
    totals.highest = results[5]!;
  }

  sumFlowBlock(level: number, block: FlowBlock, sums: FlowSums): void {
    const { current, previous, width } = this.#levels[level]!;
    const { left, right, top, bottom } = block;
    const shift = block.shiftY * width + block.shiftX;
    const results = this.#results;
    this.#exports.sumFlowBlock(
      current,
      previous,
      width,
      left,
      right,
      top,
      bottom,
      shift,
      block.offset,
      results.byteOffset,
    );
    sums.xx = results[0]!;
    sums.xy = results[1]!;
    sums.yy = results[2]!;
    sums.xt = results[3]!;
    sums.yt = results[4]!;
    sums.count = (right - left) * (bottom - top);
  }

  medianOfNine(rows: readonly Uint16Array[], out: Uint16Array): void {
    this.#ranks.medianOfNine(rows, out);
  }

  highestOfRows(rows: readonly Uint16Array[], out: Uint16Array): void {
    this.#ranks.highestOfRows(rows, out);
  }
}

function levelOf(size: Size, plan: MemoryPlan): Level {
  const bytes = 2 * size.width * size.height;
  return { ...size, current: plan.reserve(bytes), previous: plan.reserve(bytes) };
}
