import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { AirFeatures, FeatureSecond, RegionObservation } from "#core/features/feature-second.ts";
import type { Modality } from "#model-package/head.ts";

const gasNames: readonly string[] = ["gas_val", "gas_delta", "gas_vel"];
const absentAir: AirFeatures = {
  co2Ppm: Number.NaN,
  co2DeltaPpm: Number.NaN,
  co2SlopePpmPerSecond: Number.NaN,
};

/** A second as a device without one of the sensors would know it. */
export function seenBy(second: FeatureSecond, sensors: Modality): FeatureSecond {
  switch (sensors) {
    case "fused":
      return second;
    case "thermal-only":
      return { ...second, air: absentAir, vector: second.vector === null ? null : withoutGas(second.vector) };
    case "air-only":
      return {
        ...second,
        vector: null,
        regions: [],
        tracked: [],
        severeMasked: [],
        commissionedHot: null,
        hottest: null,
        validFrames: 0,
      };
  }
}

function withoutGas(vector: Float64Array): Float64Array {
  return vector.map((value, k) => (gasNames.includes(wholePictureFeatureNames[k]!) ? Number.NaN : value));
}

/**
 * A second as a device judges it that knows where heat belongs: regions in a declared hot place, within what is accepted
 * there, are left out. What is hotter or larger than accepted stays.
 */
export function withSiteKnowledge(
  second: FeatureSecond,
  hotPlaceOf: (region: RegionObservation) => 0 | 1 | 2,
): FeatureSecond {
  const isForeign = (region: RegionObservation) => hotPlaceOf(region) !== 1;
  return {
    ...second,
    regions: second.regions.filter(isForeign),
    tracked: second.tracked.filter(isForeign),
  };
}
