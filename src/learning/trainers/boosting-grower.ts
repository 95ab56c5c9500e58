import { type BinnedTable, missingBin } from "./binned-table.ts";
import { type GainNode, type GainRules, GainSearch, type GainSplit } from "./gain-search.ts";
import { countRows, histogramCells, takeAway } from "./gradient-histogram.ts";
import type { GrowingTree } from "./growing-tree.ts";

/** Largest float32: "every value is at most this". */
const everyValue = 3.4028234663852886e38;

/** A node that may still be split; it holds rows `from` to `to` of the index. */
interface OpenNode extends GainNode {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly histogram: Float64Array<ArrayBuffer>;
}

/** A finished leaf: the rows in it, and its limits. */
export interface GrownLeaf {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** One round's derivatives: packed, and scaled sums of all. */
export interface RoundDerivatives {
  readonly packed: Float64Array;
  readonly first: number;
  readonly second: number;
}

/**
 * Grows one tree after the other, level by level, on second derivatives. Of two children the one with fewer rows is
 * counted, the other is what is left of the parent.
 */
export class BoostingGrower {
  /** Rows in the order of the last tree's leaves. */
  readonly index: Int32Array;
  readonly #table: BinnedTable;
  readonly #search: GainSearch;
  readonly #depthMax: number;
  readonly #scratch: Int32Array;
  readonly #spare: Float64Array<ArrayBuffer>[] = [];
  readonly #cells: number;

  constructor(table: BinnedTable, options: { readonly rules: GainRules; readonly depthMax: number }) {
    this.#table = table;
    this.#search = new GainSearch(options.rules);
    this.#depthMax = options.depthMax;
    this.index = new Int32Array(table.rows);
    this.#scratch = new Int32Array(table.rows);
    this.#cells = histogramCells(table);
  }

  /** Grows a tree into `growing` and returns its leaves, whose values the caller sets. */
  grow(growing: GrowingTree, derivatives: RoundDerivatives, allowed: Uint8Array): readonly GrownLeaf[] {
    const rows = this.#table.rows;
    for (let row = 0; row < rows; row += 1) this.index[row] = row;
    growing.beginTree();
    const histogram = this.#newHistogram();
    countRows(histogram, this.#table, { index: this.index, from: 0, to: rows, packed: derivatives.packed });
    const root: OpenNode = {
      at: growing.leaf({ value: 0, cover: rows }),
      from: 0,
      to: rows,
      first: derivatives.first,
      second: derivatives.second,
      low: -Infinity,
      high: Infinity,
      histogram,
    };
    const leaves: GrownLeaf[] = [];
    let level: OpenNode[] = [root];
    for (let depth = 0; depth < this.#depthMax && level.length > 0; depth += 1) {
      const next: OpenNode[] = [];
      const isLast = depth === this.#depthMax - 1;
      for (const node of level) {
        const split = this.#search.find(node.histogram, node, allowed);
        if (split === null) this.#close(node, leaves);
        else next.push(...this.#split(growing, { node, split, isLast, packed: derivatives.packed }));
      }
      level = next;
    }
    for (const node of level) this.#close(node, leaves);
    return leaves;
  }

  #close(node: OpenNode, leaves: GrownLeaf[]): void {
    leaves.push({ at: node.at, from: node.from, to: node.to, low: node.low, high: node.high });
    if (node.histogram.length > 0) this.#spare.push(node.histogram);
  }

  #split(
    growing: GrowingTree,
    of: {
      readonly node: OpenNode;
      readonly split: GainSplit;
      readonly isLast: boolean;
      readonly packed: Float64Array;
    },
  ): readonly OpenNode[] {
    const { node, split } = of;
    const middle = this.#part(node, split);
    const left = growing.leaf({ value: 0, cover: middle - node.from });
    const right = growing.leaf({ value: 0, cover: node.to - middle });
    const edges = this.#table.edges[split.feature]!;
    const threshold = split.bin < edges.length ? edges[split.bin]! : everyValue;
    growing.branch(node.at, { ...split, threshold }, { left, right });
    const sums = {
      left: { first: split.leftFirst, second: split.leftSecond },
      right: { first: node.first - split.leftFirst, second: node.second - split.leftSecond },
    };
    const bounds = this.#search.childBounds(node, split);
    const histograms = this.#childHistograms(of, middle);
    return [
      { at: left, from: node.from, to: middle, ...sums.left, ...bounds.left, histogram: histograms.left },
      { at: right, from: middle, to: node.to, ...sums.right, ...bounds.right, histogram: histograms.right },
    ];
  }

  /** Children of the last level are leaves and need no histogram. */
  #childHistograms(
    of: { readonly node: OpenNode; readonly isLast: boolean; readonly packed: Float64Array },
    middle: number,
  ): { readonly left: Float64Array<ArrayBuffer>; readonly right: Float64Array<ArrayBuffer> } {
    const { node, packed } = of;
    if (of.isLast) {
      this.#spare.push(node.histogram);
      return { left: none, right: none };
    }
    const counted = this.#newHistogram();
    const leftIsSmaller = middle - node.from <= node.to - middle;
    const rows = leftIsSmaller ? { from: node.from, to: middle } : { from: middle, to: node.to };
    countRows(counted, this.#table, { index: this.index, ...rows, packed });
    takeAway(node.histogram, counted);
    return leftIsSmaller
      ? { left: counted, right: node.histogram }
      : { left: node.histogram, right: counted };
  }

  #newHistogram(): Float64Array<ArrayBuffer> {
    return this.#spare.pop() ?? new Float64Array(this.#cells);
  }

  /** Sorts a node's rows into left and right, both in their order, and returns where the right ones begin. */
  #part(node: OpenNode, split: GainSplit): number {
    const { bins, stride } = this.#table;
    const { index } = this;
    const scratch = this.#scratch;
    const { feature, bin } = split;
    const missingGoesLeft = split.missingLeft;
    let left = node.from;
    let right = 0;
    for (let k = node.from; k < node.to; k += 1) {
      const row = index[k]!;
      const rowBin = bins[row * stride + feature]!;
      const goesLeft = rowBin === missingBin ? missingGoesLeft : rowBin <= bin;
      index[left] = row;
      scratch[right] = row;
      left += goesLeft ? 1 : 0;
      right += goesLeft ? 0 : 1;
    }
    index.set(scratch.subarray(0, right), left);
    return left;
  }
}

const none: Float64Array<ArrayBuffer> = new Float64Array();
