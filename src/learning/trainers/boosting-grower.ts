import { assert } from "#core/failure.ts";
import { type BinnedTable, thresholdOf } from "./binned-table.ts";
import type { BoostingEngine, DerivativeSums, RowRange } from "./boosting-engine.ts";
import { childBounds, type GainNode, type GainRules, type GainSplit } from "./gain-rules.ts";
import type { GrowingTree } from "./growing-tree.ts";

/** A node that may still be split. */
interface OpenNode extends GainNode, RowRange {
  readonly at: number;
  readonly depth: number;
  /** Where its histogram is; null for one that is not split any more. */
  readonly slot: number | null;
}

/** A finished leaf: the rows in it, and its limits. */
export interface GrownLeaf extends RowRange {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Histograms in use at once: one for each node that waits, and one for a child. */
export function slotsNeeded(depthMax: number): number {
  return depthMax + 1;
}

/**
 * Grows one tree after the other on second derivatives. A node's left side is finished before its right one, so that
 * few histograms are in use and they stay in the cache. Of two children the one with fewer rows is counted, the other is
 * what is left of the parent.
 */
export class BoostingGrower {
  readonly #table: BinnedTable;
  readonly #engine: BoostingEngine;
  readonly #rules: GainRules;
  readonly #depthMax: number;
  readonly #freeSlots: number[];

  constructor(
    table: BinnedTable,
    engine: BoostingEngine,
    options: { readonly rules: GainRules; readonly depthMax: number },
  ) {
    this.#table = table;
    this.#engine = engine;
    this.#rules = options.rules;
    this.#depthMax = options.depthMax;
    this.#freeSlots = Array.from({ length: slotsNeeded(options.depthMax) }, (_, slot) => slot);
  }

  /** Grows a tree of this round into `growing` and returns its leaves, whose values the caller sets. */
  grow(growing: GrowingTree, sums: DerivativeSums, allowed: Uint8Array): readonly GrownLeaf[] {
    const { rows } = this.#table;
    growing.beginTree();
    const at = growing.leaf({ value: 0, cover: rows });
    const slot = this.#takeSlot();
    this.#engine.count({ from: 0, to: rows }, slot);
    const leaves: GrownLeaf[] = [];
    const waiting: OpenNode[] = [
      { ...sums, at, depth: 0, from: 0, to: rows, low: -Infinity, high: Infinity, slot },
    ];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const split = node.slot === null ? null : this.#engine.findSplit(node.slot, node, allowed);
      if (split === null) {
        if (node.slot !== null) this.#freeSlots.push(node.slot);
        leaves.push({ at: node.at, from: node.from, to: node.to, low: node.low, high: node.high });
      } else {
        const { left, right } = this.#split(growing, node, split);
        waiting.push(right, left);
      }
    }
    return leaves;
  }

  #takeSlot(): number {
    const slot = this.#freeSlots.pop();
    assert(slot !== undefined, "there are slots for all nodes that wait");
    return slot;
  }

  #split(
    growing: GrowingTree,
    node: OpenNode,
    split: GainSplit,
  ): { readonly left: OpenNode; readonly right: OpenNode } {
    const middle = this.#engine.part(node, split);
    const leftRows = { from: node.from, to: middle };
    const rightRows = { from: middle, to: node.to };
    const left = growing.leaf({ value: 0, cover: middle - node.from });
    const right = growing.leaf({ value: 0, cover: node.to - middle });
    const edges = this.#table.edges[split.feature]!;
    const threshold = thresholdOf(edges, split.bin);
    growing.branch(node.at, { ...split, threshold }, { left, right });
    const slots = this.#childSlots(node, leftRows, rightRows);
    const bounds = childBounds(node, split, this.#rules);
    const depth = node.depth + 1;
    const leftSums = { first: split.leftFirst, second: split.leftSecond };
    const rightSums = { first: node.first - split.leftFirst, second: node.second - split.leftSecond };
    return {
      left: { ...leftRows, ...leftSums, ...bounds.left, at: left, depth, slot: slots.left },
      right: { ...rightRows, ...rightSums, ...bounds.right, at: right, depth, slot: slots.right },
    };
  }

  /** Children at the last level are leaves and need no histogram. */
  #childSlots(
    node: OpenNode,
    left: RowRange,
    right: RowRange,
  ): { readonly left: number | null; readonly right: number | null } {
    assert(node.slot !== null, "a node that is split has a histogram");
    if (node.depth + 1 >= this.#depthMax) {
      this.#freeSlots.push(node.slot);
      return { left: null, right: null };
    }
    const counted = this.#takeSlot();
    const leftIsSmaller = left.to - left.from <= right.to - right.from;
    this.#engine.count(leftIsSmaller ? left : right, counted);
    this.#engine.takeAway(node.slot, counted);
    return leftIsSmaller ? { left: counted, right: node.slot } : { left: node.slot, right: counted };
  }
}
