import { badInput } from "../failure.ts";
import { checkSchedule, type LocalTime, type WeeklySchedule } from "../weekly-schedule.ts";

/** What panel and evacuation outputs may wait for. A zone waits for one of these at a time, never for two in a row. */
export type DelayKind = "none" | "verification" | "coincidence" | "investigation";

/** How a zone turns alarms of its detectors into FIRE; every value can be set by the installation. */
export interface ZonePolicy extends LocalTime {
  /** What outputs wait for while the site is staffed. */
  readonly staffedDelay: DelayKind;
  /** The same outside of these hours: nobody is there to investigate. */
  readonly unstaffedDelay: Exclude<DelayKind, "investigation">;
  /** When the site is staffed; empty: never. */
  readonly staffed: WeeklySchedule;
  /** After this time an alarm whose evidence stands is FIRE; one whose evidence has gone is logged. */
  readonly verificationSeconds: number;
  /** Longest wait for a second detector while one is there and works. */
  readonly coincidenceSeconds: number;
  /** From which level on another detector counts as the second one. */
  readonly secondDetector: "alarm" | "prealarm";
  /** Time to acknowledge an alarm, and from then on to look and reset. */
  readonly acknowledgeSeconds: number;
  readonly investigateSeconds: number;
  /** A detector that is lost in a prealarm by heat becomes FIRE after this time … */
  readonly detectorLostSeconds: number;
  /** … and after this one when somebody has acknowledged the prealarm and may be on the way. */
  readonly detectorLostAcknowledgedSeconds: number;
  /** An alarm this soon after a reset is the same incident going on, and waits for nothing. */
  readonly sameIncidentSeconds: number;
  /** For so long after a reset a detector's old alarm is old news: its own reset is on the way. */
  readonly resetSettleSeconds: number;
  /** Longest disablement or test that is taken; longer requests are cut to it. */
  readonly conditionMinutesMax: number;
  /** A step back in time by more than this is a clock that was set back. */
  readonly reorderSecondsMax: number;
}

/** Alarm verification takes no longer: EN 54-2 and NFPA 72 want an alarm within 10 s of its signal. */
export const verificationSecondsMax = 10;

/** No delay of outputs is longer than EN 54-2 lets any be: 10 min. */
export const delaySecondsMax = 600;

/**
 * Defaults. Nothing waits: a delay needs trained people and the authority's consent (NFPA 72, positive alarm sequence),
 * which nobody can give by installing software. Its times are that sequence's 15 s and 180 s. A minute for coincidence is
 * our own choice: a fire that one camera calls FIRE shows to a second one within a few frames of seeing it, and one that
 * only the first can see must not wait long. 25 s for one incident are the device's 20 s and 5 s on the way.
 */
export const defaultZonePolicy: ZonePolicy = {
  staffedDelay: "none",
  unstaffedDelay: "none",
  staffed: [],
  utcOffsetMinutes: 0,
  verificationSeconds: 10,
  coincidenceSeconds: 60,
  secondDetector: "prealarm",
  acknowledgeSeconds: 15,
  investigateSeconds: 180,
  detectorLostSeconds: 15,
  detectorLostAcknowledgedSeconds: 180,
  sameIncidentSeconds: 25,
  resetSettleSeconds: 5,
  conditionMinutesMax: 1440,
  reorderSecondsMax: 5,
};

/** Longest time that a delay of this kind can hold outputs back, whatever happens. */
export function delaySeconds(policy: ZonePolicy, kind: DelayKind): number {
  switch (kind) {
    case "none":
      return 0;
    case "verification":
      return policy.verificationSeconds;
    case "coincidence":
      return policy.coincidenceSeconds;
    case "investigation":
      return policy.acknowledgeSeconds + policy.investigateSeconds;
  }
}

/** Throws badInput "zone-policy" for a value that would let outputs wait longer than a zone may. `name` says whose it is. */
export function checkZonePolicy(policy: ZonePolicy, name: string): void {
  checkSchedule(policy.staffed, `${name}.staffed`);
  const refuse = (field: string, what: string): never => {
    throw badInput("zone-policy", `${name}.${field}: ${what}`);
  };
  for (const [field, value] of Object.entries(policy))
    if (typeof value === "number" && !Number.isFinite(value)) refuse(field, "give a number.");
  for (const field of secondsFields)
    if (policy[field] < 0) refuse(field, `give 0 s or more, not ${policy[field]}.`);
  if (policy.verificationSeconds > verificationSecondsMax)
    refuse(
      "verificationSeconds",
      `an alarm is verified within ${verificationSecondsMax} s. Give that or less.`,
    );
  if (policy.coincidenceSeconds > delaySecondsMax)
    refuse("coincidenceSeconds", `outputs wait no longer than ${delaySecondsMax} s. Give that or less.`);
  if (policy.acknowledgeSeconds + policy.investigateSeconds > delaySecondsMax)
    refuse(
      "investigateSeconds",
      `with acknowledgeSeconds it makes more than ${delaySecondsMax} s. Shorten it.`,
    );
  if (Math.abs(policy.utcOffsetMinutes) > 14 * 60)
    refuse("utcOffsetMinutes", "no place is more than 14 hours from UTC.");
}

const secondsFields = [
  "verificationSeconds",
  "coincidenceSeconds",
  "acknowledgeSeconds",
  "investigateSeconds",
  "detectorLostSeconds",
  "detectorLostAcknowledgedSeconds",
  "sameIncidentSeconds",
  "resetSettleSeconds",
] as const;
