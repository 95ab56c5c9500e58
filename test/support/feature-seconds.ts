import {
  type RegionFeatureName,
  regionFeatureNames,
  wholePictureFeatureNames,
} from "#core/features/feature-schema.ts";
import type { AirFeatures, FeatureSecond, RegionObservation } from "#core/features/feature-second.ts";
import { microsPerSecond } from "#core/time.ts";

/** What a test says about one region; features not named are absent. */
export type RegionFields = Partial<Record<RegionFeatureName, number>> & {
  readonly trackId?: number;
  readonly newSeverePixels?: number;
  readonly commissionedCelsius?: number;
  readonly x?: number;
  readonly y?: number;
};

/** A region as the tracker would report it: 10 × 10 pixels at rest around (80, 60) of a room of 20 °C. */
export function regionOf(fields: RegionFields): RegionObservation {
  const { trackId = 1, newSeverePixels = 0, commissionedCelsius = 20, x = 80, y = 60 } = fields;
  const resting: Partial<Record<RegionFeatureName, number>> = {
    r_area: 100,
    r_peak: 30,
    r_area_vel: 0,
    r_peak_vel: 0,
    r_move: 0.2,
    r_overlap: 0.95,
    r_flicker: 0.005,
    r_area_flicker: 0.005,
  };
  const named = { ...resting, ...fields };
  return {
    trackId,
    features: Float64Array.from(regionFeatureNames, (name) => named[name] ?? Number.NaN),
    severePixels: newSeverePixels,
    newSeverePixels,
    backgroundCelsius: commissionedCelsius,
    commissionedCelsius,
    centroidX: x,
    centroidY: y,
    peakX: x,
    peakY: y,
    box: { left: x - 5, top: y - 5, right: x + 5, bottom: y + 5 },
  };
}

/** What a test says about one second. */
export interface SecondFields {
  readonly second: number;
  /** Null: no frame of the second was valid. */
  readonly regions: readonly RegionFields[] | null;
  readonly air?: Partial<AirFeatures>;
}

/** A second as the extractor would close it. */
export function secondOf({ second, regions, air = {} }: SecondFields): FeatureSecond {
  const absent = Number.NaN;
  return {
    atMicros: 1_700_000_000_000_000 + second * microsPerSecond,
    vector: regions === null ? null : new Float64Array(wholePictureFeatureNames.length),
    regions: (regions ?? []).map(regionOf),
    air: { co2Ppm: absent, co2DeltaPpm: absent, co2SlopePpmPerSecond: absent, ...air },
    validFrames: regions === null ? 0 : 9,
    rejectedFrames: regions === null ? 9 : 0,
    saturatedPixels: 0,
    hottest: null,
  };
}
