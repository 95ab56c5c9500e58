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
  sumGradientBesideExcluded(
    picture: number,
    width: number,
    height: number,
    kept: number,
    west: number,
    east: number,
    north: number,
    south: number,
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
    kept: number,
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
    usable: number,
    sums: number,
  ): void;
}

/** Sizes of the pyramid's levels and where both pyramids' pictures of each lie. */
interface Level {
  readonly width: number;
  readonly height: number;
  current: number;
  previous: number;
  /** Masks of 16 bits a pixel, all ones where a gradient can be formed. */
  readonly usable: Uint16Array;
  isUsable: "everywhere" | "where-marked";
}

/** The masks of a picture of which some pixels are excluded: all ones where a pixel, or its neighbour there, counts. */
type ExclusionMasks = Readonly<Record<"kept" | "west" | "east" | "north" | "south", Uint16Array>>;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Most pixels of a picture side: numbers of columns fit 16 bits. */
const pictureSideMax = 32_767;
const resultBytes = 48;
/** All bits of a pixel's mask. */
const markedPixel = 0xffff;

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
  pixels: number;
  readonly #masks: ExclusionMasks;
  #hasExcluded = false;
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
    const levels = Array.from({ length: pyramidLevels }, (_, level) =>
      levelOf({ width: width >> level, height: height >> level }, plan),
    );
    const blocks = Math.ceil(width / blockSide) * Math.ceil(height / blockSide);
    const sums = [plan.reserve(8 * blocks), plan.reserve(8 * blocks), plan.reserve(8 * blocks)] as const;
    const histogram = plan.reserve(4 * (pixelCentikelvinMax + 1));
    const rowHighest = plan.reserve(2 * height);
    const results = plan.reserve(resultBytes);
    const mask = (): number => plan.reserve(2 * width * height);
    const masks = [mask(), mask(), mask(), mask(), mask()] as const;
    const buffer = plan.apply(this.#exports.memory);
    this.sumXx = new Float64Array(buffer, sums[0], blocks);
    this.sumXy = new Float64Array(buffer, sums[1], blocks);
    this.sumYy = new Float64Array(buffer, sums[2], blocks);
    this.histogram = new Uint32Array(buffer, histogram, pixelCentikelvinMax + 1);
    this.rowHighest = new Uint16Array(buffer, rowHighest, height);
    const [kept, west, east, north, south] = masks.map((at) => new Uint16Array(buffer, at, width * height));
    this.#masks = { kept: kept!, west: west!, east: east!, north: north!, south: south! };
    this.pixels = width * height;
    this.#levels = levels.map((level) => ({
      ...level,
      usable: new Uint16Array(buffer, level.usable, level.width * level.height),
      isUsable: "everywhere",
    }));
    this.#results = new Float64Array(buffer, results, resultBytes / 8);
    this.#current = new Uint16Array(buffer, levels[0]!.current, width * height);
    this.#previous = new Uint16Array(buffer, levels[0]!.previous, width * height);
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

  setExcluded(excluded: Uint8Array | null): void {
    const { width, height } = this.#levels[0]!;
    this.#hasExcluded = excluded !== null;
    this.pixels = width * height;
    if (excluded === null) return;
    const { kept, west, east, north, south } = this.#masks;
    const maskOf = (i: number, isInside: boolean): number =>
      isInside && excluded[i] === 0 ? markedPixel : 0;
    for (let i = 0; i < excluded.length; i += 1) {
      const x = i % width;
      kept[i] = maskOf(i, true);
      west[i] = maskOf(i - 1, x > 0);
      east[i] = maskOf(i + 1, x < width - 1);
      north[i] = maskOf(i - width, i >= width);
      south[i] = maskOf(i + width, i + width < excluded.length);
      if (kept[i] === 0) this.pixels -= 1;
    }
  }

  setUsable(level: number, usable: Uint8Array | null): void {
    const own = this.#levels[level]!;
    own.isUsable = usable === null ? "everywhere" : "where-marked";
    for (let i = 0; i < own.usable.length; i += 1) own.usable[i] = usable?.[i] === 0 ? 0 : markedPixel;
  }

  sumGradient(): number {
    const { current, width, height } = this.#levels[0]!;
    const { sumXx, sumXy, sumYy } = this;
    if (this.#hasExcluded) return this.#sumGradientBesideExcluded();
    return this.#exports.sumGradient(
      current,
      width,
      height,
      sumXx.byteOffset,
      sumXy.byteOffset,
      sumYy.byteOffset,
    );
  }

  #sumGradientBesideExcluded(): number {
    const { current, width, height } = this.#levels[0]!;
    const { kept, west, east, north, south } = this.#masks;
    return this.#exports.sumGradientBesideExcluded(
      current,
      width,
      height,
      kept.byteOffset,
      west.byteOffset,
      east.byteOffset,
      north.byteOffset,
      south.byteOffset,
      this.sumXx.byteOffset,
      this.sumXy.byteOffset,
      this.sumYy.byteOffset,
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
      this.#hasExcluded ? this.#masks.kept.byteOffset : 0,
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
    const { current, previous, width, usable, isUsable } = this.#levels[level]!;
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
      isUsable === "everywhere" ? 0 : usable.byteOffset,
      results.byteOffset,
    );
    sums.xx = results[0]!;
    sums.xy = results[1]!;
    sums.yy = results[2]!;
    sums.xt = results[3]!;
    sums.yt = results[4]!;
    sums.count = results[5]!;
  }

  medianOfNine(rows: readonly Uint16Array[], out: Uint16Array): void {
    this.#ranks.medianOfNine(rows, out);
  }

  highestOfRows(rows: readonly Uint16Array[], out: Uint16Array): void {
    this.#ranks.highestOfRows(rows, out);
  }
}

/** Reserves what belongs to a level: both pictures, and the mask of its usable pixels. */
function levelOf(
  size: Size,
  plan: MemoryPlan,
): Size & Readonly<Record<"current" | "previous" | "usable", number>> {
  const bytes = 2 * size.width * size.height;
  return {
    ...size,
    current: plan.reserve(bytes),
    previous: plan.reserve(bytes),
    usable: plan.reserve(bytes),
  };
}
