import { missingBin } from "./binned-table.ts";
import { limitedWorth, type ShareBounds, type ShareLimits } from "./share-limits.ts";
import { allValuesBin, type Split } from "./split.ts";

/** Nodes of at most this many rows look only at the bins they touch. */
const smallNodeRows = 80;
const binCount = 256;
const wordsPerFeature = binCount / 32;
/** Features counted in one pass over a node's rows. */
const featuresAtOnce = 4;
/** Rows and positives of a bin in one number, so that one addition counts both: positives from bit 26 up. */
const positiveUnit = 2 ** 26;

/** The rows of one node, positions `from` to `to` of `index`, and the limits of the share that it may say. */
export interface NodeRows extends ShareBounds {
  readonly index: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly positives: number;
}

/**
 * Finds the split of a node with the least Gini impurity (Breiman and others 1984), by counting rows and positives in
 * bins, four features in one pass over the rows. Owned by one grower; its arrays are used again and again.
 */
export class GiniSearch {
  readonly #bins: Uint8Array;
  readonly #stride: number;
  readonly #units: Float64Array;
  readonly #leafRowsMin: number;
  readonly #directions: Int8Array;
  readonly #histogram = new Float64Array(featuresAtOnce * binCount);
  readonly #touched = new Int32Array(featuresAtOnce * wordsPerFeature);
  /** The bins of one feature that have rows, from low to high, without the one of absent values. */
  readonly #filled = new Int32Array(binCount);

  constructor(options: {
    readonly bins: Uint8Array;
    readonly stride: number;
    readonly labels: Uint8Array;
    readonly leafRowsMin: number;
    /** 1, −1 or 0 for each feature. */
    readonly directions: Int8Array;
  }) {
    this.#bins = options.bins;
    this.#stride = options.stride;
    this.#leafRowsMin = options.leafRowsMin;
    this.#directions = options.directions;
    this.#units = Float64Array.from(options.labels, (label) => 1 + label * positiveUnit);
  }

  /** Puts the best split by any of these features into `best` when it is better than what stands there. */
  improve(best: Split, node: NodeRows, features: Int32Array): void {
    for (let at = 0; at < features.length; at += featuresAtOnce) {
      const some = features.subarray(at, at + featuresAtOnce);
      const isSmall = node.to - node.from <= smallNodeRows;
      if (isSmall) this.#countSmall(node, some);
      else if (some.length === featuresAtOnce) this.#countFour(node, some);
      else this.#countSome(node, some);
      for (let k = 0; k < some.length; k += 1) {
        const filled = isSmall ? this.#filledSmall(k) : this.#filledDense(k);
        const feature = some[k]!;
        const of = { feature, base: k * binCount, filled };
        const direction = this.#directions[feature]!;
        const isFree = direction === 0 && node.low === 0 && node.high === 1;
        if (isFree) this.#scan(best, node, of);
        else this.#scanLimited(best, node, { ...of, limits: { low: node.low, high: node.high, direction } });
      }
    }
  }

