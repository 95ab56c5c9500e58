import { z } from "zod";
import { alarmStateSchema } from "./alarm-schemas.ts";
import { deviceIdSchema } from "./device-id.ts";
import {
  acceptedHotZone,
  capabilitySchema,
  eventSchema,
  regionChoiceSchema,
  selfTestResultSchema,
  telemetrySchema,
} from "./device-messages.ts";
import { modelIdentitySchema } from "./model-messages.ts";
import { zoneViewSchema } from "./zone-api.ts";

const micros = z.int().nonnegative();

/** A device as the hub knows it: GET /api/devices, and "device" in the live stream. */
export const deviceViewSchema = z.strictObject({
  id: deviceIdSchema,
  name: z.string(),
  source: z.enum(["camera", "emulated", "replay"]),
  online: z.boolean(),
  capabilities: z.array(capabilitySchema),
  radiometric: z.boolean().nullable(),
  newestFrameAgeSeconds: z.number().nullable(),
  newestAirAgeSeconds: z.number().nullable(),
  framesPerSecond: z.number(),
  /** Null until the device has said it; shown as "unknown", never as normal. */
  state: alarmStateSchema.nullable(),
  /** The hub's own finding that the device is silent; null while it is not. */
  silentSinceMicros: micros.nullable(),
  telemetry: telemetrySchema.nullable(),
  /** True once a replay has come to its end for good; silence is then no fault. */
  ended: z.boolean().optional(),
  /** The newest self-test that the device has told. */
  selfTest: selfTestResultSchema.optional(),
  /** The model that the device works with; null: its rules decide alone. Absent while it has not said. */
  model: modelIdentitySchema.nullable().optional(),
  /** The zone that the device runs by itself; absent where it runs none. */
  zone: zoneViewSchema.optional(),
});
/** See `deviceViewSchema`. */
export type DeviceView = z.infer<typeof deviceViewSchema>;

/** GET /api/devices: every device the hub knows, by id. */
export const deviceListSchema = z.strictObject({ devices: z.array(deviceViewSchema) });
/** See `deviceListSchema`. */
export type DeviceList = z.infer<typeof deviceListSchema>;

/** What was refused since the hub's start: messages, logins, requests. */
export const refusalCountsSchema = z.strictObject({
  total: z.int().nonnegative(),
  byKind: z.record(z.string(), z.int().nonnegative()),
});
/** See `refusalCountsSchema`. */
export type RefusalCounts = z.infer<typeof refusalCountsSchema>;

/** GET /api/health: 200 while the hub works, 503 with the reason otherwise. */
export const hubHealthSchema = z.strictObject({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  uptimeSeconds: z.number(),
  devices: z.array(
    z.strictObject({
      id: z.string(),
      online: z.boolean(),
      newestFrameAgeSeconds: z.number().nullable(),
      newestAirAgeSeconds: z.number().nullable(),
      model: modelIdentitySchema.nullable().optional(),
    }),
  ),
  problems: z.array(z.string()),
  /** What a person should know although the hub works, a sentence each; left out where there is nothing. */
  supervisory: z.array(z.string()).optional(),
  refused: refusalCountsSchema,
});
/** See `hubHealthSchema`. */
export type HubHealth = z.infer<typeof hubHealthSchema>;

/** GET /api/events?device&before&limit: newest first; `next` is the value of `before` for the following page. */
export const eventPageSchema = z.strictObject({
  events: z.array(z.strictObject({ device: deviceIdSchema, ...eventSchema.shape })),
  next: z.string().nullable(),
});
/** See `eventPageSchema`. */
export type EventPage = z.infer<typeof eventPageSchema>;

/** GET /api/devices/:id/history?from&to&points: mean and maximum by time bucket. */
export const historySchema = z.strictObject({
  points: z.array(
    z.strictObject({
      atMicros: micros,
      hottestCelsius: z.number().nullable(),
      co2Ppm: z.number().nullable(),
      airTemperatureCelsius: z.number().nullable(),
      humidityPercent: z.number().nullable(),
      nearness: z.number().nullable(),
    }),
  ),
});
/** See `historySchema`. */
export type History = z.infer<typeof historySchema>;

/** POST /api/devices/:id/acts: relayed to the device, answered by it (200), or 504 when it does not answer. */
export const actRequestSchema = z.strictObject({
  act: z.enum(["acknowledge", "silence", "reset", "disable", "enable", "start-test", "end-test"]),
  by: z.string().trim().min(1).max(100),
  reason: z.string().trim().max(500).default(""),
  minutes: z.number().positive().max(1440).nullable().default(null),
  /** Of "disable" and "enable": a part of the picture. A zone has none. */
  region: regionChoiceSchema.optional(),
});
/** See `actRequestSchema`. */
export type ActRequest = z.infer<typeof actRequestSchema>;

/** POST /api/devices/:id/hot-zones: an engineer accepts usual heat that the device proposes. */
export const hotZoneRequestSchema = z.strictObject(acceptedHotZone);
/** See `hotZoneRequestSchema`. */
export type HotZoneRequest = z.infer<typeof hotZoneRequestSchema>;

/** POST /api/devices/:id/hot-zones/:name/withdraw: a hot zone that was accepted at work is taken back. */
export const withdrawRequestSchema = z.strictObject({ by: z.string().trim().min(1).max(100) });

/** POST /api/devices/:id/demo: lights or puts out the fire of an emulated room. */
export const demoRequestSchema = z.strictObject({ command: z.enum(["ignite", "extinguish"]) });

/** Every 4xx and 5xx answer. */
export const apiErrorSchema = z.strictObject({ code: z.string(), message: z.string() });
/** See `apiErrorSchema`. */
export type ApiError = z.infer<typeof apiErrorSchema>;
