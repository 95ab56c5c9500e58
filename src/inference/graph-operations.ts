import { assert } from "#core/failure.ts";
import type { GraphValue } from "./graph-value.ts";

/** Applies a function to every number, rounded to float32. */
export function mapValue(value: GraphValue, of: (x: number) => number): GraphValue {
  const data = new Float32Array(value.data.length);
  for (let k = 0; k < data.length; k += 1) data[k] = of(value.data[k]!);
  return { rows: value.rows, columns: value.columns, data };
}

/**
 * Combines values number by number; one with a single row or column is repeated over the other's (ONNX's
 * multidirectional broadcasting, in two dimensions).
 */
export function combine(
  values: readonly GraphValue[],
  of: (one: number, two: number, three: number) => number,
): GraphValue {
  const rows = values.reduce((most, value) => Math.max(most, value.rows), 1);
  const columns = values.reduce((most, value) => Math.max(most, value.columns), 1);
  for (const value of values)
    assert(
      (value.rows === rows || value.rows === 1) && (value.columns === columns || value.columns === 1),
      "shapes fit together",
    );
  const [one, two, three] = [values[0]!, values[1]!, values[2] ?? values[0]!];
  const data = new Float32Array(rows * columns);
  const steps = [stepOver(one), stepOver(two), stepOver(three)] as const;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      data[row * columns + column] = of(
        one.data[row * steps[0].row + column * steps[0].column]!,
        two.data[row * steps[1].row + column * steps[1].column]!,
        three.data[row * steps[2].row + column * steps[2].column]!,
      );
  return { rows, columns, data };
}

/** How far apart the numbers of two rows and of two columns lie; 0 where one is repeated. */
function stepOver({ rows, columns }: GraphValue): { readonly row: number; readonly column: number } {
  return { row: rows === 1 ? 0 : columns, column: columns === 1 ? 0 : 1 };
}

/** Columns of a value in another order. */
export function gatherColumns(value: GraphValue, columns: readonly number[]): GraphValue {
  const data = new Float32Array(value.rows * columns.length);
  for (let row = 0; row < value.rows; row += 1)
    for (let k = 0; k < columns.length; k += 1)
      data[row * columns.length + k] = value.data[row * value.columns + columns[k]!]!;
  return { rows: value.rows, columns: columns.length, data };
}

/** Values side by side. */
export function concatColumns(values: readonly GraphValue[]): GraphValue {
  const rows = values[0]!.rows;
  const columns = values.reduce((sum, value) => sum + value.columns, 0);
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    let to = row * columns;
    for (const value of values) {
      data.set(value.data.subarray(row * value.columns, (row + 1) * value.columns), to);
      to += value.columns;
    }
  }
  return { rows, columns, data };
}

/** Matrix product. */
export function multiply(left: GraphValue, right: GraphValue): GraphValue {
  assert(left.columns === right.rows, "the inner sizes of a product agree");
  const columns = right.columns;
  const data = new Float32Array(left.rows * columns);
  const sums = new Float64Array(columns);
  for (let row = 0; row < left.rows; row += 1) {
    sums.fill(0);
    for (let k = 0; k < left.columns; k += 1) {
      const factor = left.data[row * left.columns + k]!;
      const from = k * columns;
      for (let column = 0; column < columns; column += 1)
        sums[column] = sums[column]! + factor * right.data[from + column]!;
    }
    data.set(sums, row * columns);
  }
  return { rows: left.rows, columns, data };
}
