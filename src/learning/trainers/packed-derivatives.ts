/**
 * A histogram's cell holds the sums of first and second derivatives of its rows in one float64: first·2²⁷ + second,
 * both whole numbers in units of 1 / scale. With sums below 2²⁵ and 2²⁶ they are exact, so that neither the order of
 * rows nor the number of workers changes anything, and one addition counts both. Rounding a derivative to about ten
 * bits costs nothing measurable (Shi and others 2022 train with two to five); leaf values are computed from the exact
 * ones.
 */
export const firstUnit = 2 ** 27;

/** Bins of a feature, the one of absent values included: cells of one feature in a histogram. */
export const binCount = 256;

/** The scale at which no sum over `rows` derivatives of at most `largest` leaves its bits. */
export function derivativeScale(rows: number, largest: number): number {
  return 2 ** 24 / (rows * largest);
}

/** Packs two scaled, rounded derivatives. */
export function packDerivatives(first: number, second: number): number {
  return first * firstUnit + second;
}

/** First derivative of a packed cell; the second is what is left of the cell without it. */
export function firstOf(cell: number): number {
  return Math.floor(cell / firstUnit);
}
