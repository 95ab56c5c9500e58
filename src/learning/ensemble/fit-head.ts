import type { Head } from "#model-package/head.ts";
import type { Member, MemberModel } from "#model-package/member.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { fitCalibration } from "./fit-calibration.ts";
import { fitWeights } from "./fit-weights.ts";
import { memberOdds } from "./member-odds.ts";
import { selectColumns } from "./select-columns.ts";

/** A member to be trained: how, and on which features. */
export interface MemberPlan {
  readonly name: string;
  readonly features: readonly string[];
  fit(train: TrainingTable, validation: TrainingTable): Promise<MemberModel>;
}

/** What `fitHead` learns from. */
export interface HeadPlan {
  readonly name: Head["name"];
  readonly modality: Head["modality"];
  readonly members: readonly MemberPlan[];
  readonly train: TrainingTable;
  /** Episodes that no member has learnt from: weights, calibration and threshold are fitted on them. */
  readonly validation: TrainingTable;
}

/** A head whose threshold has not been chosen yet: that is judged by episodes, not by rows. */
export type UnthresholdedHead = Omit<Head, "threshold">;

/**
 * Trains each member on the training rows, then weighs them together and calibrates the sum on validation rows. A
 * member that gets no weight is left out of the head.
 */
export async function fitHead(plan: HeadPlan): Promise<UnthresholdedHead> {
  const { train, validation } = plan;
  const trained: Member[] = [];
  for (const member of plan.members) {
    const model = await member.fit(
      selectColumns(train, member.features),
      selectColumns(validation, member.features),
    );
    trained.push({ name: member.name, model });
  }
  const odds = memberOdds(trained, validation);
  const weights = fitWeights(odds, validation.labels, validation.weights);
  const kept = trained.flatMap((member, k) =>
    weights[k]! > 0 ? [{ member, weight: weights[k]!, odds: odds[k]! }] : [],
  );
  // Where no member is worth anything, all stay with equal weights: the gate then finds that there is no signal.
  const used =
    kept.length > 0
      ? kept
      : trained.map((member, k) => ({ member, weight: 1 / trained.length, odds: odds[k]! }));
  const summed = Float64Array.from(validation.labels, (_, row) =>
    used.reduce((sum, one) => sum + one.weight * one.odds[row]!, 0),
  );
  const positives = validation.labels.reduce((sum, label) => sum + label, 0);
  return {
    name: plan.name,
    modality: plan.modality,
    members: used.map(({ member }) => member),
    weights: used.map(({ weight }) => weight),
    calibration: fitCalibration({ odds: summed, labels: validation.labels, groups: validation.groups }),
    prior: positives / validation.rows,
  };
}
