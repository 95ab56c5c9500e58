import type { MemberModel } from "#model-package/member.ts";
import { boostingDefaults } from "../trainers/boosting-options.ts";
import { forestDefaults } from "../trainers/forest-options.ts";
import { logisticRegression } from "../trainers/logistic-regression.ts";
import type { Monotone } from "../trainers/monotone.ts";
import { networkDefaults } from "../trainers/network-options.ts";
import type { FitOptions } from "../trainers/trainer.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import type { TrainingEngine } from "./training-engine.ts";

/** Hotter, heating faster, or with faster rising CO2 never means less risk (a promise of the product). */
export const risingNames = ["t_max", "tproxy_vel", "gas_vel"] as const;

/** What shapes the default members. Kept apart from everything learned, and written into the manifest. */
export const memberHyperparameters = {
  boosting: { ...boostingDefaults, depthMax: 5, rowShare: 0.8, featureShare: 0.8 },
  // Five heads of at most 20,000 nodes keep all forests of a package together under 100,000.
  forest: { ...forestDefaults, trees: 100, depthMax: 14, leafRowsMin: 5, nodesMax: 20_000 },
  network: { ...networkDefaults, hiddenUnits: [32, 32] },
  baseline: logisticRegression.defaults,
} as const;

/** Name of a member that can be trained. */
export type MemberName = keyof typeof memberHyperparameters;

/** Members of an ensemble, in their order. */
export const ensembleMembers = ["boosting", "forest", "network"] as const satisfies readonly MemberName[];

/** The promises to rise that concern these features. */
export function promisesOf(featureNames: readonly string[]): Monotone {
  return Object.fromEntries(
    risingNames.filter((feature) => featureNames.includes(feature)).map((feature) => [feature, 1]),
  );
}

/** Trains one member with its default hyperparameters and the promises to rise that concern its features. */
export function fitMember(
  name: MemberName,
  table: TrainingTable,
  options: Omit<FitOptions<unknown>, "hyperparameters"> & { readonly engine: TrainingEngine },
): Promise<MemberModel> {
  const { engine } = options;
  const monotone = promisesOf(table.featureNames);
  switch (name) {
    case "boosting":
      return engine.boosting.fit(table, {
        ...options,
        hyperparameters: { ...memberHyperparameters.boosting, monotone },
      });
    case "forest":
      return engine.forest.fit(table, {
        ...options,
        hyperparameters: { ...memberHyperparameters.forest, monotone },
      });
    case "network":
      return engine.network.fit(table, {
        ...options,
        hyperparameters: { ...memberHyperparameters.network, monotone },
      });
    case "baseline":
      return logisticRegression.fit(table, {
        ...options,
        hyperparameters: { ...memberHyperparameters.baseline, monotone },
      });
  }
}
