import {
  type RegionFeatureName,
  regionFeatureNames,
  wholePictureFeatureNames,
} from "#core/features/feature-schema.ts";
import type {
  AirFeatures,
  CommissionedHeat,
  FeatureSecond,
  RegionObservation,
} from "#core/features/feature-second.ts";
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
  /** Regions that are followed beside those of `regions`. */
  readonly alsoTracked?: readonly RegionFields[];
  readonly severeMasked?: readonly RegionFields[];
  /** 0: everything is masked. A Lepton's 19,200 where left out. */
  readonly watchedPixels?: number;
  readonly commissionedHot?: CommissionedHeat;
  readonly air?: Partial<AirFeatures>;
}

/** A second as the extractor would close it. */
export function secondOf(fields: SecondFields): FeatureSecond {
  const { second, air = {}, watchedPixels = 19_200, severeMasked = [], commissionedHot = null } = fields;
  const absent = Number.NaN;
  const valid = fields.regions !== null;
  const regions = (fields.regions ?? []).map(regionOf);
  return {
    atMicros: 1_700_000_000_000_000 + second * microsPerSecond,
    vector: valid && watchedPixels > 0 ? new Float64Array(wholePictureFeatureNames.length) : null,
    regions,
    tracked: [...regions, ...(fields.alsoTracked ?? []).map(regionOf)],
    severeMasked: severeMasked.map(regionOf),
    watchedPixels,
    commissionedHot,
    air: { co2Ppm: absent, co2DeltaPpm: absent, co2SlopePpmPerSecond: absent, ...air },
    validFrames: valid ? 9 : 0,
    rejectedFrames: valid ? 0 : 9,
    saturatedPixels: 0,
    hottest: null,
  };
}
