import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { RuleDetector } from "#core/detection/rule-detector.ts";
import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { FeatureSecond, RegionObservation } from "#core/features/feature-second.ts";
import { leptonWidth } from "#core/frames/thermal-frame.ts";
import { microsPerSecond } from "#core/time.ts";
import { regionColumn, regionsPerRow } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";

/** Seconds in which the tracker commissions: what is a region by then was hot before. */
const commissioningSeconds = 15;

/**
 * How near the rule detector is to an alarm in each row, 0 to 1: a baseline for the gate. A data set does not hold all
 * that the rules see: what commissioning found at a region is taken to be its first peak when it was there by second 15,
 * else the picture's mean; where a region lies is unknown, so that a new track inherits nothing; only the four ranked
 * regions are there. `evaluate` renders the episodes again and runs the rules as they are.
 */
export function ruleScores(table: DatasetTable): Float64Array {
  const scores = new Float64Array(table.rows);
  let detector = new RuleDetector(defaultDetectionPolicy);
  let commissioned = new Map<number, number>();
  let episode = Number.NaN;
  const column = (name: string) => table.numbers.get(name)!;
  const vector = wholePictureFeatureNames.map(column);
  const regions = Array.from({ length: regionsPerRow }, (_, k) => ({
    features: regionFeatureNames.map((name) => column(regionColumn(k, name))),
    track: column(regionColumn(k, "track")),
  }));
  const seconds = column("second");
  for (let row = 0; row < table.rows; row += 1) {
    if (table.groups[row] !== episode) {
      episode = table.groups[row]!;
      detector = new RuleDetector(defaultDetectionPolicy);
      commissioned = new Map();
    }
    const values = Float64Array.from(vector, (one) => one[row]!);
    const tracked = regions.flatMap(({ features, track }) => {
      const own = Float64Array.from(features, (one) => one[row]!);
      if (Number.isNaN(own[0]!)) return [];
      const trackId = track[row]!;
      const peakCelsius = own[1]!;
      const wasThere = seconds[row]! <= commissioningSeconds;
      if (!commissioned.has(trackId)) commissioned.set(trackId, wasThere ? peakCelsius : values[0]!);
      return [observationOf(own, { trackId, commissionedCelsius: commissioned.get(trackId)! })];
    });
    scores[row] = detector.evaluate(secondOf(values, tracked, seconds[row]!)).nearness;
  }
  return scores;
}

function observationOf(
  features: Float64Array,
  of: { readonly trackId: number; readonly commissionedCelsius: number },
): RegionObservation {
  const [areaPixels = 0, peakCelsius = 0] = features;
  const saturatedShare = features[regionFeatureNames.indexOf("r_saturated")]!;
  const severePixels = Math.round(saturatedShare * areaPixels);
  // A place of its own for each track, outside of the picture: nothing is inherited.
  const at = leptonWidth * 10 * (1 + of.trackId);
  return {
    trackId: of.trackId,
    features,
    severePixels,
    newSeverePixels:
      peakCelsius - of.commissionedCelsius >= defaultDetectionPolicy.newKelvin ? severePixels : 0,
    backgroundCelsius: of.commissionedCelsius,
    commissionedCelsius: of.commissionedCelsius,
    centroidX: at,
    centroidY: 0,
    peakX: at,
    peakY: 0,
    box: { left: at, right: at, top: 0, bottom: 0 },
  };
}

function secondOf(
  vector: Float64Array,
  tracked: readonly RegionObservation[],
  secondOfEpisode: number,
): FeatureSecond {
  const air = (name: "gas_val" | "gas_delta" | "gas_vel") => vector[wholePictureFeatureNames.indexOf(name)]!;
  return {
    atMicros: Math.round(secondOfEpisode * microsPerSecond),
    vector,
    regions: tracked,
    tracked,
    severeMasked: [],
    watchedPixels: 0,
    commissionedHot: null,
    air: {
      co2Ppm: air("gas_val"),
      co2DeltaPpm: air("gas_delta"),
      co2SlopePpmPerSecond: air("gas_vel"),
    },
    validFrames: 1,
    rejectedFrames: 0,
    saturatedPixels: 0,
    hottest: null,
  };
}
