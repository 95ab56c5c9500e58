import type { ModelScores, RegionScore, SecondScorer } from "#core/detection/second-scorer.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";

/** Address of the scripted model. */
export const scriptedHash = "a".repeat(64);

/** One region that flames with this probability, or what a broken model answers. */
export function flamingRegion(flaming: number, fields: Partial<RegionScore> = {}): RegionScore {
  return { trackId: 1, flaming, slowHeat: 0, location: { x: 40, y: 30 }, ...fields };
}

/** A model that answers what a test says; its heads say yes from 0.5 on. */
export function scriptedScorer(
  answer: (second: FeatureSecond) => Partial<ModelScores>,
  thresholds: Partial<ReturnType<SecondScorer["thresholds"]>> = {},
): SecondScorer {
  return {
    packageHash: scriptedHash,
    score: (second) => ({ sensors: "fused", regions: [], airBurning: Number.NaN, ...answer(second) }),
    thresholds: () => ({ flaming: 0.5, slowHeat: 0.5, airBurning: 0.5, ...thresholds }),
  };
}
