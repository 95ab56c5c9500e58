import { badInput } from "#core/failure.ts";
import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import {
  regionFeatureNames,
  regionSchemaId,
  wholePictureFeatureNames,
  wholePictureSchemaId,
} from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { floorToSecondMicros, microsPerSecond } from "#core/time.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Recording } from "#recording/recording.ts";
import type { Command } from "../command.ts";
import { detectablePictures, type PictureRecording } from "../detectable-pictures.ts";
import { inputOptions, openInputs } from "../open-inputs.ts";
import { choiceOption } from "../parse-arguments.ts";
import { recordedSetup } from "../recorded-setup.ts";

/** Prints the features of a recording, one row a second. */
export const featuresCommand: Command = {
  name: "features",
  summary: "Prints the features of a recording, one row for each second.",
  usage: "RECORDING… [--air CSV] [options]",
  options: {
    ...inputOptions,
    format: { value: "csv|jsonl", help: "csv (default): absent values empty; jsonl: absent values null" },
    schema: {
      value: "ID",
      help: `${wholePictureSchemaId} (default), or ${regionSchemaId} with one row for each region`,
    },
  },
  examples: [
    "emberwatch features recordings/workshop-fire.mcap --format csv",
    "emberwatch features clip.raw.y16.gz --air air.csv --format jsonl",
  ],
  notes:
    "Bad pixels are those of the map that the recording carries; other recordings are taken as they are.\n" +
    "Seconds in which no picture was valid have no row. The definitions stand in docs/guides/features.md.",
  async run(invocation) {
    const recordings = await openInputs(invocation);
    const format = choiceOption(invocation, "format", ["csv", "jsonl"]) ?? "csv";
    const schema = choiceOption(invocation, "schema", [wholePictureSchemaId, regionSchemaId]);
    const table = schema === regionSchemaId ? regionTable : wholePictureTable;
    const pictures = radiometricPictures(recordings);
    if (format === "csv") await invocation.output.line(["at", ...table.columns].join(","));
    for await (const second of featureSeconds(pictures, recordings)) {
      const at = second.atMicros / microsPerSecond;
      for (const row of table.rows(second)) {
        await invocation.output.line(format === "csv" ? csvRow(at, row) : jsonRow(at, table.columns, row));
      }
    }
    return 0;
  },
};

/** The pictures of recordings; throws `Failure` where there are none, or none with temperatures. */
export function radiometricPictures(recordings: readonly Recording[]): PictureRecording {
  const pictures = detectablePictures(recordings);
  if (pictures === null) throw badInput("no-pictures", "Features need a recording with pictures: name one.");
  if (pictures.unit === "raw-counts") {
    throw badInput(
      "not-radiometric",
      `${pictures.path} holds raw counts, not temperatures: give the camera's --gain and --offset to turn them into temperatures.`,
    );
  }
  return pictures;
}

/** The seconds of recordings as the feature extractor closes them; bad pixels and masks are those that they carry. */
export async function* featureSeconds(
  pictures: PictureRecording,
  recordings: readonly Recording[],
): AsyncIterable<FeatureSecond> {
  const closed: FeatureSecond[] = [];
  const { width, height } = pictures;
  const setup = await recordedSetup(pictures);
  const extractor = new FeatureExtractor(
    { width, height, ...setup, background: null, kernel: loadFeatureKernel() },
    (second) => closed.push(second),
  );
  let lastMicros = 0;
  for await (const entry of mergeTimeLines(recordings)) {
    if (entry.kind === "thermal") extractor.addFrame(entry.frame);
    else if (entry.kind === "air") extractor.addAir(entry.sample);
    else if (entry.kind === "tick") extractor.advance(entry.atMicros);
    else if (entry.kind === "config" && entry.config.badPixels?.length === width * height) {
      extractor.setBadPixels(entry.config.badPixels);
    }
    if (entry.kind === "origin" || entry.kind === "truth") continue;
    if (entry.kind !== "tick") lastMicros = Math.max(lastMicros, entry.atMicros);
    yield* closed.splice(0);
  }
  if (lastMicros > 0) extractor.advance(floorToSecondMicros(lastMicros - 1) + microsPerSecond);
  yield* closed.splice(0);
}

interface FeatureTable {
  readonly columns: readonly string[];
  rows(second: FeatureSecond): readonly (readonly number[])[];
}

const wholePictureTable: FeatureTable = {
  columns: wholePictureFeatureNames,
  rows: (second) => (second.vector === null ? [] : [[...second.vector]]),
};

const regionTable: FeatureTable = {
  columns: [...wholePictureFeatureNames, "track", ...regionFeatureNames],
  rows(second) {
    const vector = second.vector;
    if (vector === null) return [];
    return second.regions.map((region) => [...vector, region.trackId, ...region.features]);
  },
};

function csvRow(at: number, values: readonly number[]): string {
  return [at, ...values.map((value) => (Number.isNaN(value) ? "" : String(value)))].join(",");
}

function jsonRow(at: number, columns: readonly string[], values: readonly number[]): string {
  const row: Record<string, number | null> = { at };
  for (const [index, column] of columns.entries()) {
    const value = values[index] ?? Number.NaN;
    row[column] = Number.isNaN(value) ? null : value;
  }
  return JSON.stringify(row);
}
