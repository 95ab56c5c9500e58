import { z } from "zod";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import type { ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { reasonSchema } from "./alarm-schemas.ts";
import { scheduleSchema } from "./region-schemas.ts";

const micros = z.int().nonnegative();
const name = z.string().max(200);
const act = { by: z.string().max(100), atMicros: micros, reason: z.string().max(500) };
const actSchema = z.strictObject(act);
const conditionSchema = z.strictObject({ ...act, untilMicros: micros });
const reasons = z.array(reasonSchema).max(64).readonly();
const levelSchema = z.enum(["normal", "prealarm", "holding", "fire"]);
const holdKindSchema = z.enum(["verification", "coincidence", "acknowledgement", "investigation"]);

const detectorSchema = z.strictObject({
  deviceId: name,
  standing: z.enum(["working", "trouble", "lost", "disabled", "test", "calibrating"]),
  level: z.enum(["normal", "prealarm", "alarm"]),
  kind: z.enum(["real", "test"]),
  alarmId: name.nullable(),
  evidence: z.enum(["present", "gone", "unknown"]),
  reasons,
  supervisory: z.boolean(),
  gasHazard: z.boolean(),
  troubles: z.int().nonnegative(),
  lostSinceMicros: micros.nullable(),
  answered: z.strictObject({ alarmId: name, untilMicros: micros }).nullable(),
  withheldAlarmId: name.nullable(),
});

const incidentSchema = z.strictObject({
  id: name,
  kind: z.enum(["real", "test"]),
  origin: z.enum(["new", "reopened"]),
  stage: z.enum(["holding", "unverified", "fire"]),
  startedAtMicros: micros,
  sinceMicros: micros,
  fireAtMicros: micros.nullable(),
  causes: z
    .array(
      z.strictObject({
        source: z.enum(["detector", "call-point"]),
        id: name,
        alarmId: name,
        atMicros: micros,
        reasons,
      }),
    )
    .max(64)
    .readonly(),
  hold: z.strictObject({ kind: holdKindSchema, sinceMicros: micros, untilMicros: micros }).nullable(),
  acknowledged: actSchema.nullable(),
  silenced: actSchema.nullable(),
});

/** Serialised shape of `ZoneState`: saved by whoever runs the zone, and shown. */
export const zoneStateSchema: z.ZodType<ZoneState> = z.strictObject({
  level: levelSchema,
  sounding: z.boolean(),
  detectors: z.array(detectorSchema).max(32).readonly(),
  incident: incidentSchema.nullable(),
  lastIncident: z.strictObject({ incident: incidentSchema, resetMicros: micros }).nullable(),
  prealarmAcknowledged: actSchema.nullable(),
  disabled: conditionSchema.nullable(),
  test: conditionSchema.nullable(),
  lastStepAtMicros: micros.nullable(),
  elapsedMicros: micros,
  sequence: z.int().nonnegative(),
});

const eventBase = { sequence: z.int().positive(), atMicros: micros };

/** Serialised shape of `ZoneEvent`. */
export const zoneEventSchema: z.ZodType<ZoneEvent> = z.discriminatedUnion("type", [
  z.strictObject({
    ...eventBase,
    type: z.literal("zone-level"),
    level: levelSchema,
    incidentId: name.nullable(),
    reasons,
    because: z
      .enum([
        "no-delay",
        "call-point",
        "severe-heat",
        "waited-on-device",
        "same-incident",
        "second-detector",
        "partner-absent",
        "verified",
        "not-acknowledged",
        "unstaffed",
        "time-over",
      ])
      .nullable(),
    test: z.boolean(),
  }),
  z.strictObject({
    ...eventBase,
    type: z.literal("hold"),
    hold: holdKindSchema,
    seconds: z.number().nonnegative(),
    incidentId: name,
  }),
  z.strictObject({ ...eventBase, type: z.literal("further-alarm"), incidentId: name, id: name, reasons }),
  z.strictObject({ ...eventBase, type: z.literal("call-point"), callPointId: name }),
  z.strictObject({ ...eventBase, type: z.enum(["not-verified", "resounded"]), incidentId: name }),
  z.strictObject({ ...eventBase, type: z.literal("would-have-alarmed"), deviceId: name, reasons }),
  z.strictObject({
    ...eventBase,
    type: z.enum(["acknowledged", "silenced", "reset", "disabled", "enabled", "test-started", "test-ended"]),
    by: act.by,
    reason: act.reason,
    incidentId: name.nullable(),
    deviceIds: z.array(name).max(32).readonly(),
  }),
  z.strictObject({
    ...eventBase,
    type: z.literal("reset-refused"),
    by: act.by,
    deviceIds: z.array(name).max(32).readonly(),
  }),
]);

const seconds = z.number().nonnegative();

/** Serialised shape of `ZonePolicy`; what its values mean together is checked by `checkZonePolicy`. */
export const zonePolicySchema: z.ZodType<ZonePolicy> = z.strictObject({
  utcOffsetMinutes: z.number(),
  staffedDelay: z.enum(["none", "verification", "coincidence", "investigation"]),
  unstaffedDelay: z.enum(["none", "verification", "coincidence"]),
  staffed: scheduleSchema,
  verificationSeconds: seconds,
  coincidenceSeconds: seconds,
  secondDetector: z.enum(["alarm", "prealarm"]),
  acknowledgeSeconds: seconds,
  investigateSeconds: seconds,
  detectorLostSeconds: seconds,
  detectorLostAcknowledgedSeconds: seconds,
  sameIncidentSeconds: seconds,
  resetSettleSeconds: seconds,
  conditionMinutesMax: z.number().positive(),
  reorderSecondsMax: seconds,
});
