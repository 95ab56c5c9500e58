/** Rows to learn from, column by column. */
export interface TrainingTable {
  readonly featureNames: readonly string[];
  readonly rows: number;
  /** One array for each feature, `rows` values each; absent values are NaN, infinity never occurs. */
  readonly columns: readonly Float32Array[];
  /** 1 = positive. */
  readonly labels: Uint8Array;
  /** Number of the episode that each row belongs to: what is held out together. */
  readonly groups: Int32Array;
  /** Weight of each row; null counts all alike. */
  readonly weights: Float32Array | null;
}
