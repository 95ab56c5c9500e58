import type { Act, AlarmLevel } from "../alarm/alarm-state.ts";
import type { Reason } from "../alarm/reason.ts";

/**
 * What a detector can be relied on for. All but `working` count as absent where two detectors are asked for; `lost` is
 * blind or silent, `trouble` sees with a fault, `calibrating` is in its flat-field correction.
 */
export type DetectorStanding = "working" | "trouble" | "lost" | "disabled" | "test" | "calibrating";

/** What a zone knows of one of its detectors; a device is one detector, however many sensors it has. */
export interface ZoneDetector {
  readonly deviceId: string;
  readonly standing: DetectorStanding;
  readonly level: AlarmLevel;
  /** "test": the level is one that a test of the device made. */
  readonly kind: "real" | "test";
  /** Names the newest alarm of the device, so that a report that comes twice is no new alarm; null without one. */
  readonly alarmId: string | null;
  /** Whether what raised the level is still there. Unknown never says that it has gone, nor that it is back. */
  readonly evidence: "present" | "gone" | "unknown";
  readonly reasons: readonly Reason[];
  readonly supervisory: boolean;
  readonly gasHazard: boolean;
  /** How many faults stand. */
  readonly troubles: number;
  /** Since when (in the zone's own time) it has been lost in a prealarm by heat; null otherwise. */
  readonly lostSinceMicros: number | null;
  /** The alarm that a reset has answered, and until when it is old news. */
  readonly answered: { readonly alarmId: string; readonly untilMicros: number } | null;
  /** The last alarm that the zone's disablement kept back and told. */
  readonly withheldAlarmId: string | null;
}

/** One reason for a zone's incident: a detector's alarm, or somebody at a call point. */
export interface ZoneCause {
  readonly source: "detector" | "call-point";
  /** Device or call point. */
  readonly id: string;
  readonly alarmId: string;
  readonly atMicros: number;
  readonly reasons: readonly Reason[];
}

/** What outputs wait for; times are the zone's own. */
export interface ZoneHold {
  readonly kind: "verification" | "coincidence" | "acknowledgement" | "investigation";
  readonly sinceMicros: number;
  readonly untilMicros: number;
}

/** One fire event of a zone, from its first alarm to its reset. */
export interface ZoneIncident {
  readonly id: string;
  readonly kind: "real" | "test";
  /** "reopened": the cause persisted through a reset. */
  readonly origin: "new" | "reopened";
  /** "unverified": the evidence was gone when the verification was over; it is FIRE as soon as it is back. */
  readonly stage: "holding" | "unverified" | "fire";
  readonly startedAtMicros: number;
  /** The same in the zone's own time. */
  readonly sinceMicros: number;
  readonly fireAtMicros: number | null;
  /** The first alarm stays first; then the newest of each detector, in the order they came. */
  readonly causes: readonly ZoneCause[];
  readonly hold: ZoneHold | null;
  readonly acknowledged: Act | null;
  readonly silenced: Act | null;
}

/** A disablement or a test of a whole zone; it ends by itself. */
export interface ZoneCondition extends Act {
  /** In the zone's own time. */
  readonly untilMicros: number;
}

/** `holding`: a detector says FIRE and panel and evacuation outputs still wait. */
export type ZoneLevel = "normal" | "prealarm" | "holding" | "fire";

/** All that a zone machine remembers: plain data, saved and read back after a restart. */
export interface ZoneState {
  readonly level: ZoneLevel;
  /** True while evacuation sounders sound. */
  readonly sounding: boolean;
  readonly detectors: readonly ZoneDetector[];
  readonly incident: ZoneIncident | null;
  readonly lastIncident: { readonly incident: ZoneIncident; readonly resetMicros: number } | null;
  readonly prealarmAcknowledged: Act | null;
  readonly disabled: ZoneCondition | null;
  readonly test: ZoneCondition | null;
  /** The caller's time of the last step. */
  readonly lastStepAtMicros: number | null;
  /** The zone's own time, which no clock that is set back can hold up: the sum of all steps forward. */
  readonly elapsedMicros: number;
  /** Number of the last event; events are numbered without gaps. */
  readonly sequence: number;
}
