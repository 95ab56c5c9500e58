import type { InputPreparation } from "#model-package/input-preparation.ts";
import type { TrainingTable } from "./training-table.ts";

/** Values looked at for one median: more rows are thinned evenly. */
const sampledValuesMax = 200_000;

/** Learns medians, means, deviations and which columns have absent values, from the rows of a table. */
export function fitPreparation(table: TrainingTable, clip: number): InputPreparation {
  const median = Float32Array.from(table.columns, medianOf);
  const moments = table.columns.map((column, i) => momentsOf(column, median[i]!));
  const indicatorColumns = table.columns.flatMap((column, i) => (column.some(Number.isNaN) ? [i] : []));
  return {
    featureNames: table.featureNames,
    median,
    mean: Float32Array.from(moments, ({ mean }) => mean),
    deviation: Float32Array.from(moments, ({ deviation }) => deviation),
    clip,
    indicatorColumns: Int32Array.from(indicatorColumns),
  };
}

/** Length of a prepared row. */
export function preparedWidth({ featureNames, indicatorColumns }: InputPreparation): number {
  return featureNames.length + indicatorColumns.length;
}

/** All rows prepared, one behind the other, computed in float32 as the packed graph computes them. */
export function prepareRows(table: TrainingTable, preparation: InputPreparation): Float32Array {
  const { median, mean, deviation, clip, indicatorColumns } = preparation;
  const width = preparedWidth(preparation);
  const prepared = new Float32Array(table.rows * width);
  table.columns.forEach((column, i) => {
    for (let row = 0; row < table.rows; row += 1) {
      const value = column[row]!;
      const filled = Number.isNaN(value) ? median[i]! : value;
      const standard = Math.fround(Math.fround(filled - mean[i]!) / deviation[i]!);
      prepared[row * width + i] = Math.min(clip, Math.max(-clip, standard));
    }
  });
  indicatorColumns.forEach((i, k) => {
    const column = table.columns[i]!;
    const at = table.columns.length + k;
    for (let row = 0; row < table.rows; row += 1)
      prepared[row * width + at] = Number.isNaN(column[row]!) ? 1 : 0;
  });
  return prepared;
}

/** The middle of the values that are there; 0 when none is. */
function medianOf(column: Float32Array): number {
  const step = Math.max(1, Math.ceil(column.length / sampledValuesMax));
  const kept: number[] = [];
  for (let row = 0; row < column.length; row += step)
    if (!Number.isNaN(column[row]!)) kept.push(column[row]!);
  const sorted = Float32Array.from(kept).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

/** Mean and deviation of a column whose absent values count as its median; a constant column has the deviation 1. */
function momentsOf(
  column: Float32Array,
  median: number,
): { readonly mean: number; readonly deviation: number } {
  let sum = 0;
  for (const value of column) sum += Number.isNaN(value) ? median : value;
  const mean = sum / column.length;
  let squares = 0;
  for (const value of column) squares += ((Number.isNaN(value) ? median : value) - mean) ** 2;
  const deviation = Math.fround(Math.sqrt(squares / column.length));
  return { mean, deviation: deviation > 0 && Number.isFinite(deviation) ? deviation : 1 };
}
