import { z } from "zod";
import { defaultZonePolicy, type ZonePolicy } from "#core/zone/zone-policy.ts";
import { scheduleTextSchema } from "./schedule-text.ts";

type Seconds = Extract<keyof ZonePolicy, `${string}Seconds`>;

function seconds(key: Seconds, max: number, text: string) {
  return z.number().min(0).max(max).default(defaultZonePolicy[key]).describe(text);
}

/** What somebody writes of a zone's policy: its hours as lines, and every value with its default. */
export const zonePolicyKeys = {
  staffedDelay: z
    .enum(["none", "verification", "coincidence", "investigation"])
    .default(defaultZonePolicy.staffedDelay)
    .describe("what panel and evacuation wait for in the staffed hours; the device's own outputs never wait"),
  unstaffedDelay: z
    .enum(["none", "verification", "coincidence"])
    .default(defaultZonePolicy.unstaffedDelay)
    .describe("the same in all other hours"),
  staffed: scheduleTextSchema
    .prefault([])
    .describe('staffed hours, lines like "mon-fri 08:00-18:00"; empty: never'),
  verificationSeconds: seconds("verificationSeconds", 10, "then an alarm whose evidence stands is FIRE"),
  coincidenceSeconds: seconds("coincidenceSeconds", 600, "longest wait for a second detector that is there"),
  secondDetector: z
    .enum(["alarm", "prealarm"])
    .default(defaultZonePolicy.secondDetector)
    .describe("from which level on another detector is the second one"),
  acknowledgeSeconds: seconds("acknowledgeSeconds", 600, "time to acknowledge"),
  investigateSeconds: seconds("investigateSeconds", 600, "from then on, time to look and reset"),
  detectorLostSeconds: seconds("detectorLostSeconds", 60, "detector lost in a prealarm: then FIRE"),
  detectorLostAcknowledgedSeconds: seconds(
    "detectorLostAcknowledgedSeconds",
    180,
    "the same when somebody has acknowledged",
  ),
  sameIncidentSeconds: seconds("sameIncidentSeconds", 600, "after a reset, the same incident"),
  conditionMinutesMax: z
    .number()
    .min(1)
    .max(1_440)
    .default(defaultZonePolicy.conditionMinutesMax)
    .describe("longest disablement or test of the zone"),
} as const;

const keysSchema = z.strictObject(zonePolicyKeys);

/** A policy out of what somebody wrote; local time is for whoever runs the zone to say. */
export function zonePolicyOf(written: z.output<typeof keysSchema>): ZonePolicy {
  return { ...defaultZonePolicy, ...written };
}
