import { missingBin } from "./binned-table.ts";
import { limitedWorth, type ShareBounds, type ShareLimits } from "./share-limits.ts";
import { allValuesBin, type Split } from "./split.ts";

/** Nodes of at most this many rows look only at the bins they touch. */
const smallNodeRows = 160;
/** Nodes of at most this many rows count rows and positives in one int32: positives from bit 16 up. */
const packedRowsMax = 65_535;
const positiveShift = 16;
const rowsMask = 0xffff;
const binCount = 256;
const wordsPerFeature = binCount / 32;
/** Features counted in one pass over a node's rows. */
const featuresAtOnce = 4;

/** The rows of one node, positions `from` to `to` of `index`, and the limits of the share that it may say. */
export interface NodeRows extends ShareBounds {
  readonly index: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly positives: number;
}

/** Places `from` to `to` of a list of features. */
export interface FeatureRange {
  readonly features: Int32Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the split of a node with the least Gini impurity (Breiman and others 1984), by counting rows and positives in
 * bins, four features in one pass over the rows. Owned by one grower; its arrays are used again and again.
 */
export class GiniSearch {
  readonly #bins: Uint8Array;
  readonly #stride: number;
  readonly #labelAt: number;
  readonly #leafRowsMin: number;
  readonly #directions: Int8Array;
  readonly #histogram = new Int32Array(featuresAtOnce * binCount);
  readonly #touched = new Int32Array(featuresAtOnce * wordsPerFeature);
  /** The bins of one feature that have rows, from low to high, the one of absent values last, and what is in them. */
  readonly #filledBins = new Int32Array(binCount + 1);
  readonly #filledRows = new Int32Array(binCount + 1);
  readonly #filledPositives = new Int32Array(binCount + 1);

  constructor(options: {
    readonly bins: Uint8Array;
    readonly stride: number;
    /** Which byte of a row is its label. */
    readonly labelAt: number;
    readonly leafRowsMin: number;
    /** 1, −1 or 0 for each feature. */
    readonly directions: Int8Array;
  }) {
    this.#bins = options.bins;
    this.#stride = options.stride;
    this.#labelAt = options.labelAt;
    this.#leafRowsMin = options.leafRowsMin;
    this.#directions = options.directions;
  }

  /** Puts the best split by any of these features into `best` when it is better than what stands there. */
  improve(best: Split, node: NodeRows, { features, from, to }: FeatureRange): void {
    const rows = node.to - node.from;
    for (let at = from; at < to; at += featuresAtOnce) {
      const end = Math.min(to, at + featuresAtOnce);
      const isSmall = rows <= smallNodeRows;
      const isLarge = rows > packedRowsMax;
      if (isSmall) this.#countSmall(node, { features, from: at, to: end });
      else if (!isLarge && end - at === featuresAtOnce) this.#countFour(node, features, at);
      else if (!isLarge) this.#countSome(node, { features, from: at, to: end });
      for (let k = at; k < end; k += 1) {
        const feature = features[k]!;
        const filled = isSmall
          ? this.#listSmall(k - at)
          : isLarge
            ? this.#listLarge(node, feature)
            : this.#listDense(k - at);
        this.#scanFeature(best, node, feature, filled);
      }
    }
  }

