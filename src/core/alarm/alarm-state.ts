import type { DisabledRegion } from "./disabled-region.ts";
import type { Reason } from "./reason.ts";
import type { Trouble } from "./trouble.ts";
import type { WithheldLevel } from "./withheld-level.ts";

/** The fire level; parallel conditions stand beside it, never instead of it. */
export type AlarmLevel = "normal" | "prealarm" | "alarm";

/** Who did something, when, and why. */
export interface Act {
  readonly by: string;
  readonly atMicros: number;
  readonly reason: string;
}

/** A condition a person set and that ends by itself. */
export interface TimedCondition extends Act {
  readonly expiresAtMicros: number;
}

/** Where in the picture an incident's alarm has been seen: what burns there is nothing new. */
export interface AlarmPlace {
  /** In pixels from the top left; null for an alarm that has no place. */
  readonly location: { readonly x: number; readonly y: number } | null;
  /** True once severe heat was seen there. */
  readonly severe: boolean;
  /** Seconds with a valid picture since something was last found there. */
  readonly unseenSeconds: number;
}

/** One fire event from its first prealarm or alarm to its reset; a cause that persists re-alarms as the same incident. */
export interface Incident {
  readonly id: string;
  readonly startedAtMicros: number;
  readonly firstAlarmAtMicros: number | null;
  /** The reasons of the first alarm (or of the first prealarm until there is an alarm): the first stays first. */
  readonly firstReasons: readonly Reason[];
  /** The newest reasons. */
  readonly reasons: readonly Reason[];
  /** Where its alarm has been seen lately; empty before there is an alarm. */
  readonly places: readonly AlarmPlace[];
  readonly acknowledged: Act | null;
  readonly silenced: Act | null;
  readonly alarms: number;
}

/** All that the alarm machine remembers: plain data, saved by the device and read back after a restart. */
export interface AlarmState {
  readonly level: AlarmLevel;
  /** True while local sounders sound. */
  readonly sounding: boolean;
  readonly incident: Incident | null;
  /** Set by a reset while the cause may persist: an alarm until then belongs to the same incident. */
  readonly lastIncident: { readonly incident: Incident; readonly resetAtMicros: number } | null;
  readonly troubles: readonly Trouble[];
  readonly supervisory: readonly Reason[];
  readonly gasHazard: readonly Reason[];
  readonly disabled: TimedCondition | null;
  /** Parts of the picture that are disabled. */
  readonly disabledRegions: readonly DisabledRegion[];
  /** What these disablements keep back now. */
  readonly withheld: WithheldLevel;
  readonly test: TimedCondition | null;
  /** Seconds of prealarm (and alarm) evidence so far, for the filter times. */
  readonly prealarmSeconds: number;
  readonly alarmSeconds: number;
  /** Seconds without prealarm evidence, for the hysteresis. */
  readonly quietSeconds: number;
  /** Seconds of thermal evidence in a prealarm that nobody has acknowledged. */
  readonly unansweredSeconds: number;
  /** Seconds for which the camera that gave a prealarm its reason has been lost. */
  readonly lostSeconds: number;
  /** When faults were told of last, by the first of them or by a reminder; null while none stands. */
  readonly remindedAtMicros: number | null;
  readonly lastStepAtMicros: number | null;
  /** Number of the last event; events are numbered without gaps. */
  readonly sequence: number;
}
