/** Bins of a feature, the one of absent values included: cells of one feature in a histogram. */
export const binCount = 256;

/**
 * Histograms hold sums of derivatives as whole numbers, so that neither the order of rows nor the engine changes
 * anything: of each cell first the second derivatives, then the first ones, in two int32. A kernel adds both at once as
 * one int64. At this scale the sums of all rows together stay below 2³⁰, roundings included below 2³¹, and a
 * derivative of 50,000 rows has about 14 bits (Shi and others 2022 train with two to five).
 */
export function derivativeScale(weightSum: number): number {
  return 2 ** 30 / weightSum;
}

/** A derivative in scaled units; halves are rounded up. */
export function scaledDerivative(derivative: number, scale: number): number {
  return Math.floor(derivative * scale + 0.5);
}
