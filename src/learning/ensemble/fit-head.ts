import { calibrate } from "#inference/calibrate.ts";
import type { Head } from "#model-package/head.ts";
import type { Member } from "#model-package/member.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { fitCalibration } from "./fit-calibration.ts";
import { fitWeights } from "./fit-weights.ts";

/** Rows that members have not learnt from, with what each member says of each of them in log-odds. */
export interface UnseenVotes {
  readonly table: TrainingTable;
  readonly odds: readonly Float64Array[];
}

/** A head whose threshold has not been chosen yet: that is judged by episodes, not by rows. */
export type UnthresholdedHead = Omit<Head, "threshold">;

/** A head, and what it says of the rows on which it was fitted. */
export interface FittedHead {
  readonly head: UnthresholdedHead;
  readonly probabilities: Float64Array;
}

/**
 * Weighs trained members together and calibrates the sum on rows that they have not learnt from. A member that gets no
 * weight is left out of the head.
 */
export function fitHead(
  asked: Pick<Head, "name" | "modality">,
  trained: readonly Member[],
  { table, odds }: UnseenVotes,
): FittedHead {
  const weights = fitWeights(odds, table.labels, table.weights);
  const kept = trained.flatMap((member, k) =>
    weights[k]! > 0 ? [{ member, weight: weights[k]!, odds: odds[k]! }] : [],
  );
  // Where no member is worth anything, all stay with equal weights: the gate then finds that there is no signal.
  const used =
    kept.length > 0
      ? kept
      : trained.map((member, k) => ({ member, weight: 1 / trained.length, odds: odds[k]! }));
  const summed = Float64Array.from(table.labels, (_, row) =>
    used.reduce((sum, one) => sum + one.weight * one.odds[row]!, 0),
  );
  const positives = table.labels.reduce((sum, label) => sum + label, 0);
  const calibration = fitCalibration({ odds: summed, labels: table.labels, groups: table.groups });
  return {
    head: {
      ...asked,
      members: used.map(({ member }) => member),
      weights: used.map(({ weight }) => weight),
      calibration,
      prior: positives / table.rows,
    },
    probabilities: summed.map((one) => calibrate(calibration, one)),
  };
}
