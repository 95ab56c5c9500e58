import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { EpisodeLabel } from "#simulation/scenario/episode-truth.ts";
import type { FireStage } from "#simulation/scene/scene-thing.ts";

/** Version of the layout below; a change of columns makes a new one. */
export const datasetLayoutVersion = 2;

/** Regions that one row holds: as many as the extractor reports (schema `lepton15-scd3-region13/1`). */
export const regionsPerRow = 4;

/** Labels in the order of their codes. */
export const labelNames: readonly EpisodeLabel[] = ["none", "flaming", "slow-heat", "hidden"];

/** Stages of a fire in the order of their codes. */
export const stageNames: readonly FireStage[] = [
  "none",
  "warming",
  "incipient",
  "smouldering",
  "flaming",
  "cooling",
];

/** The parts of a data set, in the order in which they are written. */
export const splitNames = ["train", "validation", "test"] as const;

/** A part of a data set that no episode, family or room shares with another. */
export type SplitName = (typeof splitNames)[number];

/**
 * What is known of one region beside its 14 features: its track number; whether it lies in a declared hot place
 * (0 no, 1 yes and within what is accepted there, 2 yes and beyond that: `hotPlaceOf`); and the distance in pixels from
 * its rectangle to the base of the fire, NaN without a fire that is lit.
 */
export const regionFactNames = ["track", "hot_place", "fire_px"] as const;

/** Name of a column of a region: `region0_r_area`, `region3_hot_place`; regions are numbered as the extractor ranks them. */
export function regionColumn(region: number, name: string): string {
  return `region${region}_${name}`;
}

/** The columns that a model may see: the 18 features, then the 14 of each region. Absent values are NaN. */
export const featureColumnNames: readonly string[] = [
  ...wholePictureFeatureNames,
  ...Array.from({ length: regionsPerRow }, (_, region) =>
    regionFeatureNames.map((name) => regionColumn(region, name)),
  ).flat(),
];

/** Facts of regions: no model may see them, except as site knowledge (`hot_place`). */
const regionFactColumnNames: readonly string[] = Array.from({ length: regionsPerRow }, (_, region) =>
  regionFactNames.map((name) => regionColumn(region, name)),
).flat();

/** What is true or known of a second, beside its label; numbers, NaN where absent. */
export const rowFactNames = [
  /** Seconds since the episode (or recording) began, when the row closed. */
  "second",
  "heat_release_kw",
  "flame_px",
  "hot_px",
  "fire_distance_m",
  "valid_frames",
  "rejected_frames",
  "saturated_px",
  /** Pictures of that second that were taken in low gain. */
  "low_gain_frames",
  /** Pixels that are neither masked nor bad without a good neighbour. */
  "watched_px",
] as const;

/** Every column of 32-bit floats, in their order. */
export const numberColumnNames: readonly string[] = [
  ...featureColumnNames,
  ...regionFactColumnNames,
  ...rowFactNames,
];

/** Words that differ from row to row, kept as codes: `label` and `stage`. */
export const codeColumns = { label: labelNames, stage: stageNames } as const;

/** What is the same for all rows of an episode and is a word. */
export const episodeWordNames = [
  "split",
  "scenario",
  "family",
  "kind",
  "shows",
  "room",
  /** `lit`, `unlit` (the twin of a fire in which all else is the same), or `none` where the scenario has no fire. */
  "fire",
  "flame_renderer",
  /** How the camera's gain was set: `high`, or `automatic`. */
  "gain_mode",
  /** Where the row comes from: `simulation`, or the name of an imported file. */
  "origin",
] as const;

/** Name of a word of an episode. */
export type EpisodeWordName = (typeof episodeWordNames)[number];

/** What is the same for all rows of an episode and is a number; NaN where it does not apply. */
export const episodeNumberNames = [
  /** Number of the episode: rows of one episode belong together, whatever is done with them. */
  "episode",
  /** Number of the lit episode of a pair, for both of it; an episode without twin has its own. */
  "pair",
  /** Seed of the episode, −1 where it was not simulated. */
  "seed",
  /** 1 where real heat or flames belong. */
  "is_hot_process",
  /** Seed of the operator's mask, 0 without one. */
  "mask",
  /** Length of the episode. */
  "length_s",
  /** When the fire begins; in a twin and in an episode without fire: when one would have begun. */
  "ignite_at_s",
  /** First second that is labelled flaming or slow-heat. */
  "first_visible_heat_s",
  "incipient_from_s",
  "smouldering_from_s",
  "flaming_from_s",
  "cooling_from_s",
  "hour_of_day",
  "inside_celsius",
  "start_co2_ppm",
  "growth_factor",
  "unit_bias_kelvin",
] as const;

/** Name of a number of an episode. */
export type EpisodeNumberName = (typeof episodeNumberNames)[number];

/** Every column name in the order of the Parquet files. */
export const allColumnNames: readonly string[] = [
  ...Object.keys(codeColumns),
  ...featureColumnNames,
  ...regionFactColumnNames,
  ...rowFactNames,
  ...episodeWordNames,
  ...episodeNumberNames,
];
