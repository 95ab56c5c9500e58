import type { BinnedTable } from "./binned-table.ts";
import type { GainNode, GainRules, GainSplit } from "./gain-rules.ts";

/** What a boosting engine is made for. */
export interface BoostingSetup {
  readonly table: BinnedTable;
  readonly labels: Uint8Array;
  readonly rules: GainRules;
  /** Log-odds of every row before the first round. */
  readonly base: number;
  /** Units of a derivative of 1 (see `derivativeScale`). */
  readonly scale: number;
  /** Histograms that are in use at once at most; a slot is a number below. */
  readonly slots: number;
}

/** Rows of one node: places `from` to `to` of the order in which the engine holds the rows of the tree. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Sums of first and second derivatives, either in scaled units or as they are. */
export interface DerivativeSums {
  readonly first: number;
  readonly second: number;
}

/** A split without what it is worth: what parts rows. */
export type RowTest = Pick<GainSplit, "feature" | "bin" | "missingLeft">;

/**
 * The inner loops of gradient boosting, over rows that it holds: derivatives, histograms, splits, order of rows.
 * `ReferenceBoostingEngine` is the definition; another engine gives the same numbers to the last bit.
 */
export interface BoostingEngine {
  /**
   * Takes the derivatives of the log-loss at the present log-odds, times each row's weight, puts the rows in their
   * first order, and returns the scaled sums. A row of weight 0 takes no part in the round.
   */
  beginRound(weights: Float32Array): DerivativeSums;
  /** Fills the histogram of a slot with the rows' sums. */
  count(rows: RowRange, slot: number): void;
  /** Takes the sums of one slot away from those of another: a parent without one child is the other child. */
  takeAway(from: number, slot: number): void;
  /** The split of a node with the largest gain, by the features that `allowed` marks with 1; null when none gains. */
  findSplit(slot: number, node: GainNode, allowed: Uint8Array): GainSplit | null;
  /** Puts the rows that go left before the others, both in their order, and returns where the others begin. */
  part(rows: RowRange, test: RowTest): number;
  /** Sums of the rows' derivatives as they are. */
  sums(rows: RowRange): DerivativeSums;
  /** Adds a leaf's value to its rows' log-odds. */
  addToOdds(rows: RowRange, value: number): void;
}
