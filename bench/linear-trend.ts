/** A straight line through points, and how sure its slope is. */
export interface LinearTrend {
  /** Units of y per unit of x. */
  readonly slope: number;
  /** The slope's two-sided 95 % confidence interval, of independent and normal residuals. */
  readonly low: number;
  readonly high: number;
}

/** Student's t for 95 % (two-sided) by degrees of freedom 1 to 30; then 2.04 down to 1.96. */
const studentsT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Least squares (any textbook of statistics); null of fewer than five points, which would show anything, or of one x only. */
export function linearTrend(
  points: readonly { readonly x: number; readonly y: number }[],
): LinearTrend | null {
  const n = points.length;
  if (n < 5) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return null;
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residual = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const error = Math.sqrt(residual / (n - 2) / spread);
  const reach = (studentsT[n - 3] ?? 2.04) * error;
  return { slope, low: slope - reach, high: slope + reach };
}

/** The mean of y in each whole unit of x, at its middle: neighbours a few seconds apart say nearly the same. */
export function meansByUnit(
  points: readonly { readonly x: number; readonly y: number }[],
): readonly { readonly x: number; readonly y: number }[] {
  const groups = Map.groupBy(points, ({ x }) => Math.floor(x));
  return [...groups].map(([x, group]) => ({
    x: x + 0.5,
    y: group.reduce((sum, { y }) => sum + y, 0) / group.length,
  }));
}