  #scanFeature(best: Split, node: NodeRows, feature: number, filled: number): void {
    const direction = this.#directions[feature]!;
    if (direction === 0 && node.low === 0 && node.high === 1) this.#scan(best, node, feature, filled);
    else
      this.#scanLimited(best, node, {
        feature,
        filled,
        limits: { low: node.low, high: node.high, direction },
      });
  }

  #countFour(node: NodeRows, features: Int32Array, at: number): void {
    const bins = this.#bins;
    const stride = this.#stride;
    const labelAt = this.#labelAt;
    const histogram = this.#histogram.fill(0);
    const { index, to } = node;
    const one = features[at]!;
    const two = features[at + 1]!;
    const three = features[at + 2]!;
    const four = features[at + 3]!;
    for (let k = node.from; k < to; k += 1) {
      const base = index[k]! * stride;
      const unit = 1 | (bins[base + labelAt]! << positiveShift);
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

  #countSome(node: NodeRows, { features, from, to }: FeatureRange): void {
    const bins = this.#bins;
    const stride = this.#stride;
    const labelAt = this.#labelAt;
    const histogram = this.#histogram.fill(0);
    const { index } = node;
    for (let f = from; f < to; f += 1) {
      const feature = features[f]!;
      const cells = (f - from) * binCount;
      for (let k = node.from; k < node.to; k += 1) {
        const base = index[k]! * stride;
        const cell = cells + bins[base + feature]!;
        histogram[cell] = histogram[cell]! + (1 | (bins[base + labelAt]! << positiveShift));
      }
    }
  }

  #countSmall(node: NodeRows, { features, from, to }: FeatureRange): void {
    const bins = this.#bins;
    const stride = this.#stride;
    const labelAt = this.#labelAt;
    const histogram = this.#histogram;
    const touched = this.#touched.fill(0);
    const { index } = node;
    for (let f = from; f < to; f += 1) {
      const feature = features[f]!;
      const cells = (f - from) * binCount;
      const words = (f - from) * wordsPerFeature;
      for (let k = node.from; k < node.to; k += 1) {
        const base = index[k]! * stride;
        const bin = bins[base + feature]!;
        const word = words + (bin >>> 5);
        const bits = touched[word]!;
        // All ones when the bin has been seen, else 0: what an earlier node left there does not count.
        const seen = -((bits >>> (bin & 31)) & 1);
        const cell = cells + bin;
        histogram[cell] = (histogram[cell]! & seen) + (1 | (bins[base + labelAt]! << positiveShift));
        touched[word] = bits | (1 << (bin & 31));
      }
    }
  }

  /** Lists the filled bins of a small node by its bits; returns how many there are. */
  #listSmall(k: number): number {
    const histogram = this.#histogram;
    const touched = this.#touched;
    const bins = this.#filledBins;
    const rows = this.#filledRows;
    const positives = this.#filledPositives;
    const base = k * binCount;
    let count = 0;
    for (let word = 0; word < wordsPerFeature; word += 1) {
      let bits = touched[k * wordsPerFeature + word]!;
      while (bits !== 0) {
        const bin = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const cell = histogram[base + bin]!;
        bins[count] = bin;
        rows[count] = cell & rowsMask;
        positives[count] = cell >>> positiveShift;
        count += 1;
      }
    }
    return count;
  }

  /** The same for a larger node, branch-free. */
  #listDense(k: number): number {
    const histogram = this.#histogram;
    const bins = this.#filledBins;
    const rows = this.#filledRows;
    const positives = this.#filledPositives;
    const base = k * binCount;
    let count = 0;
    for (let bin = 0; bin < binCount; bin += 1) {
      const cell = histogram[base + bin]!;
      bins[count] = bin;
      rows[count] = cell & rowsMask;
      positives[count] = cell >>> positiveShift;
      // 1 when the cell is not 0.
      count += (cell | -cell) >>> 31;
    }
    return count;
  }

  /** The same for a node whose counts do not fit together: counted feature by feature, in two passes' room. */
  #listLarge(node: NodeRows, feature: number): number {
    const bins = this.#bins;
    const stride = this.#stride;
    const counts = this.#histogram.fill(0);
    const { index } = node;
    for (let k = node.from; k < node.to; k += 1) {
      const base = index[k]! * stride;
      const bin = bins[base + feature]!;
      counts[bin] = counts[bin]! + 1;
      counts[binCount + bin] = counts[binCount + bin]! + bins[base + this.#labelAt]!;
    }
    let count = 0;
    for (let bin = 0; bin < binCount; bin += 1) {
      this.#filledBins[count] = bin;
      this.#filledRows[count] = counts[bin]!;
      this.#filledPositives[count] = counts[binCount + bin]!;
      count += counts[bin] === 0 ? 0 : 1;
    }
    return count;
  }

  /**
   * Walks over the filled bins from low to high and weighs each way to part them: Σ positives² / rows of the two sides,
   * which orders splits as Gini impurity does.
   */
  #scan(best: Split, node: NodeRows, feature: number, filled: number): void {
    const filledBins = this.#filledBins;
    const filledRows = this.#filledRows;
    const filledPositives = this.#filledPositives;
    const rows = node.to - node.from;
    const { positives } = node;
    const leafRowsMin = this.#leafRowsMin;
    const hasMissing = filled > 0 && filledBins[filled - 1] === missingBin;
    const missingRows = hasMissing ? filledRows[filled - 1]! : 0;
    const missingPositives = hasMissing ? filledPositives[filled - 1]! : 0;
    let score = best.score;
    let bestAt = -1;
    let isBestMissingLeft = false;
    let left = 0;
    let leftPositives = 0;
    for (let k = 0; k < filled - 1; k += 1) {
      left += filledRows[k]!;
      leftPositives += filledPositives[k]!;
      const right = rows - left;
      const rightPositives = positives - leftPositives;
      const worth =
        (leftPositives * leftPositives * right + rightPositives * rightPositives * left) / (left * right);
      if (worth > score && left >= leafRowsMin && right >= leafRowsMin) {
        score = worth;
        bestAt = k;
        isBestMissingLeft = false;
      }
      // Behind the last value there is nothing to move.
      if (!hasMissing || k === filled - 2) continue;
      const leftToo = left + missingRows;
      const rightToo = right - missingRows;
      const leftTooPositives = leftPositives + missingPositives;
      const rightTooPositives = rightPositives - missingPositives;
      const worthToo =
        (leftTooPositives * leftTooPositives * rightToo + rightTooPositives * rightTooPositives * leftToo) /
        (leftToo * rightToo);
      if (worthToo > score && leftToo >= leafRowsMin && rightToo >= leafRowsMin) {
        score = worthToo;
        bestAt = k;
        isBestMissingLeft = true;
      }
    }
    if (bestAt < 0) return;
    best.score = score;
    best.feature = feature;
    best.missingLeft = isBestMissingLeft;
    this.#take(best, bestAt, isBestMissingLeft ? { rows: missingRows, positives: missingPositives } : none);
  }

  /** Writes where a split behind the filled bin `at` lies, and what goes left, `more` included. */
  #take(best: Split, at: number, more: { readonly rows: number; readonly positives: number }): void {
    const next = this.#filledBins[at + 1]!;
    // Any bin of the empty gap parts the same rows; the middle one serves new values best.
    best.bin = next === missingBin ? allValuesBin : (this.#filledBins[at]! + next - 1) >> 1;
    best.leftRows = more.rows;
    best.leftPositives = more.positives;
    for (let k = 0; k <= at; k += 1) {
      best.leftRows += this.#filledRows[k]!;
      best.leftPositives += this.#filledPositives[k]!;
    }
  }

  /** The same where limits hold: nodes below a monotone split, and monotone features everywhere. */
  #scanLimited(
    best: Split,
    node: NodeRows,
    of: { readonly feature: number; readonly filled: number; readonly limits: ShareLimits },
  ): void {
    const { feature, filled, limits } = of;
    const rows = node.to - node.from;
    const leafRowsMin = this.#leafRowsMin;
    const hasMissing = filled > 0 && this.#filledBins[filled - 1] === missingBin;
    const missing = hasMissing
      ? { rows: this.#filledRows[filled - 1]!, positives: this.#filledPositives[filled - 1]! }
      : none;
    const attempt = (at: number, left: typeof none, more: typeof none): void => {
      const leftRows = left.rows + more.rows;
      const leftPositives = left.positives + more.positives;
      const right = { rows: rows - leftRows, positives: node.positives - leftPositives };
      if (leftRows < leafRowsMin || right.rows < leafRowsMin) return;
      const worth = limitedWorth({ rows: leftRows, positives: leftPositives }, right, limits);
      if (!(worth > best.score)) return;
      best.score = worth;
      best.feature = feature;
      best.missingLeft = more !== none;
      this.#take(best, at, more);
    };
    let left = none;
    for (let k = 0; k < filled - 1; k += 1) {
      left = {
        rows: left.rows + this.#filledRows[k]!,
        positives: left.positives + this.#filledPositives[k]!,
      };
      attempt(k, left, none);
      if (hasMissing && k < filled - 2) attempt(k, left, missing);
    }
  }
}

const none = { rows: 0, positives: 0 };
