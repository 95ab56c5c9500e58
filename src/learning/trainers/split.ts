/** The best way to part a node's rows by one feature, in bins. */
export interface Split {
  feature: number;
  /** Rows in bins up to this one go left. */
  bin: number;
  /** Where absent values go. */
  missingLeft: boolean;
  /** What the split is worth; only comparisons within one node mean anything. */
  score: number;
  /** Rows that go left, and positives among them. */
  leftRows: number;
  leftPositives: number;
}

/** Bin that stands for "every value goes left, only absent ones go right". */
export const allValuesBin = 254;
