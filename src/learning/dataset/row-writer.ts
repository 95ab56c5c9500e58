import { assert } from "#core/failure.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import {
  featureColumnNames,
  numberColumnNames,
  regionFactNames,
  regionsPerRow,
  rowFactNames,
} from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";

/** What is known of a second beside its features; NaN where absent. */
export interface RowFacts {
  /** Codes of `labelNames` and `stageNames`. */
  readonly label: number;
  readonly stage: number;
  /** For each region of the second, in its order, the values of `regionFactNames`. */
  readonly regionFacts: readonly (readonly number[])[];
  readonly second: number;
  readonly heatReleaseKilowatts: number;
  readonly flamePixels: number;
  readonly hotPixels: number;
  readonly fireDistanceMetres: number;
  readonly lowGainFrames: number;
}

/** The part of a second that a row is made of. */
export type RowSource = Pick<
  FeatureSecond,
  "vector" | "regions" | "validFrames" | "rejectedFrames" | "saturatedPixels" | "watchedPixels"
>;

/** The part of `EpisodeRows` that the seconds decide. */
export type WrittenRows = Pick<EpisodeRows, "rows" | "labels" | "stages" | "numbersByRow">;

const wholePictureCount = 18;
const columnCount = numberColumnNames.length;
const regionFactsAt = featureColumnNames.length;
const rowFactsAt = regionFactsAt + regionsPerRow * regionFactNames.length;

/** Lays seconds out as rows, for at most a stated number of seconds. */
export class RowWriter {
  readonly #numbers: Float32Array;
  readonly #labels: Uint8Array;
  readonly #stages: Uint8Array;
  #rows = 0;

  constructor(rowsMax: number) {
    this.#numbers = new Float32Array(rowsMax * columnCount).fill(Number.NaN);
    this.#labels = new Uint8Array(rowsMax);
    this.#stages = new Uint8Array(rowsMax);
  }

  /** Adds a second that has a vector. */
  add(second: RowSource, facts: RowFacts): void {
    const { vector } = second;
    assert(vector !== null, "a row has a vector");
    assert(this.#rows < this.#labels.length, "there are no more rows than seconds");
    const at = this.#rows * columnCount;
    this.#numbers.set(vector, at);
    second.regions.forEach((region, index) => {
      const { length } = region.features;
      this.#numbers.set(region.features, at + wholePictureCount + index * length);
      this.#numbers.set(facts.regionFacts[index]!, at + regionFactsAt + index * regionFactNames.length);
    });
    this.#numbers.set(rowFacts(second, facts), at + rowFactsAt);
    this.#labels[this.#rows] = facts.label;
    this.#stages[this.#rows] = facts.stage;
    this.#rows += 1;
  }

  /** The rows so far, without spare room. */
  finish(): WrittenRows {
    return {
      rows: this.#rows,
      labels: this.#labels.slice(0, this.#rows),
      stages: this.#stages.slice(0, this.#rows),
      numbersByRow: this.#numbers.slice(0, this.#rows * columnCount),
    };
  }
}

/** In the order of `rowFactNames`. */
function rowFacts(second: RowSource, facts: RowFacts): readonly number[] {
  const values: Readonly<Record<(typeof rowFactNames)[number], number>> = {
    second: facts.second,
    heat_release_kw: facts.heatReleaseKilowatts,
    flame_px: facts.flamePixels,
    hot_px: facts.hotPixels,
    fire_distance_m: facts.fireDistanceMetres,
    valid_frames: second.validFrames,
    rejected_frames: second.rejectedFrames,
    saturated_px: second.saturatedPixels,
    low_gain_frames: facts.lowGainFrames,
    watched_px: second.watchedPixels,
  };
  return rowFactNames.map((name) => values[name]);
}
