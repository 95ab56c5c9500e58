import { assert } from "#core/failure.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { goesLeft } from "./tree-walker.ts";

/** What each feature of a row adds to a model's output, beside what the model says of rows in general. */
export interface Contributions {
  /** Output where nothing is known of the row. */
  readonly usual: number;
  /** By the model's own features; `usual` and these sum to the output. */
  readonly byFeature: Float64Array;
}

/** Share of the training rows at a test that went left. */
function leftShare(trees: TreeEnsemble, node: number): number {
  const left = trees.cover[trees.left[node]!]!;
  const both = left + trees.cover[trees.right[node]!]!;
  return both > 0 ? left / both : 0.5;
}

/** Mean of the leaves below a node, by the training rows in them. */
function meanBelow(trees: TreeEnsemble, node: number): number {
  if (trees.feature[node]! < 0) return trees.leafValue[node]!;
  const share = leftShare(trees, node);
  const left = share === 0 ? 0 : share * meanBelow(trees, trees.left[node]!);
  return share === 1 ? left : left + (1 - share) * meanBelow(trees, trees.right[node]!);
}

function levelsBelow(trees: TreeEnsemble, node: number): number {
  if (trees.feature[node]! < 0) return 1;
  return 1 + Math.max(levelsBelow(trees, trees.left[node]!), levelsBelow(trees, trees.right[node]!));
}

/** A step down: the share of rows that take it where the feature is unknown, and 1 or 0 where it is known. */
interface Step {
  readonly feature: number;
  readonly zero: number;
  readonly one: number;
}

/**
 * Exact Shapley values of `treeOutput` by the path-dependent TreeSHAP: Lundberg, Erion and Lee, "Consistent
 * Individualized Feature Attribution for Tree Ensembles" (2018), algorithm 2. What a feature that is not known would do
 * at a test is averaged over the training rows that went either way (`cover`); a node that no row reached parts them
 * evenly. An absent value (NaN) is known, and goes where the tree sends it.
 */
export class TreeShap {
  readonly #trees: TreeEnsemble;
  readonly #usual: number;
  #row: Float32Array = new Float32Array();
  #sums = new Float64Array();
  // The features tested on the way down, each once, and for each number of known ones the weight of all sets of that
  // size. Every level of the tree has a copy of its own, one behind the other.
  readonly #feature: Int32Array;
  readonly #zero: Float64Array;
  readonly #one: Float64Array;
  readonly #weight: Float64Array;

  constructor(trees: TreeEnsemble) {
    assert(trees.cover.length === trees.feature.length, "every node has a cover");
    this.#trees = trees;
    let usual = 0;
    let levels = 0;
    for (const root of trees.roots) {
      usual += meanBelow(trees, root);
      levels = Math.max(levels, levelsBelow(trees, root));
    }
    this.#usual = trees.base + this.#scale * usual;
    // A path has the root and each feature at most once, and no more steps than the tree has levels.
    const places = levels * Math.min(levels, trees.featureNames.length + 1);
    this.#feature = new Int32Array(places);
    this.#zero = new Float64Array(places);
    this.#one = new Float64Array(places);
    this.#weight = new Float64Array(places);
  }

  /** What each feature of a row adds. Row values count in the ensemble's own features. */
  contributions(row: Float32Array): Contributions {
    const { roots, featureNames } = this.#trees;
    this.#row = row;
    this.#sums = new Float64Array(featureNames.length);
    for (const root of roots) this.#descend(root, { from: 0, length: 0 }, { feature: -1, zero: 1, one: 1 });
    return { usual: this.#usual, byFeature: this.#sums.map((sum) => this.#scale * sum) };
  }

  get #scale(): number {
    return this.#trees.output === "mean-probability" ? 1 / this.#trees.roots.length : 1;
  }

