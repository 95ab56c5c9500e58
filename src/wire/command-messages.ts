import { z } from "zod";
import { acceptedHotZone, regionChoiceSchema } from "./device-messages.ts";

/** Longest time for which a command may be good; what is to be done later is no command. */
export const commandTtlSecondsMax = 3_600;
/** Longest text of a configuration that goes by a command; `edge init` writes about 6,000 characters. */
export const configCharactersMax = 12_000;
/** What JSON may add to such a text by escaping line ends and quotes. */
const configEscapesMax = 3_000;
/** Longest message of one command as JSON, as the two processes of a device pass it on. */
export const commandCharactersMax = 16_384;
/** Bytes of a model package that go in one part. */
export const modelPartBytesMax = 32 * 1024;
/** Largest model package that goes by commands. */
export const modelTransferBytesMax = 16 * 1024 * 1024;
const modelPartsMax = modelTransferBytesMax / modelPartBytesMax;

const by = z.string().trim().min(1).max(100);
const reason = z.string().max(500);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "has 64 hexadecimal digits");

const common = {
  v: z.literal(1),
  /** Unique for ever: a command that comes twice is done once. */
  id: z.string().min(8).max(100),
  /** When it was asked for, by the sender's clock. */
  issuedAtMicros: z.int().nonnegative(),
  /** For how long from then on it is good; later it is refused. */
  ttlSeconds: z.number().positive().max(commandTtlSecondsMax),
};

const runFfc = { command: z.literal("run-ffc"), by };
const takeClip = { command: z.literal("take-clip"), by, seconds: z.number().min(0).max(60) };
const selfTest = {
  command: z.literal("self-test"),
  by,
  reason,
  /** A manned walk test: relay and sounder really act, for so long. Null inhibits them. */
  walkMinutes: z.number().min(0.1).max(15).nullable(),
};
const config = {
  command: z.literal("config"),
  by,
  /** The whole text of the file. */
  text: z
    .string()
    .min(1)
    .max(configCharactersMax)
    .refine((text) => JSON.stringify(text).length <= configCharactersMax + configEscapesMax, {
      message: "has too many characters that JSON has to escape",
    }),
};
/** Of a package whose parts have come before. */
const model = { command: z.literal("model"), by, sha256 };
const modelRollback = { command: z.literal("model-rollback"), by, reason };

/** What a person can ask of a device beyond acts on its alarms: POST /api/devices/:id/commands. */
export const deviceRequestSchema = z.discriminatedUnion("command", [
  z.strictObject(runFfc),
  z.strictObject(takeClip),
  z.strictObject({
    ...selfTest,
    reason: reason.default(""),
    walkMinutes: selfTest.walkMinutes.default(null),
  }),
  z.strictObject(config),
  z.strictObject({ ...modelRollback, reason: reason.default("") }),
]);
/** See `deviceRequestSchema`. */
export type DeviceRequest = z.infer<typeof deviceRequestSchema>;

/** Commands by topic name; each is answered on the reply topic of its id. */
export const commandSchema = z.discriminatedUnion("command", [
  z.strictObject({
    ...common,
    command: z.literal("act"),
    act: z.enum(["acknowledge", "silence", "reset", "disable", "enable", "start-test", "end-test"]),
    by: z.string().min(1).max(100),
    reason,
    minutes: z.number().positive().max(1440).nullable(),
    /** Of "disable" and "enable": a part of the picture; one that the device knows by name needs no outline. */
    region: regionChoiceSchema.optional(),
  }),
  /** Somebody pressed a call point, or the hub's zone stands in FIRE: FIRE of the device's own zone at once. */
  z.strictObject({ ...common, command: z.literal("call-point"), callPoint: z.string().min(1).max(100) }),
  /** An engineer accepts usual heat that the device proposes, with ceilings of their own. */
  z.strictObject({ ...common, command: z.literal("accept-hot-zone"), ...acceptedHotZone }),
  z.strictObject({
    ...common,
    command: z.literal("withdraw-hot-zone"),
    name: z.string().min(1).max(100),
    by,
  }),
  /** Frames go out only while someone watches: a lease, renewed while the page is open. */
  z.strictObject({ ...common, command: z.literal("watch"), seconds: z.number().positive().max(60) }),
  /** For emulated rooms only. */
  z.strictObject({ ...common, command: z.enum(["ignite", "extinguish"]) }),
  z.strictObject({ ...common, ...runFfc }),
  z.strictObject({ ...common, ...takeClip }),
  z.strictObject({ ...common, ...selfTest }),
  z.strictObject({ ...common, ...config }),
  z.strictObject({ ...common, ...model }),
  z.strictObject({ ...common, ...modelRollback }),
  /** One part of the file with this hash; taken by a link process, which has the time for it. */
  z.strictObject({
    ...common,
    command: z.literal("model-part"),
    sha256,
    index: z.int().nonnegative().max(modelPartsMax),
    /** How many parts there are, all but the last of them with `modelPartBytesMax` bytes. */
    count: z.int().positive().max(modelPartsMax),
    base64: z.base64().max(Math.ceil(modelPartBytesMax / 3) * 4),
  }),
]);
/** See `commandSchema`. */
export type CommandMessage = z.infer<typeof commandSchema>;
