import { missingBin } from "./binned-table.ts";
import { type GainNode, type GainRules, type GainSplit, leastGainShare, nodeValue } from "./gain-rules.ts";
import { binCount } from "./packed-derivatives.ts";
import { allValuesBin } from "./split.ts";

/**
 * Finds the split with the largest gain (Chen and Guestrin 2016, eq. 7), absent values tried on both sides. A feature
 * that may only rise takes no split whose right side would say less than its left.
 */
export class GainSearch {
  readonly #rules: GainRules;
  #histogram = new Int32Array();
  #node: GainNode = { first: 0, second: 0, low: 0, high: 0 };
  #isBounded = false;
  #direction = 0;
  #feature = 0;
  #best = { feature: -1, bin: 0, missingLeft: false, gain: 0, leftFirst: 0, leftSecond: 0 };

  constructor(rules: GainRules) {
    this.#rules = rules;
  }

  /** The best split by the features that `allowed` marks with 1; null when none gains anything. */
  find(histogram: Int32Array, node: GainNode, allowed: Uint8Array): GainSplit | null {
    const { l2, monotone } = this.#rules;
    this.#histogram = histogram as Int32Array<ArrayBuffer>;
    this.#node = node;
    this.#isBounded = node.low > -Infinity || node.high < Infinity;
    const value = nodeValue(node, l2);
    // What the node is worth without a split; a split has to be worth more.
    const unsplit = -(2 * node.first * value + (node.second + l2) * value * value);
    const gain = unsplit + Math.abs(unsplit) * leastGainShare;
    this.#best = { feature: -1, bin: 0, missingLeft: false, gain, leftFirst: 0, leftSecond: 0 };
    for (let feature = 0; feature < allowed.length; feature += 1) {
      if (allowed[feature] !== 1) continue;
      this.#feature = feature;
      this.#direction = monotone[feature]!;
      this.#scan();
    }
    if (this.#best.feature < 0) return null;
    const { feature, bin, missingLeft, leftFirst, leftSecond } = this.#best;
    return { feature, bin, missingLeft, leftFirst, leftSecond };
  }

  #scan(): void {
    const histogram = this.#histogram;
    const base = 2 * this.#feature * binCount;
    const bins = this.#rules.valueBins[this.#feature]!;
    const missingSecond = histogram[base + 2 * missingBin]!;
    const missingFirst = histogram[base + 2 * missingBin + 1]!;
    const hasMissing = missingFirst !== 0 || missingSecond !== 0;
    let first = 0;
    let second = 0;
    let before = -1;
    for (let bin = 0; bin < bins; bin += 1) {
      const cellSecond = histogram[base + 2 * bin]!;
      const cellFirst = histogram[base + 2 * bin + 1]!;
      if (cellFirst === 0 && cellSecond === 0) continue;
      // Between this filled bin and the one before, every cut parts the same rows: the middle serves new values best.
      if (before >= 0) {
        const cut = (before + bin - 1) >> 1;
        this.#try(cut, first, second, 0);
        if (hasMissing) this.#try(cut, first + missingFirst, second + missingSecond, 1);
      }
      first += cellFirst;
      second += cellSecond;
      before = bin;
    }
    if (hasMissing && before >= 0) this.#try(allValuesBin, first, second, 0);
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
    // A gain that is no number (0 / 0 without a penalty) is none.
    if (!(gain > this.#best.gain)) return;
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
