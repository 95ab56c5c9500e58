import { z } from "zod";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { deviceIdSchema } from "./device-id.ts";

/** Entries of one message, at most. */
export const recordedEntriesMax = 128;
/** Incidents that one recording names. */
const incidentsMax = 100;

const id = z.string().min(1).max(100);
const micros = z.int().nonnegative();
const limit = z.number().nonnegative();
/** Bytes are taken as they are: looking at each would cost more than all else about a picture. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What a recorder can fail to write. */
export const recorderConcernSchema = z.enum(["evidence", "continuous", "clips"]);
/** See `recorderConcernSchema`. */
export type RecorderConcern = z.infer<typeof recorderConcernSchema>;

const evidencePolicy = z.strictObject({
  beforeSeconds: limit,
  afterSeconds: limit,
  syncSeconds: limit,
  fileBytesMax: limit,
  bytesMax: limit,
  filesMax: limit,
});

const continuousPolicy = z.strictObject({
  framePeriodSeconds: limit,
  syncSeconds: limit,
  fileBytesMax: limit,
  bytesMax: limit,
  filesMax: limit,
});

/** Pixels as recordings code them. */
const codedPixels = z.strictObject({ coding: z.enum(["raw", "key", "change"]), bytes });

const recordedPicture = z.strictObject({
  kind: z.literal("picture"),
  width: z.int().positive(),
  height: z.int().positive(),
  capturedAtMicros: micros,
  frameCounter: z.int(),
  unit: z.enum(["centikelvin", "raw-counts"]),
  telemetry: z.custom<FrameTelemetry | null>((value) => typeof value === "object"),
  pixels: codedPixels,
  /** What the pixels are told by: themselves, the key that the receiver has, or this one, which it keeps from now on. */
  key: z.union([z.enum(["own", "held"]), codedPixels]),
  /** Pictures before it that were let go on their way. */
  letGo: z.int().nonnegative(),
});

/** Anything else, as the JSON that recordings hold. */
const recordedEntry = z.strictObject({
  kind: z.literal("entry"),
  entryKind: z.enum(["air", "channel", "tick", "features", "score", "event", "config"]),
  atMicros: micros,
  json: bytes,
});

/** A picture on its way to the recorder. */
export type RecordedPicture = z.infer<typeof recordedPicture>;
/** Anything else on its way to the recorder. */
export type RecordedEntry = z.infer<typeof recordedEntry>;

/** What a new recorder has to know first. */
export const recordBeginSchema = z.strictObject({
  kind: z.literal("record-begin"),
  deviceId: deviceIdSchema,
  dataFolder: z.string().min(1).max(4_000),
  evidence: evidencePolicy,
  /** Null records only around prealarms and alarms. */
  continuous: continuousPolicy.nullable(),
  /** The device's set-up, as recordings hold it. */
  config: bytes,
  /** The incident that nobody has reset yet. */
  openIncident: id.nullable(),
  /** What was being recorded when the recorder before ended, and for how long it is to go on; null for nothing. */
  standing: z
    .strictObject({ incidents: z.array(id).min(1).max(incidentsMax), seconds: z.number().positive() })
    .nullable(),
  /** What the recorder before had told of the disk, and not taken back. */
  problems: z.partialRecord(recorderConcernSchema, z.string().max(1_000)),
});
/** See `recordBeginSchema`. */
export type RecordBegin = z.infer<typeof recordBeginSchema>;

/** What has come since the message before, in its order. */
export const recordSchema = z.strictObject({
  kind: z.literal("record"),
  openIncident: id.nullable(),
  entries: z
    .array(z.discriminatedUnion("kind", [recordedPicture, recordedEntry]))
    .min(1)
    .max(recordedEntriesMax),
});
/** See `recordSchema`. */
export type RecordMessage = z.infer<typeof recordSchema>;

/** Somebody asks for a clip of the last minute and so many seconds more. */
export const recordClipSchema = z.strictObject({
  kind: z.literal("record-clip"),
  clipId: id,
  seconds: z.number().nonnegative(),
});
/** See `recordClipSchema`. */
export type RecordClip = z.infer<typeof recordClipSchema>;

/** Something cannot be written, or can again (null). */
export const recordProblemSchema = z.strictObject({
  kind: z.literal("record-problem"),
  concern: recorderConcernSchema,
  problem: z.string().max(1_000).nullable(),
});

/** A clip is recorded, or was not. */
export const clipSchema = z.strictObject({
  kind: z.literal("clip"),
  clipId: id,
  ok: z.boolean(),
  text: z.string().max(500),
});

/** What the recorder tells. */
export type FromRecorder = z.infer<typeof recordProblemSchema> | z.infer<typeof clipSchema>;
