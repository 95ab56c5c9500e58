import type { DetectionPolicy } from "../detection/detection-policy.ts";
import type { RegionObservation } from "../features/feature-second.ts";
import { isWithin } from "./outline.ts";
import type { ThresholdRegion } from "./picture-region.ts";

/**
 * The limits for a hot region: those of the first threshold region that its hottest pixel lies in, over the ones that hold
 * everywhere. Severe heat has the same limits in every place.
 */
export function policyAt(
  policy: DetectionPolicy,
  { peakX, peakY }: Pick<RegionObservation, "peakX" | "peakY">,
  regions: readonly ThresholdRegion[],
): DetectionPolicy {
  const region = regions.find(({ outline }) => isWithin(outline, { x: peakX + 0.5, y: peakY + 0.5 }));
  if (region === undefined) return policy;
  const { fixedTemperature, rateOfRise, regionGrowth, largeHeat } = region.thresholds;
  return {
    ...policy,
    fixedTemperature: { ...policy.fixedTemperature, ...fixedTemperature },
    rateOfRise: { ...policy.rateOfRise, ...rateOfRise },
    regionGrowth: { ...policy.regionGrowth, ...regionGrowth },
    largeHeat: { ...policy.largeHeat, ...largeHeat },
  };
}
