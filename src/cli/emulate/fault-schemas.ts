import { z } from "zod";
import { badInput } from "#core/failure.ts";
import type { LeptonFault } from "#simulation/devices/emulated-lepton-fault.ts";
import type { Scd41Fault } from "#simulation/devices/emulated-scd41-fault.ts";
import type { Sen66Fault } from "#simulation/devices/emulated-sen66-core.ts";
import type { Sfa30Fault } from "#simulation/devices/emulated-sfa30.ts";
import type { Sgp41Fault } from "#simulation/devices/emulated-sgp41.ts";
import type { Sps30Fault } from "#simulation/devices/emulated-sps30-core.ts";

/** Far more than any chip's word or test's length; keeps numbers from outside sensible. */
const countMax = 1_000_000_000;
const count = z.int().min(1).max(countMax);
const milliseconds = z.number().min(0).max(countMax);
const packet = z.int().min(0).max(60);
const line = z.union([z.literal(0x00), z.literal(0xff)]);

const limits = {
  times: count.exactOptional(),
  forMs: milliseconds.exactOptional(),
  curedBy: z.enum(["resync", "reboot", "power-cycle"]).exactOptional(),
};

function fault<Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) {
  return z.strictObject({ kind: z.literal(kind), ...fields, ...limits });
}

const leptonFault: z.ZodType<LeptonFault> = z.discriminatedUnion("kind", [
  fault("discards", {}),
  fault("wrong-segment-number", { number: z.int().min(0).max(7).exactOptional() }),
  fault("segment-zero", {}),
  fault("duplicated-packet", { packet: packet.exactOptional() }),
  fault("swapped-packets", { packet: packet.max(59).exactOptional() }),
  fault("byte-slip", { bytes: z.int().min(1).max(163).exactOptional() }),
  fault("crc-error", { packet: packet.exactOptional() }),
  fault("stall", { level: line.exactOptional() }),
  fault("frozen-picture", {}),
  fault("frozen-frame", {}),
  fault("ffc-stuck", {}),
  fault("reboot", {}),
  fault("power-cut", {}),
  fault("wrong-part", { partNumber: z.string().max(32).exactOptional() }),
  fault("wrong-revision", { revision: z.int().min(0).max(0xffff).exactOptional() }),
  fault("cci-no-answer", {}),
  fault("cci-busy", {}),
  fault("cci-error", { result: z.int().min(-128).max(-1).exactOptional() }),
  fault("cci-late", { ms: milliseconds }),
]);

const sensirionFaults = [
  z.strictObject({ kind: z.literal("nack"), times: count }),
  z.strictObject({ kind: z.literal("wrong-crc"), times: count }),
  z.strictObject({ kind: z.literal("clock-stretch"), stretchMs: milliseconds }),
  z.strictObject({ kind: z.literal("bus-stuck"), times: count }),
  z.strictObject({ kind: z.literal("late-answer"), extraMs: milliseconds }),
  z.strictObject({ kind: z.literal("power-cut") }),
  z.strictObject({ kind: z.literal("never-ready") }),
  z.strictObject({ kind: z.literal("stuck-value") }),
  z.strictObject({
    kind: z.literal("implausible-value"),
    words: z.array(z.int().min(0).max(0xffff)).max(32),
  }),
] as const;

const scd41Fault: z.ZodType<Scd41Fault> = z.discriminatedUnion("kind", [
  ...sensirionFaults,
  z.strictObject({ kind: z.literal("drift"), ppmPerHour: z.number() }),
  z.strictObject({ kind: z.literal("asc-returns") }),
  z.strictObject({ kind: z.literal("asc-locked") }),
  z.strictObject({ kind: z.literal("self-test-fails") }),
  z.strictObject({
    kind: z.literal("other-serial"),
    serial: z
      .int()
      .min(0)
      .max(2 ** 48 - 1),
  }),
]);

const selfTestPixel = z.enum(["voc", "nox"]);

const sgp41Fault: z.ZodType<Sgp41Fault> = z.discriminatedUnion("kind", [
  ...sensirionFaults,
  z.strictObject({ kind: z.literal("self-test-fails"), pixel: selfTestPixel }),
]);

const sps30Fault: z.ZodType<Sps30Fault> = z.discriminatedUnion("kind", [
  ...sensirionFaults,
  z.strictObject({ kind: z.literal("fan-stopped") }),
  z.strictObject({ kind: z.literal("fan-slow") }),
  z.strictObject({ kind: z.literal("laser-failed") }),
]);

const sen66Fault: z.ZodType<Sen66Fault> = z.discriminatedUnion("kind", [
  ...sensirionFaults,
  z.strictObject({ kind: z.literal("fan-stopped") }),
  z.strictObject({ kind: z.literal("fan-slow") }),
  z.strictObject({
    kind: z.literal("part-failed"),
    part: z.enum(["particles", "climate", "gas", "co2"]),
  }),
]);

const sfa30Fault: z.ZodType<Sfa30Fault> = z.discriminatedUnion("kind", sensirionFaults);

function parser<Fault>(schema: z.ZodType<Fault>, device: string): (value: unknown) => Fault | null {
  return (value) => {
    if (value === null) return null;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
    throw badInput(
      "bad-fault",
      `The emulated ${device} has no such fault (${where}${issue?.message}): see docs/guides/emulated-devices.md.`,
    );
  };
}

/**
 * Reads a fault that came as JSON, for each emulated device by its name; null takes the fault away. Throws `Failure` for
 * what is none.
 */
export const faultParsers = {
  lepton: parser(leptonFault, "Lepton"),
  scd41: parser(scd41Fault, "SCD41"),
  sgp41: parser(sgp41Fault, "SGP41"),
  sps30: parser(sps30Fault, "SPS30"),
  sen66: parser(sen66Fault, "SEN66"),
  sfa30: parser(sfa30Fault, "SFA30"),
} as const;

/** Name of an emulated device that can fail. */
export type FaultyDevice = keyof typeof faultParsers;
