import type { Evidence } from "../alarm/evidence.ts";
import type { ModelFinding } from "./model-detector.ts";

/**
 * The evidence of a second by a model that stands beside the rules: the reasons of both, and nothing taken away. What
 * the rules found stays as they found it, whatever the model says.
 */
export function joinEvidence(rules: Evidence, model: Pick<ModelFinding, "alarm" | "prealarm">): Evidence {
  return {
    ...rules,
    alarm: [...rules.alarm, ...model.alarm],
    prealarm: [...rules.prealarm, ...model.prealarm],
    nearness: model.alarm.length > 0 ? 1 : rules.nearness,
  };
}
