import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { debianPython } from "../frameworks/framework.ts";
import { frameworkTrainers } from "../frameworks/framework-trainers.ts";
import type { BoostingHyperparameters } from "../trainers/boosting-options.ts";
import { denseNetworkTrainer } from "../trainers/dense-network-trainer.ts";
import type { ForestHyperparameters } from "../trainers/forest-options.ts";
import { gradientBoosting } from "../trainers/gradient-boosting.ts";
import type { NetworkHyperparameters } from "../trainers/network-options.ts";
import { randomForest } from "../trainers/random-forest.ts";
import type { Trainer } from "../trainers/trainer.ts";

/** Names of what can train an ensemble's members. */
export const engineNames = ["native", "frameworks"] as const;

/** What trains an ensemble's members. The baseline is always our own. */
export interface TrainingEngine {
  readonly name: (typeof engineNames)[number];
  readonly forest: Trainer<ForestHyperparameters, TreeEnsemble>;
  readonly boosting: Trainer<BoostingHyperparameters, TreeEnsemble>;
  readonly network: Trainer<NetworkHyperparameters, DenseNetwork>;
}

/** Our own trainers. */
export const nativeEngine: TrainingEngine = {
  name: "native",
  forest: randomForest,
  boosting: gradientBoosting,
  network: denseNetworkTrainer,
};

/** Our own trainers, or scikit-learn, XGBoost and PyTorch of Debian's Python. */
export function trainingEngine(name: TrainingEngine["name"]): TrainingEngine {
  return name === "native" ? nativeEngine : { name, ...frameworkTrainers({ python: debianPython }) };
}
