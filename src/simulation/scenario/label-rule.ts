import type { FireTruth } from "../scene/scene-thing.ts";
import type { EpisodeLabel } from "./episode-truth.ts";

/** Fewer points than this are not called visible: one alone could be a bad pixel. */
export const visiblePixelsMin = 2;

/** The label that a fire's truth gives; null stands for an episode without fire. */
export function labelOf(truth: FireTruth | null): EpisodeLabel {
  if (truth === null || truth.stage === "none" || truth.stage === "cooling") return "none";
  if (truth.flamePixels >= visiblePixelsMin && truth.heatReleaseKilowatts > 0) return "flaming";
  return truth.hotPixels >= visiblePixelsMin ? "slow-heat" : "hidden";
}
