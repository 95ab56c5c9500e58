import { basename } from "node:path";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { type EpisodeNumberName, episodeNumberNames, type SplitName, stageNames } from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";
import { type RowSource, RowWriter } from "./row-writer.ts";

/** Most rows of one import; more are refused, so that no file fills the memory. */
export const importedRowsMax = 5_000_000;

/** One labelled second from outside. */
export interface ImportedRow {
  /** Of its line or sample in the file, as messages count them, or its second. */
  readonly number: number;
  /** Seconds since its recording began; NaN where nothing is known of time. */
  readonly second: number;
  readonly source: RowSource;
  /** Code of `labelNames`. */
  readonly label: number;
}

/** Rows that belong together and are never divided: a recording, an incident, a group of a table. */
export interface ImportedGroup {
  /** Path of the file that it came from; its name alone is kept. */
  readonly origin: string;
  readonly name: string;
  /** "by content": nobody has said which rows belong together, and only equal ones do. */
  readonly grouping: "named" | "by content";
  readonly rows: readonly ImportedRow[];
  /** Seconds without a valid picture, which have no row. */
  readonly blindSeconds: number;
  /** What rows are counted by in the file, for messages: lines or rows of a table, samples, seconds of a recording. */
  readonly countedBy: "line" | "row" | "sample" | "second";
}

/** Where a row stands in its file, for messages. */
export function placeOfRow(group: ImportedGroup, row: number): string {
  const { number } = group.rows[row]!;
  const of = group.countedBy === "second" && group.name !== group.origin ? ` of ${group.name}` : "";
  return `${group.origin}, ${group.countedBy} ${number}${of}`;
}

/** A second of which only the 18 features are known, in the order of `wholePictureFeatureNames`; absent values NaN. */
export function wholePictureRow(vector: Float64Array): RowSource {
  return {
    vector,
    regions: [],
    validFrames: Number.NaN,
    rejectedFrames: Number.NaN,
    saturatedPixels: Number.NaN,
    watchedPixels: Number.NaN,
  };
}

/** The 18 features out of an object of numbers by name; what is missing or null is absent. */
export function vectorOf(features: Readonly<Record<string, number | null | undefined>>): Float64Array {
  return Float64Array.from(wholePictureFeatureNames, (name) => features[name] ?? Number.NaN);
}

/** Lays an imported group out as an episode. Nothing is known of its fire but the label. */
export function episodeOfGroup(
  group: ImportedGroup,
  place: { readonly episode: number; readonly split: SplitName },
): EpisodeRows {
  const writer = new RowWriter(group.rows.length);
  const unknown = Number.NaN;
  for (const { second, source, label } of group.rows)
    writer.add(source, {
      label,
      stage: stageNames.indexOf("none"),
      regionFacts: source.regions.map(({ trackId }) => [trackId, unknown, unknown]),
      second,
      heatReleaseKilowatts: unknown,
      flamePixels: unknown,
      hotPixels: unknown,
      fireDistanceMetres: unknown,
      lowGainFrames: unknown,
    });
  const numbers = Object.fromEntries(episodeNumberNames.map((name) => [name, unknown]));
  return {
    words: {
      split: place.split,
      scenario: basename(group.origin),
      family: group.name,
      kind: "imported",
      shows: "unknown",
      room: group.name,
      fire: "unknown",
      flame_renderer: "none",
      gain_mode: "unknown",
      origin: basename(group.origin),
    },
    numbers: {
      ...(numbers as Record<EpisodeNumberName, number>),
      episode: place.episode,
      pair: place.episode,
      seed: -1,
      is_hot_process: 0,
      mask: 0,
      length_s: group.rows.length + group.blindSeconds,
    },
    ...writer.finish(),
    blindSeconds: group.blindSeconds,
  };
}
