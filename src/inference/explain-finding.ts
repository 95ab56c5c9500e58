import type { Reason } from "#core/alarm/reason.ts";
import type { ModelFinding } from "#core/detection/model-detector.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { HeadName } from "#model-package/head.ts";
import type { Explanation } from "./explanation.ts";
import type { ModelExplainer } from "./model-explainer.ts";

/** A reason that a model's vote raised, and why the model said so in that second. */
export interface ExplainedReason {
  readonly reason: Reason;
  /** The region it speaks of; null for the second as a whole. */
  readonly trackId: number | null;
  readonly explanation: Explanation;
}

/** The head behind each code of a `ModelDetector`'s reasons; the air alone is the flaming head without a picture. */
const headOf: Readonly<Record<string, HeadName>> = {
  "model-flaming": "flaming",
  "model-slow-heat": "slow-heat",
  "model-air": "flaming",
};

/**
 * Why the model raised each of a second's reasons. For after the event: it takes milliseconds for each. Throws what
 * `ModelExplainer.explainSecond` throws when finding, second and package do not belong together.
 */
export function explainFinding(
  explainer: ModelExplainer,
  second: FeatureSecond,
  finding: Pick<ModelFinding, "alarm" | "prealarm" | "scores">,
): readonly ExplainedReason[] {
  return [...finding.alarm, ...finding.prealarm].flatMap((reason) => {
    const head = headOf[reason.code];
    if (head === undefined) return [];
    // Regions share no pixel, so a reason's place names its region.
    const region = finding.scores?.regions.find(
      ({ location }) => location?.x === reason.location?.x && location?.y === reason.location?.y,
    );
    const trackId = region?.trackId ?? null;
    return [{ reason, trackId, explanation: explainer.explainSecond(second, { head, trackId }) }];
  });
}
