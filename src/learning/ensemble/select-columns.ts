import { assert } from "#core/failure.ts";
import type { TrainingTable } from "../trainers/training-table.ts";

/** The same rows with only these features, in this order. */
export function selectColumns(table: TrainingTable, names: readonly string[]): TrainingTable {
  const columns = names.map((name) => {
    const at = table.featureNames.indexOf(name);
    assert(at >= 0, `the table has a column ${name}`);
    return table.columns[at]!;
  });
  return { ...table, featureNames: names, columns };
}

/** Only these rows. */
export function selectRows(table: TrainingTable, rows: ArrayLike<number>): TrainingTable {
  const pick = (column: Float32Array): Float32Array => Float32Array.from(rows, (row) => column[row]!);
  return {
    featureNames: table.featureNames,
    rows: rows.length,
    columns: table.columns.map(pick),
    labels: Uint8Array.from(rows, (row) => table.labels[row]!),
    groups: Int32Array.from(rows, (row) => table.groups[row]!),
    weights: table.weights === null ? null : pick(table.weights),
  };
}
