import { assert } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import { type BinnedTable, missingBin, thresholdOf } from "./binned-table.ts";
import type { ForestHyperparameters } from "./forest-options.ts";
import { GiniSearch, type NodeRows } from "./gini-search.ts";
import { GrowingTree, type TreeArrays } from "./growing-tree.ts";
import { childShareBounds, limitedPurity, limitedShare } from "./share-limits.ts";
import type { Split } from "./split.ts";

interface WaitingNode extends NodeRows {
  readonly at: number;
  readonly depth: number;
}

/** What trees are grown from; arrays may be shared between workers. */
export interface ForestRows {
  /** The byte behind each row's bins is its label: it comes into the cache with them. */
  readonly table: BinnedTable;
  readonly labels: Uint8Array;
  /** Running sums of the rows' weights, for drawing rows by weight; null draws all alike. */
  readonly weightSums: Float64Array | null;
  /** 1, −1 or 0 for each feature: how the output may run with it. */
  readonly directions: Int8Array;
}

/**
 * Grows the trees of a random forest (Breiman 2001): each from rows drawn with replacement, each node split by the best
 * of a few features drawn for it. Trees depend on their own number and the seed alone, so any worker may grow any tree.
 */
export class ForestGrower {
  readonly #rows: ForestRows;
  readonly #options: ForestHyperparameters;
  readonly #seed: number;
  readonly #search: GiniSearch;
  readonly #index: Int32Array;
  readonly #scratch: Int32Array;
  readonly #features: Int32Array;
  readonly #tried: number;
  /** For each bin whether its rows go left. */
  readonly #goesLeft = new Uint8Array(256);

