import { labelNames, type SplitName, splitNames } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import type { SchemaChoice } from "./feature-groups.ts";

/** What a package learns from: rows in memory, and what has to be said about them. */
export interface TrainingData {
  /** For people: the folder or file. */
  readonly name: string;
  /** All splits. */
  readonly table: DatasetTable;
  readonly schema: SchemaChoice;
  /** "table": a plain table of the 18 features, whose labels know fire and no fire only. */
  readonly kind: "dataset" | "table";
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
  readonly lineage: Readonly<Record<string, string | number | null>>;
  /** Rows that cannot have been measured, by the rule they break. */
  readonly impossible: {
    readonly rows: number;
    readonly byRule: readonly { readonly what: string; readonly rows: number }[];
  };
  /** Sentences about the data that its user must know. */
  readonly warnings: readonly string[];
}

/** Only the rows for which `wanted` holds, in their order. */
export function keepSeconds(table: DatasetTable, wanted: (row: number) => boolean): DatasetTable {
  const kept: number[] = [];
  for (let row = 0; row < table.rows; row += 1) if (wanted(row)) kept.push(row);
  const pick = (column: Float32Array | Float64Array) =>
    column instanceof Float32Array
      ? Float32Array.from(kept, (row) => column[row]!)
      : Float64Array.from(kept, (row) => column[row]!);
  return {
    rows: kept.length,
    labels: Uint8Array.from(kept, (row) => table.labels[row]!),
    groups: Int32Array.from(kept, (row) => table.groups[row]!),
    pairs: Int32Array.from(kept, (row) => table.pairs[row]!),
    splits: Uint8Array.from(kept, (row) => table.splits[row]!),
    numbers: new Map([...table.numbers].map(([name, column]) => [name, pick(column)])),
    words: new Map(
      [...table.words].map(([name, { codes, names }]) => [
        name,
        { names, codes: Uint16Array.from(kept, (row) => codes[row]!) },
      ]),
    ),
  };
}

/** The rows of one split. */
export function splitOf(table: DatasetTable, split: SplitName): DatasetTable {
  const code = splitNames.indexOf(split);
  return keepSeconds(table, (row) => table.splits[row] === code);
}

/** How many rows of each label a split has. */
export function labelBalance(table: DatasetTable): Readonly<Record<SplitName, Record<string, number>>> {
  const counts = Object.fromEntries(
    splitNames.map((split) => [split, Object.fromEntries(labelNames.map((label) => [label, 0]))]),
  ) as Record<SplitName, Record<string, number>>;
  for (let row = 0; row < table.rows; row += 1) {
    const bySplit = counts[splitNames[table.splits[row]!]!];
    const label = labelNames[table.labels[row]!]!;
    bySplit[label] = bySplit[label]! + 1;
  }
  return counts;
}
