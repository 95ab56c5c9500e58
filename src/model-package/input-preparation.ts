/**
 * How the members that are no trees see a row: each absent value is replaced by the training median and marked by an
 * indicator of its own, then values are standardised. The prepared row is first the values, then the indicators of
 * `indicatorColumns`.
 */
export interface InputPreparation {
  /** Which input columns are used, by name. */
  readonly featureNames: readonly string[];
  readonly median: Float32Array;
  readonly mean: Float32Array;
  /** Standard deviation; 1 where a column is constant. */
  readonly deviation: Float32Array;
  /** Standardised values are cut to ± this, so that no outlier overflows. */
  readonly clip: number;
  /** Columns (indices into `featureNames`) that were ever absent in training and so have an indicator. */
  readonly indicatorColumns: Int32Array;
}
