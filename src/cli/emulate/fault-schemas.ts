import { z } from "zod";
import { badInput } from "#core/failure.ts";
import type { LeptonFault } from "#simulation/devices/emulated-lepton-fault.ts";
import type { Scd41Fault } from "#simulation/devices/emulated-scd41-fault.ts";
import type { SensirionBusFault, SensirionValueFault } from "#simulation/devices/emulated-sensirion-fault.ts";

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

const sensirionFault: z.ZodType<SensirionBusFault | SensirionValueFault> = z.discriminatedUnion(
  "kind",
  sensirionFaults,
);

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

function parse<Fault>(schema: z.ZodType<Fault>, device: string, value: unknown): Fault | null {
  if (value === null) return null;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw badInput(
    "bad-fault",
    `The emulated ${device} has no such fault (${where}${issue?.message}): see docs/guides/emulated-devices.md.`,
  );
}

/** A fault of the emulated Lepton that came as JSON; null takes it away. Throws `Failure` for what is none. */
export function parseLeptonFault(value: unknown): LeptonFault | null {
  return parse(leptonFault, "Lepton", value);
}

/** A fault of the emulated SCD41 that came as JSON; null takes it away. Throws `Failure` for what is none. */
export function parseScd41Fault(value: unknown): Scd41Fault | null {
  return parse(scd41Fault, "SCD41", value);
}

/** A fault that every emulated Sensirion chip can have, as JSON; null takes it away. Throws `Failure` for what is none. */
export function parseSensirionFault(
  device: string,
  value: unknown,
): SensirionBusFault | SensirionValueFault | null {
  return parse(sensirionFault, device, value);
}
