import { assert } from "../failure.ts";

/** Most pixels a picture may have for its moments: the kernels' 32-bit partial sums hold for no more. */
export const momentPixelsMax = 65_536;

/**
 * Whole-number sums over a picture and its change, from which mean, standard deviation and maximum follow exactly.
 * Units are those of the pixels (hundredths of a kelvin), squared where the name says so. All values are whole numbers
 * below 2^53, so every implementation must give the same ones to the last bit.
 */
export interface FrameMoments {
  sum: number;
  squareSum: number;
  max: number;
  /** Sum of the absolute differences from the picture before. */
  differenceSum: number;
  differenceSquareSum: number;
}

/** Two pictures of one size, one value a pixel. */
export interface FramePair {
  readonly current: Uint16Array;
  readonly previous: Uint16Array;
}

/** Something that measures moments: the reference below, or a kernel. */
export interface FrameMomentsMeter {
  /** Writes the moments of a pair into `result`; allocates nothing. */
  measure(pair: FramePair, result: FrameMoments): void;
}

/** Moments of nothing, to be written into. */
export function emptyFrameMoments(): FrameMoments {
  return { sum: 0, squareSum: 0, max: 0, differenceSum: 0, differenceSquareSum: 0 };
}

/** The definition in plain TypeScript, and what is used where there is no kernel. */
export const referenceFrameMoments: FrameMomentsMeter = {
  measure({ current, previous }, result) {
    assert(current.length === previous.length, "both pictures have the same size");
    assert(current.length <= momentPixelsMax, `a picture has at most ${momentPixelsMax} pixels`);
    let sum = 0;
    let squareSum = 0;
    let max = 0;
    let differenceSum = 0;
    let differenceSquareSum = 0;
    for (let i = 0; i < current.length; i += 1) {
      const value = current[i]!;
      const difference = Math.abs(value - previous[i]!);
      sum += value;
      squareSum += value * value;
      if (value > max) max = value;
      differenceSum += difference;
      differenceSquareSum += difference * difference;
    }
    result.sum = sum;
    result.squareSum = squareSum;
    result.max = max;
    result.differenceSum = differenceSum;
    result.differenceSquareSum = differenceSquareSum;
  },
};
