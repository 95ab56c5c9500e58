import { z } from "zod";
import { deviceEventSchema } from "#wire/device-event-schema.ts";
import { decodeModelReading, encodeModelReading, modelReadingSchema } from "#wire/model-messages.ts";
import type { RecordingEntry } from "./recording-entry.ts";

/** Absent values are null in JSON, NaN in memory. */
const absentable = z.number().nullable();
const base64 = z.string().max(4_000_000).nullable();

/** Serialised shapes of the entries that are stored as JSON, by kind; their time is the message's log time. */
export const entrySchemas = {
  air: z.strictObject({
    sampledAtMicros: z.int().nonnegative(),
    co2Ppm: absentable,
    temperatureCelsius: absentable,
    humidityPercent: absentable,
  }),
  tick: z.strictObject({}),
  features: z.strictObject({ schemaId: z.string().max(100), values: z.array(absentable).max(1_000) }),
  score: z.strictObject({ nearness: absentable, model: modelReadingSchema.optional() }),
  event: deviceEventSchema,
  config: z.strictObject({
    device: z.string(),
    softwareVersion: z.string(),
    width: z.int().nonnegative(),
    height: z.int().nonnegative(),
    /** One byte a pixel, base64. */
    badPixels: base64,
    mask: base64,
    policy: z.unknown(),
  }),
  channel: z.strictObject({
    sensor: z.string().max(50),
    channel: z.string().max(50),
    value: absentable,
    unit: z.string().max(20),
    sampledAtMicros: z.int().nonnegative(),
  }),
  damage: z.strictObject({ what: z.string(), lost: z.int().nonnegative() }),
  origin: z.strictObject({
    kind: z.enum(["simulated", "measured", "composite"]),
    scenario: z.string().max(100),
    seed: z.int(),
    physicsVersion: z.string().max(50),
    softwareVersion: z.string().max(50),
    room: z.string().max(100),
    details: z.unknown(),
  }),
  truth: z.strictObject({
    seconds: z.number(),
    label: z.string().max(50),
    stage: z.string().max(50),
    heatReleaseKilowatts: z.number(),
    flamePixels: z.number(),
    hotPixels: z.number(),
    fireDistanceMetres: z.number().nullable(),
  }),
} as const;

/** Kinds of entries that are stored as JSON. */
export type JsonEntryKind = keyof typeof entrySchemas;

/** An entry that is stored as JSON. */
export type JsonEntry = Exclude<RecordingEntry, { readonly kind: "thermal" }>;

/** Writes an entry as JSON. A negative zero becomes 0, because JSON writers do not keep it. */
export function encodeEntryJson(entry: JsonEntry): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(payload(entry)));
}

/** Reads an entry of this kind; null when it is not what the schema says. */
export function decodeEntryJson(
  kind: JsonEntryKind,
  message: { readonly atMicros: number; readonly data: Uint8Array },
): JsonEntry | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(message.data));
    return entryOf(kind, { atMicros: message.atMicros, value });
  } catch {
    return null;
  }
}

function payload(entry: JsonEntry): unknown {
  switch (entry.kind) {
    case "air":
      return entry.sample;
    case "channel":
      return entry.sample;
    case "tick":
      return {};
    case "features":
      return { schemaId: entry.schemaId, values: Array.from(entry.values) };
    case "score":
      return {
        nearness: entry.nearness,
        ...(entry.model === undefined ? {} : { model: encodeModelReading(entry.model) }),
      };
    case "event":
      return entry.event;
    case "config":
      return {
        ...entry.config,
        badPixels: toBase64(entry.config.badPixels),
        mask: toBase64(entry.config.mask),
        policy: entry.config.policy ?? null,
      };
    case "damage":
      return { what: entry.what, lost: entry.lost };
    case "origin":
      return { ...entry.origin, details: entry.origin.details ?? null };
    case "truth":
      return entry.truth;
  }
}

/** Null for maps that do not fit the pictures. Throws a ZodError for a value that is not what the schema of its kind says. */
function entryOf(
  kind: JsonEntryKind,
  message: { readonly atMicros: number; readonly value: unknown },
): JsonEntry | null {
  const { atMicros, value } = message;
  switch (kind) {
    case "air": {
      const sample = entrySchemas.air.parse(value);
      return {
        kind,
        atMicros,
        sample: {
          sampledAtMicros: sample.sampledAtMicros,
          co2Ppm: sample.co2Ppm ?? Number.NaN,
          temperatureCelsius: sample.temperatureCelsius ?? Number.NaN,
          humidityPercent: sample.humidityPercent ?? Number.NaN,
        },
      };
    }
    case "channel": {
      const sample = entrySchemas.channel.parse(value);
      return { kind, atMicros, sample: { ...sample, value: sample.value ?? Number.NaN } };
    }
    case "tick":
      entrySchemas.tick.parse(value);
      return { kind, atMicros };
    case "features": {
      const { schemaId, values } = entrySchemas.features.parse(value);
      return { kind, atMicros, schemaId, values: Float64Array.from(values, (one) => one ?? Number.NaN) };
    }
    case "score": {
      const { nearness, model } = entrySchemas.score.parse(value);
      const score = { kind, atMicros, nearness: nearness ?? Number.NaN };
      return model === undefined ? score : { ...score, model: decodeModelReading(model) };
    }
    case "event":
      return { kind, atMicros, event: entrySchemas.event.parse(value) };
    case "config": {
      const config = entrySchemas.config.parse(value);
      const maps = { badPixels: fromBase64(config.badPixels), mask: fromBase64(config.mask) };
      const pixels = config.width * config.height;
      // A map of another size would be laid over the wrong pixels.
      if (Object.values(maps).some((map) => map !== null && map.length !== pixels)) return null;
      return { kind, atMicros, config: { ...config, ...maps } };
    }
    case "damage":
      return { kind, atMicros, ...entrySchemas.damage.parse(value) };
    case "origin":
      return { kind, atMicros, origin: entrySchemas.origin.parse(value) };
    case "truth":
      return { kind, atMicros, truth: entrySchemas.truth.parse(value) };
  }
}

function toBase64(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString("base64");
}

function fromBase64(text: string | null): Uint8Array | null {
  return text === null ? null : Uint8Array.from(Buffer.from(text, "base64"));
}
