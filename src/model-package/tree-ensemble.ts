/**
 * Decision trees in flat arrays, all trees one after the other. A node that tests goes left when its feature is at most
 * its threshold (float32 comparison, as ONNX's BRANCH_LEQ does), right when it is greater, and where `missingLeft` says
 * when it is NaN. A leaf has feature −1.
 */
export interface TreeEnsemble {
  readonly kind: "trees";
  /** Which input columns it uses, by name; `feature` counts in this list. */
  readonly featureNames: readonly string[];
  /** First node of each tree. */
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 = an absent value goes left. */
  readonly missingLeft: Uint8Array;
  /** What a leaf adds: for a forest the share of positives, for boosting the step in log-odds. */
  readonly leafValue: Float32Array;
  /** Weight of training rows that reached each node: TreeSHAP needs it. */
  readonly cover: Float32Array;
  /** Forests average their leaves to a probability; boosting sums them on `base` to log-odds. */
  readonly output: "mean-probability" | "sum-log-odds";
  /** Log-odds before the first tree; 0 for a forest. */
  readonly base: number;
}
