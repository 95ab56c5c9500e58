import type { Outline } from "../regions/outline.ts";
import type { AlarmLevel } from "./alarm-state.ts";
import type { Reason } from "./reason.ts";
import type { TroubleCode } from "./trouble.ts";

interface EventBase {
  /** Counts up by one with every event of a device. */
  readonly sequence: number;
  readonly atMicros: number;
}

/** The level changed, or a new alarm came while one stands. */
export interface LevelEvent extends EventBase {
  readonly type: "level";
  readonly level: AlarmLevel;
  readonly incidentId: string | null;
  readonly reasons: readonly Reason[];
  /** True while a test is on: nobody is to be called. */
  readonly test: boolean;
}

/** A fault came or went. */
export interface TroubleEvent extends EventBase {
  readonly type: "trouble";
  readonly code: TroubleCode;
  readonly active: boolean;
  readonly text: string;
}

/** SUPERVISORY or GAS HAZARD came or went. */
export interface GasEvent extends EventBase {
  readonly type: "supervisory" | "gas-hazard";
  readonly active: boolean;
  readonly reasons: readonly Reason[];
}

/** Somebody did something, or a condition expired (`by` is then "expiry"). */
export interface ActEvent extends EventBase {
  readonly type:
    | "acknowledged"
    | "silenced"
    | "reset"
    | "disabled"
    | "enabled"
    | "test-started"
    | "test-ended";
  readonly by: string;
  readonly reason: string;
  readonly incidentId: string | null;
  /** Of "disabled" and "enabled": which part of the picture; left out for the whole detector. */
  readonly region?: string | undefined;
  /** Of "disabled" with a region: where it is. */
  readonly outline?: Outline | undefined;
}

/** Sounders sound again because a new alarm came after they were silenced. */
export interface ResoundEvent extends EventBase {
  readonly type: "resounded";
  readonly incidentId: string;
}

/** What a self-test has come to; "alarm": its synthetic fire was found, and the way of that word is followed. */
export type SelfTestStage = "alarm" | "passed" | "failed" | "aborted";

/** A self-test has come to a stage. It calls nobody: no fire burns. */
export interface SelfTestEvent extends EventBase {
  readonly type: "self-test";
  readonly stage: SelfTestStage;
  readonly text: string;
  /** Whatever a self-test says is marked as test. */
  readonly test: true;
}

/** What the alarm machine says happened; the only way anything leaves it. */
export type AlarmEvent = LevelEvent | TroubleEvent | GasEvent | ActEvent | ResoundEvent | SelfTestEvent;
