import { z } from "zod";
import { badInput } from "#core/failure.ts";
import { microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import {
  type ImportedGroup,
  type ImportedRow,
  importedRowsMax,
  vectorOf,
  wholePictureRow,
} from "./imported-group.ts";
import { secondOfRecording } from "./incident-labels.ts";

/** A gas reading counts for at most this long (design: gas_val is at most 12 s old). */
const gasAgeMaxMicros = 12 * microsPerSecond;
/** Times above this are milliseconds, not seconds: year 5138 in seconds, 1973 in milliseconds. */
const secondsMax = 1e11;

const numberSchema = z.number().nullish();
const messageSchema = z.record(z.string(), z.unknown());
const partSchema = z.object({
  timestamp: z.union([z.string(), z.number()]).nullish(),
  device_id: z.string().nullish(),
});
const combinedSchema = z.object({
  flir: z.record(z.string(), messageSchema),
  scd41: z.record(z.string(), messageSchema).optional(),
});

/** Names of features that a thermal or a gas message carries. */
type Features = Record<string, number | null | undefined>;

interface Reading {
  readonly atMicros: number;
  readonly device: string;
  readonly features: Features;
}

/** How a second of a device is called. */
export type MessageLabel = (at: { readonly second: number; readonly atMicros: number }) => number;

/** True for JSON that may be a message of the older devices. */
export function isDeviceMessage(json: unknown): boolean {
  return (
    typeof json === "object" && json !== null && ("t_mean" in json || "gas_val" in json || "flir" in json)
  );
}

/**
 * Reads messages of the older devices, in the order of their times: thermal ones (`t_mean` … `tproxy_vel`, `timestamp`,
 * `device_type: "flir_lepton_3_5"`), gas ones (`gas_val`, `gas_delta`, `gas_vel`, `timestamp`) and combined ones
 * (`{flir: {<id>: {…}}, scd41: {<id>: {…}}}`). Each thermal message is a row of its device, with the newest gas values of
 * at most 12 s before it. Throws `badInput` that names the first message that is wrong.
 */
export function readDeviceMessages(
  file: { readonly path: string; readonly messages: readonly unknown[] },
  labelAt: MessageLabel,
): readonly ImportedGroup[] {
  const thermal: Reading[] = [];
  const gas: Reading[] = [];
  file.messages.forEach((message, index) => {
    const where = `${file.path}, message ${index + 1}`;
    const combined = combinedSchema.safeParse(message);
    if (combined.success) takeCombined(combined.data, { thermal, gas, where });
    else takeSingle(message, { thermal, gas, where });
  });
  if (thermal.length === 0) throw badInput("import-empty", `${file.path} holds no thermal message.`);
  if (thermal.length > importedRowsMax)
    throw badInput("import-too-large", `${file.path} has more than ${importedRowsMax} messages: split it.`);
  return groupsOf(file.path, { thermal, gas, labelAt });
}

interface Taken {
  readonly thermal: Reading[];
  readonly gas: Reading[];
  readonly where: string;
}

function takeSingle(message: unknown, into: Taken): void {
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success || !isDeviceMessage(parsed.data))
    throw badInput("import-message", `${into.where} is neither a thermal nor a gas message.`);
  const reading = readingOf(parsed.data, { device: "device", where: into.where });
  if ("t_mean" in parsed.data) into.thermal.push(reading);
  else into.gas.push(reading);
}

function takeCombined(message: z.infer<typeof combinedSchema>, into: Taken): void {
  // The gas goes first: it belongs to the thermal messages of the same moment.
  const [air] = Object.values(message.scd41 ?? {});
  if (air !== undefined) into.gas.push(readingOf(air, { device: "scd41", where: into.where }));
  for (const [device, part] of Object.entries(message.flir))
    into.thermal.push(readingOf(part, { device, where: into.where }));
}

function readingOf(
  message: Readonly<Record<string, unknown>>,
  at: { readonly device: string; readonly where: string },
): Reading {
  const part = partSchema.safeParse(message);
  const atMicros = part.success ? microsOf(part.data.timestamp) : null;
  if (atMicros === null)
    throw badInput(
      "import-message",
      `${at.where} has no timestamp that can be read: give seconds or a date.`,
    );
  const features: Features = {};
  for (const [name, value] of Object.entries(message)) {
    if (!/^(t_|flow_|tproxy_|gas_)/.test(name)) continue;
    const number = numberSchema.safeParse(value);
    if (!number.success) throw badInput("import-message", `${at.where}: ${name} is no number.`);
    features[name] = number.data;
  }
  return { atMicros, device: part.data?.device_id ?? at.device, features };
}

function microsOf(timestamp: string | number | null | undefined): number | null {
  if (timestamp === null || timestamp === undefined) return null;
  const number = Number(timestamp);
  if (timestamp !== "" && Number.isFinite(number))
    return Math.round(number > secondsMax ? number * microsPerMillisecond : number * microsPerSecond);
  const atMs = Date.parse(String(timestamp));
  return Number.isFinite(atMs) ? atMs * microsPerMillisecond : null;
}

function groupsOf(
  path: string,
  readings: { readonly thermal: Reading[]; readonly gas: Reading[]; readonly labelAt: MessageLabel },
): readonly ImportedGroup[] {
  const byTime = (one: Reading, other: Reading) => one.atMicros - other.atMicros;
  const thermal = readings.thermal.toSorted(byTime);
  const gas = readings.gas.toSorted(byTime);
  const groups = new Map<string, { readonly startMicros: number; readonly rows: ImportedRow[] }>();
  let next = 0;
  for (const { atMicros, device, features } of thermal) {
    while (next < gas.length && gas[next]!.atMicros <= atMicros) next += 1;
    const air = gas[next - 1];
    const fresh = air !== undefined && atMicros - air.atMicros <= gasAgeMaxMicros ? air.features : {};
    const group = groups.get(device) ?? { startMicros: atMicros, rows: [] };
    groups.set(device, group);
    const second = secondOfRecording(atMicros, group.startMicros);
    const source = wholePictureRow(vectorOf({ ...features, ...fresh }));
    group.rows.push({ number: second, second, source, label: readings.labelAt({ second, atMicros }) });
  }
  const whole = { origin: path, grouping: "named", blindSeconds: 0, countedBy: "second" } as const;
  return [...groups].map(([device, { rows }]) => ({ ...whole, name: device, rows }));
}
