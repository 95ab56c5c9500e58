import { z } from "zod";
import { deviceIdSchema } from "./device-id.ts";
import { eventSchema, regionsSchema, telemetrySchema } from "./device-messages.ts";
import { deviceViewSchema } from "./hub-api.ts";
import { zoneViewSchema } from "./zone-api.ts";

/**
 * Text messages of the WebSocket /api/live from hub to page. On connection: one "devices" with all of them. Pictures
 * come as binary messages: one byte length of the device id, the id in ASCII, then a frame as of `encodeLiveFrame`.
 */
export const liveServerMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("devices"),
    devices: z.array(deviceViewSchema),
    /** The zones that the hub runs. */
    zones: z.array(zoneViewSchema).optional(),
    serverTimeMicros: z.int(),
  }),
  z.strictObject({ type: z.literal("device"), device: deviceViewSchema }),
  z.strictObject({ type: z.literal("zone"), zone: zoneViewSchema }),
  z.strictObject({ type: z.literal("telemetry"), device: deviceIdSchema, telemetry: telemetrySchema }),
  /** What is drawn into a device's picture: on connection after "devices", and each time the device says so. */
  z.strictObject({ type: z.literal("regions"), device: deviceIdSchema, regions: regionsSchema }),
  z.strictObject({ type: z.literal("event"), device: deviceIdSchema, message: eventSchema }),
]);
/** See `liveServerMessageSchema`. */
export type LiveServerMessage = z.infer<typeof liveServerMessageSchema>;

/** Messages from page to hub: which devices' pictures it wants; repeated every 10 s, it lapses after 20 s. */
export const liveClientMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("watch"), devices: z.array(deviceIdSchema).max(16) }),
]);
/** See `liveClientMessageSchema`. */
export type LiveClientMessage = z.infer<typeof liveClientMessageSchema>;
