import {
  regionFeatureNames,
  regionSchemaId,
  wholePictureFeatureNames,
  wholePictureSchemaId,
} from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { microsPerSecond } from "#core/time.ts";
import type { Command } from "../command.ts";
import { featureSeconds, radiometricPictures } from "../feature-seconds.ts";
import { inputOptions, openInputs } from "../open-inputs.ts";
import { choiceOption } from "../parse-arguments.ts";

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
