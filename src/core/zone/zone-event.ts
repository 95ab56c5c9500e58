import type { Reason } from "../alarm/reason.ts";
import type { ZoneHold, ZoneLevel } from "./zone-state.ts";

interface EventBase {
  /** Counts up by one with every event of a zone. */
  readonly sequence: number;
  readonly atMicros: number;
}

/** Why outputs wait no longer. */
export type FireCause =
  | "no-delay"
  | "call-point"
  | "severe-heat"
  | "waited-on-device"
  | "same-incident"
  | "second-detector"
  | "partner-absent"
  | "verified"
  | "not-acknowledged"
  | "unstaffed"
  | "time-over";

/** The zone's level changed. */
export interface ZoneLevelEvent extends EventBase {
  readonly type: "zone-level";
  readonly level: ZoneLevel;
  readonly incidentId: string | null;
  readonly reasons: readonly Reason[];
  /** Why it is FIRE; null for every other level. */
  readonly because: FireCause | null;
  /** True for what a test made: no output follows. */
  readonly test: boolean;
}

/** Outputs began to wait, for at most so long. */
export interface ZoneHoldEvent extends EventBase {
  readonly type: "hold";
  readonly hold: ZoneHold["kind"];
  readonly seconds: number;
  readonly incidentId: string;
}

/** Another alarm came while an incident stands; the first stays first. */
export interface FurtherAlarmEvent extends EventBase {
  readonly type: "further-alarm";
  readonly incidentId: string;
  /** Device or call point. */
  readonly id: string;
  readonly reasons: readonly Reason[];
}

/** Somebody pressed a call point. */
export interface CallPointEvent extends EventBase {
  readonly type: "call-point";
  readonly callPointId: string;
}

/** The evidence was gone at the end of the verification; or sounders sound again. */
export interface IncidentEvent extends EventBase {
  readonly type: "not-verified" | "resounded";
  readonly incidentId: string;
}

/** A disabled zone's detector said FIRE, and nothing was raised. */
export interface ZoneWithheldEvent extends EventBase {
  readonly type: "would-have-alarmed";
  readonly deviceId: string;
  readonly reasons: readonly Reason[];
}

/** Somebody did something, or a condition ran out (`by` is then "expiry"). */
export interface ZoneActEvent extends EventBase {
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
  /** Devices that have to be reset with the zone; empty for every other act. */
  readonly deviceIds: readonly string[];
}

/** A reset that needs a reason had none: a lost detector cannot say that its alarm is over. */
export interface ResetRefusedEvent extends EventBase {
  readonly type: "reset-refused";
  readonly by: string;
  readonly deviceIds: readonly string[];
}

/** What a zone machine says happened; the only way anything leaves it. */
export type ZoneEvent =
  | ZoneLevelEvent
  | ZoneHoldEvent
  | FurtherAlarmEvent
  | CallPointEvent
  | IncidentEvent
  | ZoneWithheldEvent
  | ZoneActEvent
  | ResetRefusedEvent;
