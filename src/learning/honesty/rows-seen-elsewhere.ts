import { createHash } from "node:crypto";
import { featureColumnNames, type SplitName, splitNames } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";

/**
 * For each row of a split, 1 when a row of another split is equal to it in every feature: judging a model on it would be
 * asking for what it has learnt by heart.
 */
export function rowsSeenElsewhere(table: DatasetTable, split: SplitName): Uint8Array {
  const columns = featureColumnNames.flatMap((name) => table.numbers.get(name) ?? []);
  const code = splitNames.indexOf(split);
  const values = new Float32Array(columns.length);
  const bytes = new Uint8Array(values.buffer);
  const keyOf = (row: number): string => {
    columns.forEach((column, k) => {
      values[k] = column[row]!;
    });
    return createHash("sha1").update(bytes).digest("base64");
  };
  const elsewhere = new Set<string>();
  const own: number[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    if (table.splits[row] === code) own.push(row);
    else elsewhere.add(keyOf(row));
  }
  return Uint8Array.from(own, (row) => (elsewhere.has(keyOf(row)) ? 1 : 0));
}
