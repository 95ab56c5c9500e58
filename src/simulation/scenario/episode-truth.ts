import type { FireStage } from "../scene/scene-thing.ts";

/**
 * What one second of an episode is called, by a stated rule from its truth:
 * `flaming` when at least 2 picture points show flame and the fire releases heat; `slow-heat` when no flame shows but
 * at least 2 points show fuel, or what the fire has heated, hotter than in use (after the flames: as long as it glows);
 * `hidden` when something burns, smoulders or overheats and neither shows; `none` before ignition, while a fuel is no
 * hotter than in use, and where nothing burns or glows.
 */
export type EpisodeLabel = "none" | "flaming" | "slow-heat" | "hidden";

/** What is true at one second of an episode; no detector sees it. */
export interface EpisodeTruth {
  readonly seconds: number;
  readonly label: EpisodeLabel;
  readonly stage: FireStage;
  readonly heatReleaseKilowatts: number;
  /** Picture points that show flame; that show hot fuel. */
  readonly flamePixels: number;
  readonly hotPixels: number;
  /** Distance of the fire from the lens; null without a fire. */
  readonly fireDistanceMetres: number | null;
}
