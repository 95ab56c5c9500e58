import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type ExportInput, type ExportSummary, ExportTally } from "./export-input.ts";
import { PartialFile } from "./partial-file.ts";
import type { RecordingEntry } from "./recording-entry.ts";

const columns = [
  "time_unix_s",
  "frame",
  "min_celsius",
  "mean_celsius",
  "max_celsius",
  "min_counts",
  "mean_counts",
  "max_counts",
  "co2_ppm",
  "air_temperature_celsius",
  "humidity_percent",
];

/** Text is written to disk in pieces of about this many characters. */
const pieceCharacters = 256 * 1024;

/**
 * Writes a table with one row a picture and one a reading of the air, in time order. Pictures of raw counts fill the
 * counts columns, never those in °C; what a row does not have is empty. Throws the Failures of `PartialFile`.
 */
export async function exportCsv(input: ExportInput): Promise<ExportSummary> {
  const file = await PartialFile.create(input.path, input.overwrite);
  const tally = new ExportTally();
  try {
    let text = `${columns.join(",")}\n`;
    for await (const entry of input.entries()) {
      tally.add(entry);
      text += row(entry);
      if (text.length < pieceCharacters) continue;
      await file.write(new TextEncoder().encode(text));
      text = "";
    }
    await file.write(new TextEncoder().encode(text));
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.commit();
  return tally.summary;
}

function row(entry: RecordingEntry): string {
  if (entry.kind === "air") {
    const { co2Ppm, temperatureCelsius, humidityPercent } = entry.sample;
    const readings = [co2Ppm, temperatureCelsius, humidityPercent].map(number);
    return `${[seconds(entry.atMicros), ...Array<string>(7).fill(""), ...readings].join(",")}\n`;
  }
  if (entry.kind !== "thermal") return "";
  const values = pictureValues(entry.frame);
  const empty = ["", "", ""];
  const both = entry.frame.unit === "centikelvin" ? [...values, ...empty] : [...empty, ...values];
  return `${[seconds(entry.atMicros), entry.frame.frameCounter, ...both, ...empty].join(",")}\n`;
}

function pictureValues({ pixels, unit }: ThermalFrame): string[] {
  let min = 65_535;
  let max = 0;
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 1) {
    const value = pixels[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const values = [min, sum / pixels.length, max];
  return unit === "centikelvin"
    ? values.map((value) => (value / 100 - 273.15).toFixed(3))
    : values.map((value) => String(Number(value.toFixed(3))));
}

/** Whole microseconds as seconds, exactly. */
function seconds(atMicros: number): string {
  const whole = Math.floor(atMicros / 1e6);
  return `${whole}.${String(atMicros - whole * 1e6).padStart(6, "0")}`;
}

function number(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}
