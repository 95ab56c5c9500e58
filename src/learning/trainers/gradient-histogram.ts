import type { BinnedTable } from "./binned-table.ts";
import { binCount } from "./packed-derivatives.ts";

/** Rows to be counted: positions `from` to `to` of `index`, and each row's packed derivatives. */
export interface CountedRows {
  readonly index: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly packed: Float64Array;
}

/** Cells of a histogram of this table. Rows are padded to whole fours of features, and so are histograms. */
export function histogramCells(table: BinnedTable): number {
  return table.stride * binCount;
}

/** Fills a histogram with the sums of these rows, bin by bin. */
export function countRows(histogram: Float64Array, table: BinnedTable, rows: CountedRows): void {
  histogram.fill(0);
  const { bins, stride } = table;
  const { index, from, to, packed } = rows;
  for (let first = 0; first < stride; first += 4) {
    const one = first * binCount;
    const two = one + binCount;
    const three = two + binCount;
    const four = three + binCount;
    for (let k = from; k < to; k += 1) {
      const row = index[k]!;
      const unit = packed[row]!;
      const base = row * stride + first;
      const a = one + bins[base]!;
      const b = two + bins[base + 1]!;
      const c = three + bins[base + 2]!;
      const d = four + bins[base + 3]!;
      histogram[a] = histogram[a]! + unit;
      histogram[b] = histogram[b]! + unit;
      histogram[c] = histogram[c]! + unit;
      histogram[d] = histogram[d]! + unit;
    }
  }
}

/** Turns a parent's histogram into that of one child by taking away the other's. */
export function takeAway(parent: Float64Array, child: Float64Array): void {
  for (let cell = 0; cell < parent.length; cell += 1) parent[cell] = parent[cell]! - child[cell]!;
}
