import type { FlowBlock, FlowSums } from "./flow-block.ts";

/** Sums over a picture's pixels and their change. */
export interface PixelTotals {
  /** Sum and squares of what pixels are above the origin. */
  sum: number;
  squares: number;
  /** Sum and squares of the absolute change from the picture before. */
  change: number;
  changeSquares: number;
  lowest: number;
  highest: number;
}

/**
 * The loops over all pixels behind the features, as something faster than this part's TypeScript may run them; that
 * stays the definition, and results are equal to the last bit. For pictures of one size.
 * A kernel belongs to one extractor and lends it the arrays that it writes.
 */
export interface FeatureKernel {
  /** Pixels of each value, which `countPixels` adds to: its owner clears it. */
  readonly histogram: Uint32Array;
  /** Highest pixel of each row, from `countPixels`. */
  readonly rowHighest: Uint16Array;
  /** Sums of each block, from `sumGradient`, as `BlockGradient` has them. */
  readonly sumXx: Float64Array;
  readonly sumXy: Float64Array;
  readonly sumYy: Float64Array;
  /** Pixels that count: all but the excluded ones. */
  readonly pixels: number;
  /** Says which pixels leave gradient and counts; null when none does, as at the beginning. Not called per frame. */
  setExcluded(excluded: Uint8Array | null): void;
  /** Says at which pixels of a pyramid's level a gradient can be formed; null when at all. Not called per frame. */
  setUsable(level: number, usable: Uint8Array | null): void;
  /** Takes a picture and its pyramid; the one taken before becomes the picture before. All else is about these two. */
  take(centikelvin: Uint16Array): void;
  /** Gives the sum of all gradient magnitudes, in doubled centikelvin. */
  sumGradient(): number;
  /** Counts the pixels, with sums about `origin`, the value of a pixel; nothing is allocated. */
  countPixels(origin: number, totals: PixelTotals): void;
  /** Does `sumFlowBlock` at a level of the pyramid. */
  sumFlowBlock(level: number, block: FlowBlock, sums: FlowSums): void;
  /** Does `medianOfNine`. */
  medianOfNine(rows: readonly Uint16Array[], out: Uint16Array): void;
  /** Does `highestOfRows`. */
  highestOfRows(rows: readonly Uint16Array[], out: Uint16Array): void;
}

/** Makes a kernel for pictures of one size, for one extractor. */
export type FeatureKernelMaker = (size: { readonly width: number; readonly height: number }) => FeatureKernel;
