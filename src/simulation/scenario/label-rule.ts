import type { FireTruth } from "../scene/scene-thing.ts";
import type { EpisodeLabel } from "./episode-truth.ts";

/** Fewer points than this are not called visible: one alone could be a bad pixel. */
export const visiblePixelsMin = 2;

/**
 * The label that a fire's truth gives; null stands for an episode without fire. What is no hotter than in use is none,
 * because the same heat is none where nothing burns; embers are slow heat as long as they glow.
 */
export function labelOf(truth: FireTruth | null): EpisodeLabel {
  if (truth === null || truth.stage === "none" || truth.stage === "warming") return "none";
  if (truth.flamePixels >= visiblePixelsMin && truth.heatReleaseKilowatts > 0) return "flaming";
  if (truth.hotPixels >= visiblePixelsMin) return "slow-heat";
  return truth.stage === "cooling" ? "none" : "hidden";
}
