import { z } from "zod";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";

/** A number of the alarm policy: its limits, its default, and what it does. */
function policyNumber(key: keyof typeof defaultAlarmPolicy, min: number, max: number, text: string) {
  return z.number().min(min).max(max).default(defaultAlarmPolicy[key]).describe(text);
}

/** What an installer says of alarms. The limits keep every promise of the alarm machine: at most 10 s from signal to alarm, 20 s for a persisting cause. */
export const alarmSchema = z
  .strictObject({
    alarmFilterSeconds: policyNumber("alarmFilterSeconds", 1, 5, "evidence of FIRE before the alarm"),
    prealarmFilterSeconds: policyNumber("prealarmFilterSeconds", 1, 10, "evidence before the prealarm"),
    prealarmQuietSeconds: policyNumber("prealarmQuietSeconds", 5, 600, "without evidence, ends a prealarm"),
    sameIncidentSeconds: policyNumber("sameIncidentSeconds", 5, 600, "after a reset, the same incident"),
    sameCausePixels: policyNumber("sameCausePixels", 4, 160, "nearer than this is one cause"),
    sameCauseSeconds: policyNumber("sameCauseSeconds", 5, 600, "out of sight for so long is a new alarm"),
    prealarmUnansweredSeconds: policyNumber("prealarmUnansweredSeconds", 30, 600, "then it is FIRE"),
    detectorLostSeconds: policyNumber("detectorLostSeconds", 1, 60, "camera lost in a prealarm: then FIRE"),
    detectorLostAcknowledgedSeconds: policyNumber(
      "detectorLostAcknowledgedSeconds",
      1,
      180,
      "the same when somebody has acknowledged",
    ),
    conditionMinutesMax: policyNumber("conditionMinutesMax", 1, 1440, "longest disablement or test"),
  })
  .prefault({});