  #descend(node: number, parent: { readonly from: number; readonly length: number }, step: Step): void {
    // Neither this row nor any set of unknown features leads here.
    if (step.zero === 0 && step.one === 0) return;
    const from = parent.from + parent.length;
    this.#copy(parent, from);
    let length = this.#extend(from, parent.length, step);
    const { feature, left, right, leafValue } = this.#trees;
    const tested = feature[node]!;
    if (tested < 0) {
      this.#addLeaf(from, length, leafValue[node]!);
      return;
    }
    let before: Step = { feature: tested, zero: 1, one: 1 };
    for (let k = 1; k < length; k += 1) {
      if (this.#feature[from + k] !== tested) continue;
      before = { feature: tested, zero: this.#zero[from + k]!, one: this.#one[from + k]! };
      length = this.#unwind(from, length, k);
      break;
    }
    const share = leftShare(this.#trees, node);
    const isLeft = goesLeft(this.#trees, node, this.#row[tested]!);
    const here = { from, length };
    this.#descend(left[node]!, here, {
      feature: tested,
      zero: before.zero * share,
      one: isLeft ? before.one : 0,
    });
    this.#descend(right[node]!, here, {
      feature: tested,
      zero: before.zero * (1 - share),
      one: isLeft ? 0 : before.one,
    });
  }

  #copy(parent: { readonly from: number; readonly length: number }, to: number): void {
    const end = parent.from + parent.length;
    this.#feature.copyWithin(to, parent.from, end);
    this.#zero.copyWithin(to, parent.from, end);
    this.#one.copyWithin(to, parent.from, end);
    this.#weight.copyWithin(to, parent.from, end);
  }

  /** EXTEND of the paper; returns the new length. */
  #extend(from: number, length: number, { feature, zero, one }: Step): number {
    const weight = this.#weight;
    this.#feature[from + length] = feature;
    this.#zero[from + length] = zero;
    this.#one[from + length] = one;
    weight[from + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i -= 1) {
      const old = weight[from + i]!;
      weight[from + i + 1] = weight[from + i + 1]! + (one * old * (i + 1)) / (length + 1);
      weight[from + i] = (zero * old * (length - i)) / (length + 1);
    }
    return length + 1;
  }

  /** UNWIND of the paper: takes step `k` out again; returns the new length. */
  #unwind(from: number, length: number, k: number): number {
    const weight = this.#weight;
    const [zero, one] = [this.#zero[from + k]!, this.#one[from + k]!];
    let next = weight[from + length - 1]!;
    for (let i = length - 2; i >= 0; i -= 1) {
      const old = weight[from + i]!;
      if (one !== 0) {
        weight[from + i] = (next * length) / ((i + 1) * one);
        next = old - (weight[from + i]! * zero * (length - 1 - i)) / length;
      } else {
        weight[from + i] = (old * length) / (zero * (length - 1 - i));
      }
    }
    for (let i = from + k; i < from + length - 1; i += 1) {
      this.#feature[i] = this.#feature[i + 1]!;
      this.#zero[i] = this.#zero[i + 1]!;
      this.#one[i] = this.#one[i + 1]!;
    }
    return length - 1;
  }

  #addLeaf(from: number, length: number, value: number): void {
    for (let k = 1; k < length; k += 1) {
      const feature = this.#feature[from + k]!;
      const difference = this.#one[from + k]! - this.#zero[from + k]!;
      if (difference === 0) continue;
      this.#sums[feature] = this.#sums[feature]! + this.#weightWithout(from, length, k) * difference * value;
    }
  }

  /** Sum of the weights as they were without step `k`. */
  #weightWithout(from: number, length: number, k: number): number {
    const weight = this.#weight;
    const [zero, one] = [this.#zero[from + k]!, this.#one[from + k]!];
    let sum = 0;
    let next = weight[from + length - 1]!;
    for (let i = length - 2; i >= 0; i -= 1) {
      if (one !== 0) {
        const without = (next * length) / ((i + 1) * one);
        sum += without;
        next = weight[from + i]! - (without * zero * (length - 1 - i)) / length;
      } else {
        sum += (weight[from + i]! * length) / (zero * (length - 1 - i));
      }
    }
    return sum;
  }
}
