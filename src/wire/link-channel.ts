import { z } from "zod";
import { deviceIdSchema } from "./device-id.ts";
import {
  clipSchema,
  recordBeginSchema,
  recordClipSchema,
  recordProblemSchema,
  recordSchema,
} from "./recorder-messages.ts";

/** Longest text of one message; an alarm state with all its reasons has some 20 kB. */
const textMax = 512 * 1024;
const text = z.string().max(textMax);
const id = z.string().min(1).max(100);
/** What stays with the device until the hub gives a receipt. */
const receiptedChannel = z.enum(["event", "telemetry-batch"]);
/** See `receiptedChannel`. */
export type ReceiptedChannel = z.infer<typeof receiptedChannel>;
/** Events that are on their way to the hub at once. */
const eventsMax = 32;

/**
 * What a device's alarm process tells its link process. Texts are the JSON of what goes out by MQTT, so that the link
 * process carries them without having to know what they mean.
 */
export const toLinkSchema = z.discriminatedUnion("kind", [
  /** The first message: who the device is and where its hub. The password stays in its file. */
  z.strictObject({
    kind: z.literal("begin"),
    deviceId: deviceIdSchema,
    brokerUrl: z.string().max(1_000),
    credentialsFile: z.string().max(4_000),
    /** Where models go that come from afar; null takes none. */
    modelFolder: z.string().max(4_000).nullable(),
  }),
  z.strictObject({ kind: z.enum(["telemetry", "health", "state", "regions"]), text }),
  /** Events, or batches of telemetry, in their order; further ones come when all of these have the hub's receipts. */
  z.strictObject({
    kind: z.literal("events"),
    events: z
      .array(z.strictObject({ id, text, channel: receiptedChannel }))
      .min(1)
      .max(eventsMax),
  }),
  z.strictObject({ kind: z.literal("reply"), commandId: id, text }),
  z.strictObject({
    kind: z.literal("picture"),
    payload: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  }),
  /** For what records: it begins, something has come, a clip is wanted. */
  recordBeginSchema,
  recordSchema,
  recordClipSchema,
  /** The device stops: say goodbye and end. */
  z.strictObject({ kind: z.literal("end") }),
]);
/** See `toLinkSchema`. */
export type ToLink = z.infer<typeof toLinkSchema>;

/** What the link process tells the alarm process. */
export const fromLinkSchema = z.discriminatedUnion("kind", [
  /** Once a second, by the loop that does its work: without it the process hangs. */
  z.strictObject({ kind: z.literal("alive") }),
  z.strictObject({ kind: z.literal("up") }),
  z.strictObject({ kind: z.literal("down"), cause: z.string().max(1_000) }),
  /** Whether the device's certificate is near its end without having been renewed: the trouble "certificate-expiring". */
  z.strictObject({ kind: z.literal("certificate"), active: z.boolean(), text: z.string().max(500) }),
  /** The hub has given receipts for these events. */
  z.strictObject({ kind: z.literal("received"), ids: z.array(id).min(1).max(eventsMax) }),
  /** A message on a command topic, not looked at yet. */
  z.strictObject({
    kind: z.literal("command"),
    topic: z.string().max(1_000),
    payload: z.string().max(16_384),
  }),
  recordProblemSchema,
  clipSchema,
]);
/** See `fromLinkSchema`. */
export type FromLink = z.infer<typeof fromLinkSchema>;
