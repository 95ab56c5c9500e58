import type { FlameRenderer } from "#simulation/scenario/scenario.ts";
import type { EpisodeNumberName, EpisodeWordName, SplitName } from "./dataset-columns.ts";

/** All that decides an episode of a data set, down to the last bit. */
export interface EpisodeRecipe {
  /** Number of the episode, from 0. */
  readonly episode: number;
  /** Number of the lit episode that this one is the twin of, or its own. */
  readonly pair: number;
  readonly split: SplitName;
  readonly scenario: string;
  /** Name of the room template. */
  readonly room: string;
  /** 0 to 2³¹ − 1, as `simulate` takes it. */
  readonly seed: number;
  /** Length of the episode. */
  readonly seconds: number;
  /**
   * Null for a fire, whose ignition its scenario and seed draw. Where nothing burns: the ignition that a fire of the split
   * might have had, so that time alone does not tell what is going to burn.
   */
  readonly imaginedIgnitionSeconds: number | null;
  readonly fire: "as-staged" | "unlit";
  readonly flameRenderer: FlameRenderer;
  /** Seed of the operator's mask; 0 for none. */
  readonly maskSeed: number;
}

/** The rows of one episode, or of one recording. */
export interface EpisodeRows {
  readonly words: Readonly<Record<EpisodeWordName, string>>;
  readonly numbers: Readonly<Record<EpisodeNumberName, number>>;
  readonly rows: number;
  /** Codes of `labelNames`, one a row. */
  readonly labels: Uint8Array;
  /** Codes of `stageNames`, one a row. */
  readonly stages: Uint8Array;
  /** rows × `numberColumnNames`, row by row; absent values NaN. */
  readonly numbersByRow: Float32Array;
  /** Seconds without a valid picture, which have no row. */
  readonly blindSeconds: number;
}
