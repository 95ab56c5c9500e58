import { z } from "zod";
import { pictureRegionsMax } from "#core/regions/picture-region.ts";
import { alarmStateSchema } from "./alarm-schemas.ts";
import { deviceEventSchema } from "./device-event-schema.ts";
import { modelIdentitySchema, modelReadingSchema } from "./model-messages.ts";
import { outlineSchema } from "./outline-schema.ts";
import { pictureRegionSchema, scheduleSchema } from "./region-schemas.ts";
import { zoneStateSchema } from "./zone-schemas.ts";

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
  /** What the second is worth to a zone: whether the camera watches, and what its evidence would raise. */
  watch: z
    .strictObject({
      camera: z.enum(["watching", "calibrating"]),
      thermal: z.enum(["seen", "unseen"]),
      evidence: z.enum(["none", "prealarm", "alarm"]),
    })
    .optional(),
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

/** One event of the device, of its own zone, or a notice. The id is unique for ever: delivered at least once, applied exactly once. */
export const eventSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().min(8).max(100),
  event: deviceEventSchema,
});
/** See `eventSchema`. */
export type EventMessage = z.infer<typeof eventSchema>;

/** Ids in one receipt at most. */
export const receiptIdsMax = 100;

/** From the receiver to the device: these events are on its disk, and the device may forget them. */
export const receiptSchema = z.strictObject({
  v: z.literal(1),
  ids: z.array(z.string().min(1).max(100)).max(receiptIdsMax),
});
/** See `receiptSchema`. */
export type ReceiptMessage = z.infer<typeof receiptSchema>;

/** The device's whole alarm state, retained, published after each event and at start. */
export const stateSchema = z.strictObject({
  v: z.literal(1),
  atMicros: micros,
  state: alarmStateSchema,
  /** The device's own zone; absent where it runs none. */
  zone: zoneStateSchema.optional(),
});
/** See `stateSchema`. */
export type StateMessage = z.infer<typeof stateSchema>;

/** What is drawn into a device's picture and what it proposes, retained; published at start and when it changes. */
export const regionsSchema = z.strictObject({
  v: z.literal(1),
  atMicros: micros,
  regions: z.array(pictureRegionSchema).max(pictureRegionsMax),
  /** Share of the picture that its masks blind, 0 to 1, all schedules at once. */
  blindedShare: z.number().min(0).max(1),
  /** Where heat is usual, by what the device has learnt; nothing of it holds before somebody accepts it. */
  proposals: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        outline: outlineSchema,
        schedule: scheduleSchema,
        peakCelsius: z.number(),
        areaPixels: z.number(),
        hotSeconds: z.number().nonnegative(),
      }),
    )
    .max(32),
});
/** See `regionsSchema`. */
export type RegionsMessage = z.infer<typeof regionsSchema>;

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

/** A part of a picture: one of the device's regions, or any with its outline. */
export const regionChoiceSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  outline: outlineSchema.optional(),
});

/** What an engineer says who accepts a proposal; the ceilings are theirs and not the proposal's. */
export const acceptedHotZone = {
  proposal: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(100),
  peakCelsius: z.number(),
  areaPixels: z.number().positive(),
  by: z.string().trim().min(1).max(100),
} as const;

/** A device's answer to a command. */
export const replySchema = z.strictObject({
  v: z.literal(1),
  ok: z.boolean(),
  /** What was done, or why not, in one sentence. */
  text: z.string().max(500),
});
/** See `replySchema`. */
export type ReplyMessage = z.infer<typeof replySchema>;
