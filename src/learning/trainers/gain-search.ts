import { missingBin } from "./binned-table.ts";
import { binCount, firstOf, firstUnit } from "./packed-derivatives.ts";
import { allValuesBin } from "./split.ts";

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
  readonly gain: number;
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

/** The value of a node with these sums: −G / (H + λ) (Chen and Guestrin 2016, eq. 5), kept within its limits. */
export function nodeValue(node: GainNode, l2: number): number {
  return Math.min(node.high, Math.max(node.low, -node.first / (node.second + l2)));
}

/**
 * Finds the split with the largest gain (Chen and Guestrin 2016, eq. 7), absent values tried on both sides. A feature
 * that may only rise takes no split whose right side would say less than its left.
 */
export class GainSearch {
  readonly #rules: GainRules;
  #histogram = new Float64Array();
  #node: GainNode = { first: 0, second: 0, low: 0, high: 0 };
  #isBounded = false;
  #direction = 0;
  #feature = 0;
  #best = { feature: -1, bin: 0, missingLeft: false, gain: 0, leftFirst: 0, leftSecond: 0 };

  constructor(rules: GainRules) {
    this.#rules = rules;
  }

  /** The best split by the features that `allowed` marks with 1; null when none gains anything. */
  find(histogram: Float64Array<ArrayBuffer>, node: GainNode, allowed: Uint8Array): GainSplit | null {
    const { l2, monotone } = this.#rules;
    this.#histogram = histogram;
    this.#node = node;
    this.#isBounded = node.low > -Infinity || node.high < Infinity;
    const value = nodeValue(node, l2);
    // What the node is worth without a split; a split has to be worth more.
    const unsplit = -(2 * node.first * value + (node.second + l2) * value * value);
    this.#best = { feature: -1, bin: 0, missingLeft: false, gain: unsplit, leftFirst: 0, leftSecond: 0 };
    for (let feature = 0; feature < allowed.length; feature += 1) {
      if (allowed[feature] !== 1) continue;
      this.#feature = feature;
      this.#direction = monotone[feature]!;
      this.#scan();
    }
    const best = this.#best;
    return best.feature < 0 ? null : { ...best, gain: best.gain - unsplit };
  }

  /**
   * Limits of the two children: where the feature may only rise, no leaf on the left may say more than the middle
   * between the two sides, none on the right less; all others inherit.
   */
  childBounds(node: GainNode, split: GainSplit): { readonly left: ValueBounds; readonly right: ValueBounds } {
    const { l2, monotone } = this.#rules;
    const { low, high } = node;
    const direction = monotone[split.feature]!;
    if (direction === 0) return { left: { low, high }, right: { low, high } };
    const leftNode = { first: split.leftFirst, second: split.leftSecond, low, high };
    const rightNode = {
      first: node.first - split.leftFirst,
      second: node.second - split.leftSecond,
      low,
      high,
    };
    const middle = (nodeValue(leftNode, l2) + nodeValue(rightNode, l2)) / 2;
    return direction > 0
      ? { left: { low, high: middle }, right: { low: middle, high } }
      : { left: { low: middle, high }, right: { low, high: middle } };
  }

  #scan(): void {
    const histogram = this.#histogram;
    const base = this.#feature * binCount;
    const bins = this.#rules.valueBins[this.#feature]!;
    const missing = histogram[base + missingBin]!;
    const missingFirst = firstOf(missing);
    const missingSecond = missing - missingFirst * firstUnit;
    let first = 0;
    let second = 0;
    let before = -1;
    for (let bin = 0; bin < bins; bin += 1) {
      const cell = histogram[base + bin]!;
      if (cell === 0) continue;
      // Between this filled bin and the one before, every cut parts the same rows: the middle serves new values best.
      if (before >= 0) {
        const cut = (before + bin - 1) >> 1;
        this.#try(cut, first, second, 0);
        if (missing !== 0) this.#try(cut, first + missingFirst, second + missingSecond, 1);
      }
      const cellFirst = Math.floor(cell / firstUnit);
      first += cellFirst;
      second += cell - cellFirst * firstUnit;
      before = bin;
    }
    if (missing !== 0 && before >= 0) this.#try(allValuesBin, first, second, 0);
  }

  #try(bin: number, leftFirst: number, leftSecond: number, missingLeft: 0 | 1): void {
    const { l2, leafHessianMin } = this.#rules;
    const node = this.#node;
    const rightSecond = node.second - leftSecond;
    if (leftSecond < leafHessianMin || rightSecond < leafHessianMin) return;
    const rightFirst = node.first - leftFirst;
    const gain =
      this.#isBounded || this.#direction !== 0
        ? this.#boundedWorth(leftFirst, leftSecond, rightFirst, rightSecond)
        : (leftFirst * leftFirst) / (leftSecond + l2) + (rightFirst * rightFirst) / (rightSecond + l2);
    if (gain <= this.#best.gain) return;
    const best = this.#best;
    best.feature = this.#feature;
    best.bin = bin;
    best.missingLeft = missingLeft === 1;
    best.gain = gain;
    best.leftFirst = leftFirst;
    best.leftSecond = leftSecond;
  }

  #boundedWorth(leftFirst: number, leftSecond: number, rightFirst: number, rightSecond: number): number {
    const { l2 } = this.#rules;
    const { low, high } = this.#node;
    const left = Math.min(high, Math.max(low, -leftFirst / (leftSecond + l2)));
    const right = Math.min(high, Math.max(low, -rightFirst / (rightSecond + l2)));
    if (this.#direction * (right - left) < 0) return -Infinity;
    return -(
      2 * leftFirst * left +
      (leftSecond + l2) * left * left +
      2 * rightFirst * right +
      (rightSecond + l2) * right * right
    );
  }
}