  constructor(rows: ForestRows, options: ForestHyperparameters, seed: number) {
    const { table } = rows;
    this.#rows = rows;
    this.#options = options;
    this.#seed = seed;
    this.#search = new GiniSearch({
      bins: table.bins,
      stride: table.stride,
      labelAt: table.features,
      leafRowsMin: options.leafRowsMin,
      directions: rows.directions,
    });
    this.#index = new Int32Array(table.rows);
    this.#scratch = new Int32Array(table.rows);
    this.#features = new Int32Array(table.features);
    const tried = options.featuresPerNode ?? Math.max(1, Math.floor(Math.sqrt(table.features)));
    this.#tried = Math.min(tried, table.features);
  }

  /** Grows tree number `tree`. */
  grow(tree: number): TreeArrays {
    // Every tree's lots are its own, whatever trees this worker grew before.
    const random = new Random(this.#seed * 2 ** 20 + tree);
    for (let i = 0; i < this.#features.length; i += 1) this.#features[i] = i;
    const growing = new GrowingTree();
    growing.beginTree();
    const positives = this.#drawRows(random);
    const rows = this.#index.length;
    const root = growing.leaf({ value: positives / rows, cover: rows });
    const all = { index: this.#index, from: 0, to: rows, positives, low: 0, high: 1 };
    const first: WaitingNode = { ...all, at: root, depth: 0 };
    const { nodesMax, trees } = this.#options;
    if (nodesMax === null) this.#growDepthFirst(growing, first, random);
    else this.#growBreadthFirst(growing, first, { random, nodesMax: Math.floor(nodesMax / trees) });
    return growing.finish(null);
  }

  /** The rows of a subtree are still in the cache when their next split is looked for. */
  #growDepthFirst(growing: GrowingTree, first: WaitingNode, random: Random): void {
    const waiting = [first];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
      this.#split(growing, waiting, { node, random });
  }

  /** A limit of nodes cuts the deepest and least certain splits. */
  #growBreadthFirst(
    growing: GrowingTree,
    first: WaitingNode,
    { random, nodesMax }: { readonly random: Random; readonly nodesMax: number },
  ): void {
    const waiting = [first];
    for (let next = 0; next < waiting.length && growing.nodes + 2 <= nodesMax; next += 1)
      this.#split(growing, waiting, { node: waiting[next]!, random });
  }

  /** Draws as many rows as there are, with replacement, in rising order, and returns how many are positive. */
  #drawRows(random: Random): number {
    const { labels, weightSums } = this.#rows;
    const index = this.#index;
    const rows = index.length;
    const counts = this.#scratch.fill(0);
    for (let k = 0; k < rows; k += 1) {
      const row = weightSums === null ? random.integer(rows) : rowAt(weightSums, random);
      counts[row] = counts[row]! + 1;
    }
    let at = 0;
    let positives = 0;
    for (let row = 0; row < rows; row += 1)
      for (let times = counts[row]!; times > 0; times -= 1) {
        index[at] = row;
        at += 1;
        positives += labels[row]!;
      }
    return positives;
  }

  #split(
    growing: GrowingTree,
    waiting: WaitingNode[],
    of: { readonly node: WaitingNode; readonly random: Random },
  ): void {
    const { node } = of;
    const rows = node.to - node.from;
    const isPure = node.positives === 0 || node.positives === rows;
    if (isPure || node.depth >= this.#options.depthMax || rows < 2 * this.#options.leafRowsMin) return;
    const best = this.#bestSplit(node, of.random);
    if (best === null) return;
    const middle = this.#part(node, best);
    assert(middle - node.from === best.leftRows, "as many rows go left as were counted");
    const { leftPositives } = best;
    const rightPositives = node.positives - leftPositives;
    const [leftRows, rightRows] = [middle - node.from, node.to - middle];
    const direction = this.#rows.directions[best.feature]!;
    const shares = {
      left: limitedShare(leftRows, leftPositives, node),
      right: limitedShare(rightRows, rightPositives, node),
    };
    const bounds = childShareBounds({ low: node.low, high: node.high, direction }, shares);
    const left = growing.leaf({ value: shares.left, cover: leftRows });
    const right = growing.leaf({ value: shares.right, cover: rightRows });
    const edges = this.#rows.table.edges[best.feature]!;
    const threshold = thresholdOf(edges, best.bin);
    growing.branch(node.at, { ...best, threshold }, { left, right });
    const child = { index: this.#index, depth: node.depth + 1 };
    const [from, to] = [node.from, node.to];
    waiting.push({ ...child, ...bounds.left, from, to: middle, positives: leftPositives, at: left });
    waiting.push({ ...child, ...bounds.right, from: middle, to, positives: rightPositives, at: right });
  }

  /** The best split by features drawn one after the other; goes on past the usual number while none parts the rows. */
  #bestSplit(node: NodeRows, random: Random): Split | null {
    const rows = node.to - node.from;
    const unsplit = limitedPurity(rows, node.positives, limitedShare(rows, node.positives, node));
    const best: Split = {
      feature: -1,
      bin: -1,
      missingLeft: false,
      // A split has to be worth more than rounding.
      score: unsplit + Math.abs(unsplit) * 1e-12,
      leftRows: 0,
      leftPositives: 0,
    };
    const features = this.#features;
    for (let from = 0; from < features.length && best.feature < 0; from += this.#tried) {
      const to = Math.min(features.length, from + this.#tried);
      for (let k = from; k < to; k += 1) {
        const drawn = k + random.integer(features.length - k);
        const feature = features[drawn]!;
        features[drawn] = features[k]!;
        features[k] = feature;
      }
      this.#search.improve(best, node, { features, from, to });
    }
    return best.feature < 0 ? null : best;
  }

  /** Sorts a node's rows into left and right, both in their order, and returns where the right ones begin. */
  #part(node: NodeRows, split: Split): number {
    const { bins, stride } = this.#rows.table;
    const index = this.#index;
    const scratch = this.#scratch;
    const { feature } = split;
    const goesLeft = this.#goesLeft.fill(1, 0, split.bin + 1).fill(0, split.bin + 1);
    goesLeft[missingBin] = split.missingLeft ? 1 : 0;
    let left = node.from;
    let right = 0;
    for (let k = node.from; k < node.to; k += 1) {
      const row = index[k]!;
      // Without a branch: which way a row goes cannot be foreseen.
      const isLeft = goesLeft[bins[row * stride + feature]!]!;
      index[left] = row;
      scratch[right] = row;
      left += isLeft;
      right += 1 - isLeft;
    }
    for (let k = 0; k < right; k += 1) index[left + k] = scratch[k]!;
    return left;
  }
}

/** The row in whose share of the weights a random number falls. */
function rowAt(weightSums: Float64Array, random: Random): number {
  const wanted = random.uniform() * weightSums[weightSums.length - 1]!;
  let low = 0;
  let high = weightSums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (weightSums[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
