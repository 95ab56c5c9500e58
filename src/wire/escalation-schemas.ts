import { z } from "zod";
import type { EscalationState } from "#core/incident/escalation-state.ts";

const micros = z.int().nonnegative();
const name = z.string().max(300);

/** Serialised names of `MessageKind`. */
export const messageKindSchema = z.enum(["alarm", "prealarm", "trouble", "acknowledged", "over", "test"]);

const subjectSchema = z.strictObject({
  id: name,
  severity: z.enum(["alarm", "prealarm", "trouble"]),
  devices: z.array(name).readonly(),
  alarms: z.int().nonnegative(),
  codes: z.array(name).readonly(),
  phase: z.enum(["running", "acknowledged", "over"]),
  round: z.int().nonnegative(),
  roundAtMicros: micros,
  nextStep: z.int().nonnegative(),
  dueMicros: micros.nullable(),
  toldAtMicros: micros.nullable(),
  told: z.array(name).readonly(),
});

const deliverySchema = z.strictObject({
  id: z.string().max(2_000),
  subject: name,
  contact: name,
  kind: messageKindSchema,
  message: z.int().nonnegative(),
  channel: name,
  attempt: z.int().positive(),
  phase: z.enum(["under-way", "waiting", "sent"]),
  dueMicros: micros.nullable(),
});

/** Serialised shape of `EscalationState`: saved by whoever drives the escalation. */
export const escalationStateSchema: z.ZodType<EscalationState> = z.strictObject({
  lastStepAtMicros: micros.nullable(),
  elapsedMicros: micros,
  numbers: z.int().nonnegative(),
  subjects: z.array(subjectSchema).readonly(),
  deliveries: z.array(deliverySchema).readonly(),
  channels: z
    .array(
      z.strictObject({
        name,
        failures: z.int().nonnegative(),
        standing: z.enum(["works", "trouble"]),
      }),
    )
    .readonly(),
  snoozes: z.array(z.strictObject({ device: name, by: name, untilMicros: micros })).readonly(),
});
