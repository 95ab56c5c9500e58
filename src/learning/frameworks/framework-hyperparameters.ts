import type { BoostingHyperparameters } from "../trainers/boosting-options.ts";
import type { ForestHyperparameters } from "../trainers/forest-options.ts";
import { directionsOf, type Monotone } from "../trainers/monotone.ts";
import type { NetworkHyperparameters } from "../trainers/network-options.ts";

/** Hyperparameters by a framework's own names, as text. */
export type HyperparameterTexts = Readonly<Record<string, string>>;

/** What every script takes. */
export function commonTexts(
  of: { readonly seed: number; readonly monotone: Monotone },
  featureNames: readonly string[],
): HyperparameterTexts {
  const directions = directionsOf(of.monotone, featureNames);
  // Python takes seeds from 0 to 2³¹ − 1.
  const seed = String(of.seed & 0x7fffffff);
  return directions.every((direction) => direction === 0)
    ? { seed }
    : { seed, monotone_constraints: `(${directions.join(",")})` };
}

/** A forest's, as forest_sklearn.py takes them. */
export function forestTexts(given: ForestHyperparameters): HyperparameterTexts {
  // A binary tree of n leaves has 2n − 1 nodes, and each tree gets its even share of them.
  const leavesMax =
    given.nodesMax === null ? 0 : Math.max(2, Math.floor((given.nodesMax / given.trees + 1) / 2));
  return {
    n_estimators: String(given.trees),
    max_depth: String(given.depthMax),
    min_samples_leaf: String(given.leafRowsMin),
    max_features: String(given.featuresPerNode ?? 0),
    max_leaf_nodes: String(leavesMax),
  };
}

/** Boosting's, as boosting_xgboost.py takes them. */
export function boostingTexts(given: BoostingHyperparameters): HyperparameterTexts {
  return {
    num_round: String(given.rounds),
    max_depth: String(given.depthMax),
    eta: String(given.learningRate),
    lambda: String(given.l2),
    min_child_weight: String(given.leafHessianMin),
    subsample: String(given.rowShare),
    colsample_bytree: String(given.featureShare),
    early_stopping_rounds: String(given.patienceRounds ?? 0),
  };
}

/** A network's, as network_pytorch.py takes them. */
export function networkTexts(given: NetworkHyperparameters): HyperparameterTexts {
  return {
    hidden_units: given.hiddenUnits.join(","),
    epochs: String(given.epochsMax),
    patience: String(given.patienceEpochs ?? 0),
    batch_size: String(given.batchRows),
    lr: String(given.learningRate),
    weight_decay: String(given.weightDecay),
    clip: String(given.clip),
  };
}
