import type { Evidence } from "#core/alarm/evidence.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { RuleDetector } from "#core/detection/rule-detector.ts";
import type { AirFeatures } from "#core/features/feature-second.ts";
import { type RegionFields, secondOf } from "./feature-seconds.ts";

/** The regions of each second; null without a picture. */
export type Scene = (second: number) => readonly RegionFields[] | null;

/** What the rules of the defaults say about each second. */
export function watch(
  seconds: number,
  scene: Scene,
  air: (second: number) => Partial<AirFeatures> = () => ({}),
): Evidence[] {
  const detector = new RuleDetector(defaultDetectionPolicy);
  return Array.from({ length: seconds }, (_, second) =>
    detector.evaluate(secondOf({ second, regions: scene(second), air: air(second) })),
  );
}

/** The first second with such a reason; null when there is none. */
export function firstSecond(
  evidence: readonly Evidence[],
  list: "alarm" | "prealarm",
  code?: string,
): number | null {
  const index = evidence.findIndex((one) =>
    one[list].some((reason) => code === undefined || reason.code === code),
  );
  return index < 0 ? null : index;
}
