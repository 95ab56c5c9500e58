import type { Calibration } from "./calibration.ts";
import type { Member } from "./member.ts";

/** What is asked of a row: does something flame, is something slowly heating. */
export type HeadName = "flaming" | "slow-heat";

/** Which sensors answer. */
export type Modality = "fused" | "thermal-only" | "air-only";

/** One question's ensemble for one set of sensors. */
export interface Head {
  readonly name: HeadName;
  readonly modality: Modality;
  readonly members: readonly Member[];
  /** Weight of each member's log-odds; none negative. */
  readonly weights: readonly number[];
  readonly calibration: Calibration;
  /** Share of positives that the calibration assumes. */
  readonly prior: number;
  /** Probability from which the head says yes. */
  readonly threshold: number;
}
