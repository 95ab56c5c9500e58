import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { badInput } from "#core/failure.ts";
import { regionSchemaId } from "#core/features/feature-schema.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { importedFileBytesMax, unpackedBytesMax } from "#recording/recording-limits.ts";
import { isGzip, unpackGzip } from "#recording/unpack-gzip.ts";
import { featureColumnNames, regionColumn, regionsPerRow } from "../dataset/dataset-columns.ts";
import { readFeatureCsv } from "../dataset/import-feature-csv.ts";
import type { ImportedGroup } from "../dataset/imported-group.ts";
import { openDataset } from "../dataset/open-dataset.ts";
import { leakWords } from "../dataset/row-duplicates.ts";
import type { SchemaChoice } from "./feature-groups.ts";
import { neededColumns } from "./head-table.ts";
import { readFeatureParquet } from "./read-feature-parquet.ts";
import { tableOfGroups } from "./table-of-groups.ts";
import type { TrainingData } from "./training-data.ts";

/** How the data is to be read. */
export interface TrainingDataWish {
  /** Null: with regions where the data has them. */
  readonly schema: SchemaChoice | null;
  /** What to do with rows that cannot have been measured. */
  readonly impossible: "warn" | "refuse";
}

/**
 * Opens a data set's folder, or a CSV (also .gz) or Parquet file with the 18 features and `label`. Throws `badInput`
 * with one sentence for anything that cannot be learnt from.
 */
export async function openTrainingData(path: string, wish: TrainingDataWish): Promise<TrainingData> {
  const found = await stat(path).catch((cause: unknown) => {
    throw badInput(
      "training-data",
      `${path} cannot be read: name a data set folder, a CSV or a Parquet file.`,
      {
        cause,
      },
    );
  });
  const data = found.isDirectory() ? await readFolder(path, wish) : await readTableFile(path, wish);
  if (data.table.rows === 0) throw badInput("training-data", `${path} holds no rows.`);
  if (wish.impossible === "refuse" && data.impossible.rows > 0)
    throw badInput(
      "impossible-rows",
      `${path}: ${impossibleText(data.impossible)}. Mend them, or train without --strict.`,
    );
  return data;
}

/** What is wrong with impossible rows, in one line without a full stop. */
export function impossibleText({ rows, byRule }: TrainingData["impossible"]): string {
  const rules = byRule.map(({ what, rows: broken }) => `${what} (${broken})`).join("; ");
  const detail = rules === "" ? "" : `: ${rules}`;
  return `${rows} ${rows === 1 ? "row" : "rows"} cannot have been measured${detail}`;
}

async function readFolder(path: string, wish: TrainingDataWish): Promise<TrainingData> {
  const dataset = await openDataset(path);
  const { card } = dataset;
  const hasRegions = card.featureSchemas.includes(regionSchemaId);
  if (wish.schema === "region" && !hasRegions)
    throw badInput(
      "training-schema",
      `${path} has no features of regions: train it with --schema whole-picture.`,
    );
  const schema = wish.schema ?? (hasRegions ? "region" : "whole-picture");
  const needed = neededColumns("region");
  const tracks = Array.from({ length: regionsPerRow }, (_, k) => regionColumn(k, "track"));
  const table = await dataset.read({
    splits: ["train", "validation", "test"],
    numbers: [...new Set([...featureColumnNames, ...needed.numbers, ...tracks, "second", "is_hot_process"])],
    words: [...needed.words, ...leakWords],
  });
  return {
    name: path,
    table,
    schema,
    kind: "dataset",
    sha256: card.contentSha256,
    lineage: {
      title: card.title,
      origin: card.origin,
      softwareVersion: card.softwareVersion,
      physicsVersion: card.physicsVersion,
      seed: card.seed,
      fold: card.fold,
      splitShares: JSON.stringify(card.splitShares),
    },
    impossible: { rows: card.impossibleRows, byRule: [] },
    warnings: card.origin === "import" ? [card.splitRule] : [],
  };
}

async function readTableFile(path: string, wish: TrainingDataWish): Promise<TrainingData> {
  if (wish.schema === "region")
    throw badInput(
      "training-schema",
      `${path} is a plain table, which has no features of regions: leave --schema out.`,
    );
  const bytes = await readFileBytes(path, importedFileBytesMax);
  const { table, impossible, warnings } = tableOfGroups(await groupsOf(path, bytes), path);
  return {
    name: path,
    table,
    schema: "whole-picture",
    kind: "table",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    lineage: { title: basename(path), origin: "table" },
    impossible,
    warnings,
  };
}

async function groupsOf(path: string, bytes: Uint8Array): Promise<readonly ImportedGroup[]> {
  const isParquet = Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "PAR1";
  if (isParquet) return readFeatureParquet({ path, bytes });
  const content = isGzip(bytes)
    ? (await unpackGzip({ bytes, path, bytesMax: unpackedBytesMax })).content
    : bytes;
  return readFeatureCsv({ path, text: Buffer.from(content).toString() });
}
