/** Rows with what a model said and what was true, row by row. */
export interface ScoredRows {
  /** Probability, or any number that rises with it. */
  readonly scores: Float64Array;
  /** 1 = positive. */
  readonly labels: Uint8Array;
  /** Number of the episode each row belongs to. */
  readonly groups: Int32Array;
}
