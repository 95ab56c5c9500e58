import { assert } from "../failure.ts";

/**
 * The exact quantile by nearest rank: the smallest of the values such that at least this share of all is at or below it
 * (definition 1 of Hyndman and Fan, "Sample quantiles in statistical packages", 1996). It is always one of the values.
 */
export function nearestRank(ascending: readonly number[], share: number): number {
  assert(ascending.length > 0 && share > 0 && share <= 1, "a quantile has values and a share above 0, to 1");
  // 0.95 × 20 is 19.000000000000004 in floating point, and must not become the 20th.
  const rank = Math.ceil(share * ascending.length - 1e-9);
  return ascending[Math.max(0, rank - 1)]!;
}
