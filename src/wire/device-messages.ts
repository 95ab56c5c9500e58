import { z } from "zod";
import { alarmEventSchema, alarmStateSchema } from "./alarm-schemas.ts";
import { modelIdentitySchema, modelReadingSchema } from "./model-messages.ts";

const micros = z.int().nonnegative();
/** Absent values are null in JSON, NaN in memory, never 0. */
const absentable = z.number().nullable();

/** Once a second from device to hub: what the room is like now. */
export const telemetrySchema = z.strictObject({
  v: z.literal(1),
  atMicros: micros,
  /** The 18 whole-picture features, null when no frame of the second was valid. */
  features: z.array(absentable).length(18).nullable(),
  hottest: z.strictObject({ x: z.number(), y: z.number(), celsius: z.number() }).nullable(),
  co2Ppm: absentable,
  airTemperatureCelsius: absentable,
  humidityPercent: absentable,
  /** How near the rules are to FIRE, 0 to 1. */
  nearness: z.number().min(0).max(1),
  validFrames: z.int().nonnegative(),
  /** Newest readings of sensors beside camera and CO2; absent where the device has none. */
  channels: z
    .array(
      z.strictObject({
        sensor: z.string().max(50),
        channel: z.string().max(50),
        value: absentable,
        unit: z.string().max(20),
        sampledAtMicros: micros,
      }),
    )
    .max(64)
    .optional(),
  /** What the model said; absent where the device has none. */
  model: modelReadingSchema.optional(),
});
/** See `telemetrySchema`. */
export type TelemetryMessage = z.infer<typeof telemetrySchema>;

/** One alarm event. The id is unique for ever: delivered at least once, applied exactly once. */
export const eventSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().min(8).max(100),
  event: alarmEventSchema,
});
/** See `eventSchema`. */
export type EventMessage = z.infer<typeof eventSchema>;

/** From the receiver to the device: these events are on its disk, and the device may forget them. */
export const receiptSchema = z.strictObject({
  v: z.literal(1),
  ids: z.array(z.string().min(1).max(100)).max(100),
});
/** See `receiptSchema`. */
export type ReceiptMessage = z.infer<typeof receiptSchema>;

/** The device's whole alarm state, retained, published after each event and at start. */
export const stateSchema = z.strictObject({ v: z.literal(1), atMicros: micros, state: alarmStateSchema });
/** See `stateSchema`. */
export type StateMessage = z.infer<typeof stateSchema>;

/** What a device can be asked to do beyond the acts every device knows. */
export const capabilitySchema = z.enum(["ignite", "extinguish"]);

/** How a self-test ended. */
export const selfTestResultSchema = z.strictObject({
  outcome: z.enum(["passed", "failed", "aborted"]),
  text: z.string().max(500),
  atMicros: micros,
});

/** Retained; the broker publishes it with `online: false` as the device's last will. */
export const healthSchema = z.strictObject({
  v: z.literal(1),
  online: z.boolean(),
  atMicros: micros,
  name: z.string().max(100),
  softwareVersion: z.string().max(50),
  source: z.enum(["camera", "emulated", "replay"]),
  capabilities: z.array(capabilitySchema).max(10),
  radiometric: z.boolean().nullable(),
  /** When the newest unique frame and the newest reading arrived, by the device's wall clock; null before the first. */
  newestFrameAtMicros: micros.nullable(),
  newestAirAtMicros: micros.nullable(),
  framesPerSecond: z.number().nonnegative(),
  /** True once a replay has come to its end for good: no data is to be expected any more, and silence is no fault. */
  ended: z.boolean().optional(),
  /** The newest self-test since the device started; absent before the first. */
  selfTest: selfTestResultSchema.optional(),
  /** The model at work; null: the rules decide alone. Absent from a device that does not say. */
  model: modelIdentitySchema.nullable().optional(),
});
/** See `healthSchema`. */
export type HealthMessage = z.infer<typeof healthSchema>;

/** A device's answer to a command. */
export const replySchema = z.strictObject({
  v: z.literal(1),
  ok: z.boolean(),
  /** What was done, or why not, in one sentence. */
  text: z.string().max(500),
});
/** See `replySchema`. */
export type ReplyMessage = z.infer<typeof replySchema>;
