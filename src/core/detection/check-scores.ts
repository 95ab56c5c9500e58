import { machineFault } from "../failure.ts";
import type { ModelScores, ScoreThresholds } from "./second-scorer.ts";

/**
 * Throws `machineFault` with code `model-answer` when one of a model's answers is no probability. An absent one (NaN) is
 * right only for a head that the model does not have, which then has no threshold either.
 */
export function checkScores(scores: ModelScores, thresholds: ScoreThresholds): void {
  const answers: (readonly [head: string, probability: number, threshold: number])[] = [];
  for (const { flaming, slowHeat } of scores.regions)
    answers.push(["flames", flaming, thresholds.flaming], ["slow heat", slowHeat, thresholds.slowHeat]);
  if (scores.sensors === "air-only")
    answers.push(["a fire by the air", scores.airBurning, thresholds.airBurning]);
  for (const [head, probability, threshold] of answers) {
    const hasNoHead = Number.isNaN(probability) && Number.isNaN(threshold);
    if (hasNoHead || (probability >= 0 && probability <= 1)) continue;
    throw machineFault("model-answer", `it gave ${probability} as the probability of ${head}`);
  }
}
