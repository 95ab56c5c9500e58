import type { BinnedTable } from "./binned-table.ts";
import { binCount } from "./packed-derivatives.ts";

/** Rows to be counted: places `from` to `to` of `index`, and each row's scaled derivatives, second before first. */
export interface CountedRows {
  readonly index: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly scaled: Int32Array;
}

/** Numbers in a histogram of this table: two for each bin of each feature. */
export function histogramNumbers(table: BinnedTable): number {
  return 2 * table.features * binCount;
}

/** Fills a histogram with the sums of these rows, bin by bin. */
export function countRows(histogram: Int32Array, table: BinnedTable, rows: CountedRows): void {
  histogram.fill(0);
  const { bins, stride, features } = table;
  const { index, from, to, scaled } = rows;
  for (let feature = 0; feature < features; feature += 1) {
    const base = 2 * feature * binCount;
    for (let k = from; k < to; k += 1) {
      const row = index[k]!;
      const cell = base + 2 * bins[row * stride + feature]!;
      histogram[cell] = histogram[cell]! + scaled[2 * row]!;
      histogram[cell + 1] = histogram[cell + 1]! + scaled[2 * row + 1]!;
    }
  }
}

/** Turns a parent's histogram into that of one child by taking away the other's. */
export function takeAway(parent: Int32Array, child: Int32Array): void {
  for (let cell = 0; cell < parent.length; cell += 1) parent[cell] = parent[cell]! - child[cell]!;
}
