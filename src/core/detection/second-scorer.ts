import type { FeatureSecond } from "../features/feature-second.ts";

/** What a model says of one hot region, or of the whole picture (`trackId` null). Probabilities, 0 to 1. */
export interface RegionScore {
  readonly trackId: number | null;
  readonly flaming: number;
  /** NaN when the model has no such head. */
  readonly slowHeat: number;
  /** Hottest pixel; null for the whole picture. */
  readonly location: { readonly x: number; readonly y: number } | null;
}

/** What a model says of one second. */
export interface ModelScores {
  /** Which sensors it has judged by: without CO2 it is `thermal-only`, without a picture `air-only`. */
  readonly sensors: "fused" | "thermal-only" | "air-only";
  /** One for each region seen, none when nothing is hot. */
  readonly regions: readonly RegionScore[];
  /** Probability by the air alone that something burns; NaN without CO2 or without such a head. */
  readonly airBurning: number;
}

/** From these probabilities on a head says yes. */
export interface ScoreThresholds {
  readonly flaming: number;
  readonly slowHeat: number;
  readonly airBurning: number;
}

/**
 * A model at work, injected into the detector. It keeps nothing between seconds: the same second gives the same scores,
 * so that a replay repeats every decision. What its threshold is for depends on the sensors that were there.
 */
export interface SecondScorer {
  /** Address of the model package, for the record; null while no model is there yet: then it is not asked. */
  readonly packageHash: string | null;
  score(second: FeatureSecond): ModelScores;
  thresholds(sensors: ModelScores["sensors"]): ScoreThresholds;
}
