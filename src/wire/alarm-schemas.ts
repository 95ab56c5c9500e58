import { z } from "zod";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { Reason } from "#core/alarm/reason.ts";
import type { Trouble, TroubleCode } from "#core/alarm/trouble.ts";
import { nothingWithheld } from "#core/alarm/withheld-level.ts";
import { outlineSchema } from "./outline-schema.ts";

const micros = z.int().nonnegative();

const pointSchema = z.strictObject({ x: z.number(), y: z.number() });

/** Serialised shape of `Reason`. */
export const reasonSchema: z.ZodType<Reason> = z.strictObject({
  code: z.enum([
    "severe-heat",
    "fixed-temperature",
    "rate-of-rise",
    "region-growth",
    "large-heat",
    "prealarm-unanswered",
    "detector-lost",
    "model-flaming",
    "model-slow-heat",
    "model-air",
    "co2-rise",
    "co2-level",
    "gas-hazard",
  ]),
  text: z.string().max(500),
  value: z.number(),
  limit: z.number(),
  unit: z.string().max(20),
  location: pointSchema.nullable(),
});

const reasons = z.array(reasonSchema).max(64).readonly();

/** Serialised names of `TroubleCode`. */
export const troubleCodeSchema: z.ZodType<TroubleCode> = z.enum([
  "camera-silent",
  "camera-frozen",
  "camera-not-radiometric",
  "camera-over-temperature",
  "camera-shutter-lockout",
  "camera-link-failed",
  "camera-control-failed",
  "camera-wrong-module",
  "camera-shutter-stuck",
  "camera-gain-uncorrected",
  "camera-saturated",
  "camera-bad-pixels",
  "camera-covered",
  "camera-moved",
  "camera-ffc-overdue",
  "camera-slow",
  "camera-masked",
  "hot-at-commissioning",
  "clock-jumps",
  "frames-rejected",
  "air-silent",
  "air-implausible",
  "air-not-answering",
  "air-checksum-errors",
  "air-self-calibration",
  "air-wrong-sensor",
  "air-stuck",
  "air-calibration",
  "climate-mismatch",
  "sgp41-fault",
  "sps30-fault",
  "sen66-fault",
  "sfa30-fault",
  "recording-damaged",
  "rows-rejected",
  "state-not-saved",
  "model-failed",
  "model-missing",
  "link-down",
  "link-process-down",
  "certificate-expiring",
  "output-failed",
  "input-failed",
  "config-rolled-back",
  "model-rolled-back",
  "self-test-failed",
  "self-test-overdue",
  "device-silent",
]);

const troubleSchema: z.ZodType<Trouble> = z.strictObject({
  code: troubleCodeSchema,
  text: z.string().max(500),
  sinceMicros: micros,
});

const act = { by: z.string().max(100), atMicros: micros, reason: z.string().max(500) };
const actSchema = z.strictObject(act);
const timedConditionSchema = z.strictObject({ ...act, expiresAtMicros: micros });

const incidentSchema = z.strictObject({
  id: z.string().max(100),
  startedAtMicros: micros,
  firstAlarmAtMicros: micros.nullable(),
  firstReasons: reasons,
  reasons,
  places: z
    .array(
      z.strictObject({
        location: pointSchema.nullable(),
        severe: z.boolean(),
        unseenSeconds: z.int().nonnegative(),
      }),
    )
    .max(64)
    .readonly(),
  acknowledged: actSchema.nullable(),
  silenced: actSchema.nullable(),
  alarms: z.int().nonnegative(),
});

const levelSchema = z.enum(["normal", "prealarm", "alarm"]);

/** Serialised shape of `AlarmState`: saved by devices, published to the hub, shown by the dashboard. */
export const alarmStateSchema: z.ZodType<AlarmState> = z.strictObject({
  level: levelSchema,
  sounding: z.boolean(),
  incident: incidentSchema.nullable(),
  lastIncident: z.strictObject({ incident: incidentSchema, resetAtMicros: micros }).nullable(),
  troubles: z.array(troubleSchema).max(64).readonly(),
  supervisory: reasons,
  gasHazard: reasons,
  disabled: timedConditionSchema.nullable(),
  // States that were saved before these were known are read as they were.
  disabledRegions: z
    .array(
      z.strictObject({ ...act, expiresAtMicros: micros, name: z.string().max(100), outline: outlineSchema }),
    )
    .max(32)
    .readonly()
    .default([]),
  withheld: z
    .strictObject({
      level: levelSchema,
      alarmSeconds: z.number().nonnegative(),
      prealarmSeconds: z.number().nonnegative(),
      quietSeconds: z.number().nonnegative(),
    })
    .default(nothingWithheld),
  test: timedConditionSchema.nullable(),
  prealarmSeconds: z.number().nonnegative(),
  alarmSeconds: z.number().nonnegative(),
  quietSeconds: z.number().nonnegative(),
  unansweredSeconds: z.number().nonnegative(),
  lostSeconds: z.number().nonnegative(),
  remindedAtMicros: micros.nullable().default(null),
  lastStepAtMicros: micros.nullable(),
  sequence: z.int().nonnegative(),
});

const eventBase = { sequence: z.int().positive(), atMicros: micros };

/** Serialised shape of `AlarmEvent`. */
export const alarmEventSchema: z.ZodType<AlarmEvent> = z.discriminatedUnion("type", [
  z.strictObject({
    ...eventBase,
    type: z.literal("level"),
    level: levelSchema,
    incidentId: z.string().max(100).nullable(),
    reasons,
    test: z.boolean(),
  }),
  z.strictObject({
    ...eventBase,
    type: z.literal("trouble"),
    code: troubleCodeSchema,
    active: z.boolean(),
    text: z.string().max(500),
  }),
  z.strictObject({ ...eventBase, type: z.enum(["supervisory", "gas-hazard"]), active: z.boolean(), reasons }),
  z.strictObject({
    ...eventBase,
    type: z.enum(["acknowledged", "silenced", "reset", "disabled", "enabled", "test-started", "test-ended"]),
    by: z.string().max(100),
    reason: z.string().max(500),
    incidentId: z.string().max(100).nullable(),
    region: z.string().max(100).optional(),
    outline: outlineSchema.optional(),
  }),
  z.strictObject({ ...eventBase, type: z.literal("resounded"), incidentId: z.string().max(100) }),
  z.strictObject({
    ...eventBase,
    type: z.literal("self-test"),
    stage: z.enum(["alarm", "passed", "failed", "aborted"]),
    text: z.string().max(500),
    test: z.literal(true),
  }),
]);

/** Serialised shape of `AlarmNotice`. */
export const alarmNoticeSchema: z.ZodType<AlarmNotice> = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("would-have-alarmed"),
    atMicros: micros,
    level: z.enum(["prealarm", "alarm"]),
    reasons,
    regions: z.array(z.string().max(100)).max(32).readonly(),
  }),
  z.strictObject({
    type: z.literal("trouble-reminder"),
    atMicros: micros,
    codes: z.array(troubleCodeSchema).max(64).readonly(),
  }),
  z.strictObject({
    type: z.enum(["hot-zone-accepted", "hot-zone-withdrawn"]),
    atMicros: micros,
    name: z.string().max(100),
    by: z.string().max(100),
    peakCelsius: z.number(),
    areaPixels: z.number(),
  }),
]);
