/** Sums of a node's derivatives in scaled units, and the limits that monotone splits above it put on its value. */
export interface GainNode {
  readonly first: number;
  readonly second: number;
  readonly low: number;
  readonly high: number;
}

/** Least and greatest value that a node may say. */
export type ValueBounds = Pick<GainNode, "low" | "high">;

/** The best split of a node. */
export interface GainSplit {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  /** Sums of the rows that go left. */
  readonly leftFirst: number;
  readonly leftSecond: number;
}

/** Limits that hold for all nodes, in scaled units. */
export interface GainRules {
  readonly l2: number;
  readonly leafHessianMin: number;
  /** 1, −1 or 0 for each feature. */
  readonly monotone: Int8Array;
  /** Number of value bins of each feature. */
  readonly valueBins: Int32Array;
}

/** A split has to be worth this much more than none, in parts of it: rounding alone is no gain. */
export const leastGainShare = 1e-10;

/** The value of a node with these sums: −G / (H + λ) (Chen and Guestrin 2016, eq. 5), kept within its limits. */
export function nodeValue(node: GainNode, l2: number): number {
  return Math.min(node.high, Math.max(node.low, -node.first / (node.second + l2)));
}

/**
 * Limits of the two children: where the feature may only rise, no leaf on the left may say more than the middle
 * between the two sides, none on the right less; all others inherit.
 */
export function childBounds(
  node: GainNode,
  split: GainSplit,
  { l2, monotone }: GainRules,
): { readonly left: ValueBounds; readonly right: ValueBounds } {
  const { low, high } = node;
  const direction = monotone[split.feature]!;
  if (direction === 0) return { left: { low, high }, right: { low, high } };
  const left = { first: split.leftFirst, second: split.leftSecond, low, high };
  const right = {
    first: node.first - split.leftFirst,
    second: node.second - split.leftSecond,
    low,
    high,
  };
  const middle = (nodeValue(left, l2) + nodeValue(right, l2)) / 2;
  return direction > 0
    ? { left: { low, high: middle }, right: { low: middle, high } }
    : { left: { low: middle, high }, right: { low, high: middle } };
}
