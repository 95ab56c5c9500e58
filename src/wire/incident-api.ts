import { z } from "zod";
import { latencyStageNames } from "#core/incident/latency-ledger.ts";
import { deviceIdSchema } from "./device-id.ts";
import { eventSchema } from "./device-messages.ts";
import { channelNameSchema } from "./escalation-policy-text.ts";
import { messageKindSchema } from "./escalation-schemas.ts";
import { causeCodeSchema, incidentActSchema, incidentRecordShape } from "./incident-schemas.ts";

const micros = z.int().nonnegative();
const by = z.string().trim().min(1).max(100);
const queryMicros = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Names of `IncidentState`. */
export const incidentStateSchema = z.enum(["open", "acknowledged", "over", "closed"]);

/** An incident as people see it: what GET /api/incidents lists and the live stream tells. */
export const incidentViewSchema = z.strictObject({ ...incidentRecordShape, state: incidentStateSchema });
/** See `incidentViewSchema`. */
export type IncidentView = z.infer<typeof incidentViewSchema>;

/** GET /api/incidents?device&state&kind&from&to&before&limit. `from` and `to` are about when it began, by the hub's clock. */
export const incidentsQuerySchema = z.strictObject({
  device: deviceIdSchema.optional(),
  state: incidentStateSchema.optional(),
  kind: z.enum(["real", "test"]).optional(),
  from: queryMicros.optional(),
  to: queryMicros.optional(),
  before: z
    .string()
    .regex(/^\d{1,15}$/, "take `before` from the `next` of a page")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** See `incidentsQuerySchema`. */
export type IncidentsQuery = z.output<typeof incidentsQuerySchema>;

/** GET /api/incidents: the newest first; `next` is the value of `before` for the following page. */
export const incidentPageSchema = z.strictObject({
  incidents: z.array(incidentViewSchema),
  next: z.string().nullable(),
});
/** See `incidentPageSchema`. */
export type IncidentPage = z.infer<typeof incidentPageSchema>;

/** One notification and what became of it; "under-way": no receipt yet. */
export const notificationViewSchema = z.strictObject({
  id: z.string(),
  contact: z.string(),
  channel: z.string(),
  kind: messageKindSchema,
  attempt: z.int().positive(),
  atMicros: micros,
  outcome: z.enum(["under-way", "sent", "delivered", "failed"]),
  /** When the outcome was known; null while it is not. */
  settledAtMicros: micros.nullable(),
  /** What went wrong; empty where nothing did. */
  text: z.string(),
});
/** See `notificationViewSchema`. */
export type NotificationView = z.infer<typeof notificationViewSchema>;

/** One line of an incident's time line; `atMicros` is by the hub's clock. */
export const timeLineEntrySchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("event"),
    atMicros: micros,
    device: deviceIdSchema,
    message: eventSchema,
  }),
  z.strictObject({ type: z.literal("act"), atMicros: micros, act: incidentActSchema }),
  z.strictObject({
    type: z.literal("notification"),
    atMicros: micros,
    notification: notificationViewSchema,
  }),
]);
/** See `timeLineEntrySchema`. */
export type TimeLineEntry = z.infer<typeof timeLineEntrySchema>;

/** GET /api/incidents/:id. */
export const incidentDetailSchema = z.strictObject({
  incident: incidentViewSchema,
  /** The oldest first. */
  timeLine: z.array(timeLineEntrySchema),
  /** Lines in the middle that were left out because there are too many. */
  omitted: z.int().nonnegative(),
});
/** See `incidentDetailSchema`. */
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** POST /api/incidents/:id/acknowledge: answers it at the hub, and on its devices and zones as far as they can be heard. */
export const incidentAcknowledgeSchema = z.strictObject({
  by,
  reason: z.string().trim().max(500).default(""),
});

/** POST /api/incidents/:id/close. */
export const incidentCloseSchema = z.strictObject({
  by,
  cause: causeCodeSchema,
  note: z.string().trim().max(2_000).default(""),
});

/** POST /api/incidents/:id/hold and /release. */
export const incidentHoldSchema = z.strictObject({ by, reason: z.string().trim().min(1).max(500) });

/** POST /api/incidents/:id/notes. */
export const incidentNoteSchema = z.strictObject({ by, text: z.string().trim().min(1).max(2_000) });

const stageSchema = z.enum(latencyStageNames);

/** GET /api/incidents/latency?from&to: how long alarms took from stage to stage. */
export const latencyReportSchema = z.strictObject({
  /** How the quantiles are defined. */
  quantiles: z.literal("nearest-rank"),
  /** How many incidents were looked at: real alarms and gas hazards. */
  incidents: z.int().nonnegative(),
  spans: z.array(
    z.strictObject({
      from: stageSchema,
      to: stageSchema,
      clocks: z.enum(["one", "two"]),
      incidents: z.int().positive(),
      negative: z.int().nonnegative(),
      p50Seconds: z.number(),
      p95Seconds: z.number(),
      p99Seconds: z.number(),
    }),
  ),
  /** What is wrong with these figures, a sentence each; empty where nothing is known to be. */
  caveats: z.array(z.string()),
});
/** See `latencyReportSchema`. */
export type LatencyReport = z.infer<typeof latencyReportSchema>;

/** GET /api/incidents/latency. */
export const latencyQuerySchema = z.strictObject({
  from: queryMicros.optional(),
  to: queryMicros.optional(),
});

/** GET /api/notifications: who would be told, and what is known of the channels. */
export const notificationStateSchema = z.strictObject({
  /** Why nobody is told of anything; null while somebody is. */
  nobody: z.string().nullable(),
  contacts: z.array(z.strictObject({ name: z.string(), channels: z.array(channelNameSchema) })),
  channels: z.array(
    z.strictObject({ name: channelNameSchema, standing: z.enum(["works", "trouble", "missing"]) }),
  ),
  snoozes: z.array(
    z.strictObject({ device: deviceIdSchema, by: z.string(), minutesLeft: z.number().nonnegative() }),
  ),
});
/** See `notificationStateSchema`. */
export type NotificationState = z.infer<typeof notificationStateSchema>;

/** POST /api/devices/:id/snooze: no prealarms and troubles of it for so long; 0 ends that. Alarms are never snoozed. */
export const snoozeRequestSchema = z.strictObject({ by, minutes: z.number().min(0).max(1_440) });

/** POST /api/notifications/test: one message to a contact by a channel, to see whether it comes. */
export const testMessageRequestSchema = z.strictObject({
  contact: z.string().trim().min(1).max(100),
  channel: channelNameSchema,
});