  #countFour(node: NodeRows, features: Int32Array): void {
    const bins = this.#bins;
    const stride = this.#stride;
    const units = this.#units;
    const histogram = this.#histogram.fill(0);
    const { index, to } = node;
    const one = features[0]!;
    const two = features[1]!;
    const three = features[2]!;
    const four = features[3]!;
    for (let k = node.from; k < to; k += 1) {
      const row = index[k]!;
      const base = row * stride;
      const unit = units[row]!;
      const a = bins[base + one]!;
      const b = binCount + bins[base + two]!;
      const c = 2 * binCount + bins[base + three]!;
      const d = 3 * binCount + bins[base + four]!;
      histogram[a] = histogram[a]! + unit;
      histogram[b] = histogram[b]! + unit;
      histogram[c] = histogram[c]! + unit;
      histogram[d] = histogram[d]! + unit;
    }
  }

  #countSome(node: NodeRows, features: Int32Array): void {
    const bins = this.#bins;
    const stride = this.#stride;
    const units = this.#units;
    const histogram = this.#histogram.fill(0);
    const { index, to } = node;
    for (let f = 0; f < features.length; f += 1) {
      const feature = features[f]!;
      const base = f * binCount;
      for (let k = node.from; k < to; k += 1) {
        const row = index[k]!;
        const cell = base + bins[row * stride + feature]!;
        histogram[cell] = histogram[cell]! + units[row]!;
      }
    }
  }

  #countSmall(node: NodeRows, features: Int32Array): void {
    const bins = this.#bins;
    const stride = this.#stride;
    const units = this.#units;
    const histogram = this.#histogram;
    const touched = this.#touched.fill(0);
    const { index, to } = node;
    for (let f = 0; f < features.length; f += 1) {
      const feature = features[f]!;
      const base = f * binCount;
      const words = f * wordsPerFeature;
      for (let k = node.from; k < to; k += 1) {
        const row = index[k]!;
        const bin = bins[row * stride + feature]!;
        const word = words + (bin >>> 5);
        const bit = 1 << (bin & 31);
        const seen = touched[word]! & bit;
        histogram[base + bin] = (seen === 0 ? 0 : histogram[base + bin]!) + units[row]!;
        touched[word] = touched[word]! | bit;
      }
      // The bin of absent values is read whether it was touched or not.
      if ((touched[words + (missingBin >>> 5)]! & (1 << (missingBin & 31))) === 0)
        histogram[base + missingBin] = 0;
    }
  }

  /** Lists the filled bins of a small node by its bits; returns how many there are. */
  #filledSmall(k: number): number {
    const touched = this.#touched;
    const filled = this.#filled;
    let count = 0;
    for (let word = 0; word < wordsPerFeature; word += 1) {
      let bits = touched[k * wordsPerFeature + word]!;
      while (bits !== 0) {
        const low = bits & -bits;
        bits ^= low;
        filled[count] = (word << 5) + 31 - Math.clz32(low);
        count += 1;
      }
    }
    return count > 0 && filled[count - 1] === missingBin ? count - 1 : count;
  }

  /** The same for a large node, branch-free. */
  #filledDense(k: number): number {
    const histogram = this.#histogram;
    const filled = this.#filled;
    const base = k * binCount;
    let count = 0;
    for (let bin = 0; bin < missingBin; bin += 1) {
      filled[count] = bin;
      count += histogram[base + bin] === 0 ? 0 : 1;
    }
    return count;
  }

  /** Walks over the filled bins from low to high and weighs each way to part them. */
  #scan(
    best: Split,
    node: NodeRows,
    of: { readonly feature: number; readonly base: number; readonly filled: number },
  ): void {
    const histogram = this.#histogram;
    const filledBins = this.#filled;
    const { base, filled } = of;
    const rows = node.to - node.from;
    const { positives } = node;
    const leafRowsMin = this.#leafRowsMin;
    const missing = histogram[base + missingBin]!;
    const missingPositives = Math.floor(missing / positiveUnit);
    const missingRows = missing - missingPositives * positiveUnit;
    let score = best.score;
    let bestBin = -1;
    let bestMissingLeft = false;
    let left = 0;
    let leftPositives = 0;
    for (let k = 0; k < filled; k += 1) {
      const cell = histogram[base + filledBins[k]!]!;
      const binPositives = Math.floor(cell / positiveUnit);
      leftPositives += binPositives;
      left += cell - binPositives * positiveUnit;
      const isLast = k === filled - 1;
      if (isLast && missingRows === 0) break;
      // Any bin of the empty gap parts the same rows; the middle one serves new values best.
      const bin = isLast ? allValuesBin : (filledBins[k]! + filledBins[k + 1]! - 1) >> 1;
      const right = rows - left;
      if (left >= leafRowsMin && right >= leafRowsMin) {
        const worth = purity(left, leftPositives) + purity(right, positives - leftPositives);
        if (worth > score) {
          score = worth;
          bestBin = bin;
          bestMissingLeft = false;
        }
      }
      if (missingRows === 0 || isLast) continue;
      const leftToo = left + missingRows;
      const rightToo = rows - leftToo;
      if (leftToo < leafRowsMin || rightToo < leafRowsMin) continue;
      const leftTooPositives = leftPositives + missingPositives;
      const worth = purity(leftToo, leftTooPositives) + purity(rightToo, positives - leftTooPositives);
      if (worth > score) {
        score = worth;
        bestBin = bin;
        bestMissingLeft = true;
      }
    }
    if (bestBin < 0) return;
    best.score = score;
    best.feature = of.feature;
    best.bin = bestBin;
    best.missingLeft = bestMissingLeft;
  }

  /** The same where limits hold: nodes below a monotone split, and monotone features everywhere. */
  #scanLimited(
    best: Split,
    node: NodeRows,
    of: {
      readonly feature: number;
      readonly base: number;
      readonly filled: number;
      readonly limits: ShareLimits;
    },
  ): void {
    const histogram = this.#histogram;
    const filledBins = this.#filled;
    const { base, filled } = of;
    const missing = histogram[base + missingBin]!;
    const missingPositives = Math.floor(missing / positiveUnit);
    const missingRows = missing - missingPositives * positiveUnit;
    let rows = 0;
    let positives = 0;
    for (let k = 0; k < filled; k += 1) {
      const cell = histogram[base + filledBins[k]!]!;
      const binPositives = Math.floor(cell / positiveUnit);
      positives += binPositives;
      rows += cell - binPositives * positiveUnit;
      const isLast = k === filled - 1;
      if (isLast && missingRows === 0) break;
      const bin = isLast ? allValuesBin : (filledBins[k]! + filledBins[k + 1]! - 1) >> 1;
      this.#tryLimited(best, node, { ...of, bin, missingLeft: false, left: { rows, positives } });
      if (missingRows === 0 || isLast) continue;
      const left = { rows: rows + missingRows, positives: positives + missingPositives };
      this.#tryLimited(best, node, { ...of, bin, missingLeft: true, left });
    }
  }

  #tryLimited(
    best: Split,
    node: NodeRows,
    of: {
      readonly feature: number;
      readonly bin: number;
      readonly missingLeft: boolean;
      readonly left: { readonly rows: number; readonly positives: number };
      readonly limits: ShareLimits;
    },
  ): void {
    const { left } = of;
    const right = { rows: node.to - node.from - left.rows, positives: node.positives - left.positives };
    if (left.rows < this.#leafRowsMin || right.rows < this.#leafRowsMin) return;
    const worth = limitedWorth(left, right, of.limits);
    if (worth <= best.score) return;
    best.score = worth;
    best.feature = of.feature;
    best.bin = of.bin;
    best.missingLeft = of.missingLeft;
  }
}

/** Rows times (1 − Gini impurity): the more, the purer. */
function purity(rows: number, positives: number): number {
  const negatives = rows - positives;
  return (positives * positives + negatives * negatives) / rows;
}
