import { z } from "zod";
import { type CauseCode, causeCodes } from "#core/incident/cause-code.ts";
import type { IncidentAct } from "#core/incident/incident-acts.ts";
import type { IncidentRecord } from "#core/incident/incident-record.ts";
import type { LatencyStages } from "#core/incident/latency-ledger.ts";
import { reasonSchema } from "./alarm-schemas.ts";

const micros = z.int().nonnegative();
const name = z.string().max(200);
const by = z.string().max(100);
const reason = z.string().max(500);
const actSchema = z.strictObject({ by, atMicros: micros, reason });
const momentSchema = z.strictObject({ source: name, atMicros: micros, receivedAtMicros: micros });
const reasons = z.array(reasonSchema).max(64).readonly();
const note = z.string().max(2_000);

/** Serialised names of `CauseCode`. */
export const causeCodeSchema: z.ZodType<CauseCode> = z.enum(causeCodes);

const stagesSchema: z.ZodType<LatencyStages> = z.strictObject({
  sensed: micros.nullable(),
  decided: micros.nullable(),
  published: micros.nullable(),
  received: micros.nullable(),
  notified: micros.nullable(),
  acknowledged: micros.nullable(),
});

/** What an incident is made of; see `incidentRecordSchema`. */
export const incidentRecordShape = {
  id: name,
  place: name,
  kind: z.enum(["real", "test"]),
  severity: z.enum(["prealarm", "gas-hazard", "alarm"]),
  devices: z.array(name).readonly(),
  standing: z
    .array(
      z.strictObject({
        key: name,
        level: z.enum(["prealarm", "gas-hazard", "holding", "alarm"]),
        acknowledged: actSchema.nullable(),
      }),
    )
    .readonly(),
  alarms: z.int().nonnegative(),
  first: momentSchema,
  firstReasons: reasons,
  reasons,
  acknowledged: actSchema.nullable(),
  over: momentSchema.nullable(),
  closed: z.strictObject({ by, atMicros: micros, cause: causeCodeSchema, note }).nullable(),
  held: actSchema.nullable(),
  stages: stagesSchema,
} as const;

/** Serialised shape of `IncidentRecord`. */
export const incidentRecordSchema: z.ZodType<IncidentRecord> = z.strictObject(incidentRecordShape);

/** Serialised shape of `IncidentAct`. */
export const incidentActSchema: z.ZodType<IncidentAct> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acknowledge"), by, reason }),
  z.strictObject({ kind: z.literal("close"), by, cause: causeCodeSchema, note }),
  z.strictObject({ kind: z.enum(["hold", "release"]), by, reason }),
  z.strictObject({ kind: z.literal("note"), by, text: note }),
]);
