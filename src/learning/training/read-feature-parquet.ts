import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { badInput } from "#core/failure.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { GroupedRows } from "../dataset/grouped-rows.ts";
import { type ImportedGroup, importedRowsMax } from "../dataset/imported-group.ts";
import { labelCodeOf, labelWordsText } from "../dataset/label-word.ts";

/**
 * Reads a Parquet file with the 18 features by name and `label`; rows with the same `group` (or `episode`) belong
 * together. Null and NaN are absent. Throws `badInput` that names what cannot be read.
 */
export async function readFeatureParquet(source: {
  readonly path: string;
  readonly bytes: Uint8Array;
}): Promise<readonly ImportedGroup[]> {
  const { path, bytes } = source;
  const file = new Uint8Array(bytes).buffer;
  const metadata = await parquetMetadataAsync(file).catch((cause: unknown) => unreadable(path, cause));
  const names = metadata.schema.slice(1).map(({ name }) => name);
  const missing = [...wholePictureFeatureNames, "label"].filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw badInput("import-columns", `${path} lacks the columns ${missing.join(", ")}.`);
  if (Number(metadata.num_rows) > importedRowsMax)
    throw badInput("training-data", `${path} has ${metadata.num_rows} rows, more than ${importedRowsMax}.`);
  const group = ["group", "episode"].find((name) => names.includes(name)) ?? null;
  const columns = [...wholePictureFeatureNames, "label", ...(group === null ? [] : [group])];
  const objects = await parquetReadObjects({ file, metadata, columns }).catch((cause: unknown) =>
    unreadable(path, cause),
  );
  const rows = new GroupedRows({ origin: path, countedBy: "row" });
  objects.forEach((object, index) => {
    const at = { path, row: index + 1 };
    const vector = Float64Array.from(wholePictureFeatureNames, (name) =>
      numberOf(object[name], { ...at, name }),
    );
    rows.add(
      { number: at.row, vector, label: labelOf(object["label"], at) },
      group === null ? null : String(object[group] ?? ""),
    );
  });
  return rows.finish();
}

function unreadable(path: string, cause: unknown): never {
  throw badInput("training-data", `${path} is no Parquet file that can be read.`, { cause });
}

function numberOf(
  value: unknown,
  at: { readonly path: string; readonly row: number; readonly name: string },
): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  throw badInput("import-number", `${at.path}, row ${at.row}: ${at.name} is "${value}", which is no number.`);
}

function labelOf(value: unknown, at: { readonly path: string; readonly row: number }): number {
  const label = value === null || value === undefined ? null : labelCodeOf(String(value));
  if (label === null)
    throw badInput(
      "import-label",
      `${at.path}, row ${at.row}: "${value}" is no label; they are ${labelWordsText}.`,
    );
  return label;
}
