import type { Monotone } from "./monotone.ts";

/** What shapes gradient boosting. Defaults are XGBoost's, but for the rate and the early stop. */
export interface BoostingHyperparameters {
  readonly rounds: number;
  readonly depthMax: number;
  readonly learningRate: number;
  /** L2 penalty on leaf values (XGBoost's lambda). */
  readonly l2: number;
  /** Least sum of second derivatives in a leaf (XGBoost's min_child_weight). */
  readonly leafHessianMin: number;
  /** Share of the rows, drawn for each round. */
  readonly rowShare: number;
  /** Share of the features, drawn for each tree. */
  readonly featureShare: number;
  /** Stops when validation log-loss has not fallen for this many rounds; null never stops early. */
  readonly patienceRounds: number | null;
  /** Features in which the output may only rise or only fall. */
  readonly monotone: Monotone;
}

/** As said of `BoostingHyperparameters`. */
export const boostingDefaults: BoostingHyperparameters = {
  rounds: 300,
  depthMax: 6,
  learningRate: 0.1,
  l2: 1,
  leafHessianMin: 1,
  rowShare: 1,
  featureShare: 1,
  patienceRounds: 30,
  monotone: {},
};
