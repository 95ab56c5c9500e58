import type { HeadName, Modality } from "#model-package/head.ts";

/** What one feature adds to a model's log-odds. */
export interface FeatureContribution {
  readonly feature: string;
  /** NaN when absent: that it is absent may contribute too. */
  readonly value: number;
  /** Log-odds before calibration; above 0 speaks for what the head asks, below 0 against it. */
  readonly contribution: number;
}

/** Why a head gave a row its probability. */
export interface Explanation {
  readonly head: HeadName;
  readonly modality: Modality;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
  /** Probability from which the head says yes. */
  readonly threshold: number;
  /** The ensemble's log-odds before calibration: `usualLogOdds` and all contributions. */
  readonly logOdds: number;
  /** Log-odds where nothing is known of the row. */
  readonly usualLogOdds: number;
  /** Of every feature that a member uses, the greatest by size first. */
  readonly contributions: readonly FeatureContribution[];
}
