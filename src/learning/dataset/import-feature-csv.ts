import { badInput } from "#core/failure.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { csvLines } from "#recording/csv-table.ts";
import { GroupedRows } from "./grouped-rows.ts";
import type { ImportedGroup } from "./imported-group.ts";
import { labelCodeOf, labelWordsText } from "./label-word.ts";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

interface CsvColumns {
  readonly features: readonly number[];
  readonly label: number;
  readonly group: number | null;
}

/** True for the first line of a table that names features. */
export function looksLikeFeatureTable(firstLine: string): boolean {
  return /(^|[,;\t"])\s*t_mean\s*("|[,;\t]|$)/.test(firstLine);
}

/**
 * Reads a CSV with the 18 features by name, in any order, and `label`; rows with the same `group` (or `episode`) belong
 * together. Empty cells and NaN are absent. Throws `badInput` that names file, line and column of what cannot be read.
 */
export function readFeatureCsv(file: {
  readonly path: string;
  readonly text: string;
}): readonly ImportedGroup[] {
  const [head, ...lines] = csvLines(file.text, file.path);
  if (head === undefined) throw badInput("import-empty", `${file.path} is empty.`);
  const columns = columnsOf(head.cells, file.path);
  const rows = new GroupedRows({ origin: file.path, countedBy: "line" });
  for (const { number, cells } of lines) {
    const vector = Float64Array.from(columns.features, (column, k) =>
      numberOf(cells[column] ?? "", { path: file.path, line: number, name: wholePictureFeatureNames[k]! }),
    );
    const text = cells[columns.label] ?? "";
    const label = labelCodeOf(text);
    if (label === null)
      throw badInput(
        "import-label",
        `${file.path}, line ${number}: "${text}" is no label; they are ${labelWordsText}.`,
      );
    rows.add({ number, vector, label }, columns.group === null ? null : (cells[columns.group] ?? ""));
  }
  const groups = rows.finish();
  if (groups.length === 0) throw badInput("import-empty", `${file.path} has a header and no rows.`);
  return groups;
}

function columnsOf(names: readonly string[], path: string): CsvColumns {
  const place = (name: string) => names.findIndex((one) => one.trim().toLowerCase() === name);
  const missing = [...wholePictureFeatureNames, "label"].filter((name) => place(name) < 0);
  if (missing.length > 0)
    throw badInput(
      "import-columns",
      missing.length === 1
        ? `${path} lacks the column ${missing[0]}: name it in its first line.`
        : `${path} lacks the columns ${missing.join(", ")}: name them in its first line.`,
    );
  for (const name of [...wholePictureFeatureNames, "label", "group", "episode"]) {
    const places = names.filter((one) => one.trim().toLowerCase() === name).length;
    if (places > 1)
      throw badInput(
        "import-columns",
        `${path} has the column ${name} ${places} times: keep the one that is meant.`,
      );
  }
  const named = place("group");
  const group = named < 0 ? place("episode") : named;
  return {
    features: wholePictureFeatureNames.map(place),
    label: place("label"),
    group: group < 0 ? null : group,
  };
}

function numberOf(
  text: string,
  at: { readonly path: string; readonly line: number; readonly name: string },
): number {
  if (/^(nan|null|none|na)?$/i.test(text.trim())) return Number.NaN;
  // Infinity is a number here, so that it is counted as impossible and not taken for a slip of the pen.
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text.trim());
  if (infinite !== null) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // Number alone would take 0x10 for 16.
  const value = decimal.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isNaN(value))
    throw badInput(
      "import-number",
      `${at.path}, line ${at.line}: ${at.name} is "${text}", which is no number.`,
    );
  return value;
}
