import { assert } from "#core/failure.ts";
import type { TrainingTable } from "./training-table.ts";

/** Bin of absent values; values have the bins below it. */
export const missingBin = 255;
/** Most bins of values for one feature. */
export const valueBinsMax = 255;
/** Values looked at to place the bins of one feature: more rows are thinned evenly. */
const sampledValuesMax = 200_000;

/** A table whose values are replaced by the numbers of their bins: what trees learn from. */
export interface BinnedTable {
  readonly rows: number;
  readonly features: number;
  /**
   * Row by row, `stride` bytes a row, one bin a feature and at least one free byte; a shared buffer, so that workers
   * read the same memory.
   */
  readonly bins: Uint8Array<SharedArrayBuffer>;
  readonly stride: number;
  /**
   * Upper edges by feature: a value belongs to the first bin whose edge it does not exceed; the last bin has no edge.
   * Edges are float32 and lie between two values that occur, so that learnt thresholds part new values in the middle.
   */
  readonly edges: readonly Float32Array[];
}

/** Places the bins by the values' own distribution and sorts every value into its bin. */
export function binTable(table: TrainingTable): BinnedTable {
  return binTableBy(table, table.columns.map(edgesOf));
}

/** Sorts the values of another table (validation rows) into bins that have been placed before. */
export function binTableBy(table: TrainingTable, edges: readonly Float32Array[]): BinnedTable {
  const features = table.columns.length;
  assert(edges.length === features, "there are edges for each feature");
  const stride = Math.ceil((features + 1) / 4) * 4;
  const bins = new Uint8Array(new SharedArrayBuffer(table.rows * stride));
  table.columns.forEach((column, feature) => {
    const edge = edges[feature]!;
    for (let row = 0; row < table.rows; row += 1) bins[row * stride + feature] = binOf(column[row]!, edge);
  });
  return { rows: table.rows, features, bins, stride, edges };
}

/** The bin of one value: binary search among the edges. */
export function binOf(value: number, edges: Float32Array): number {
  if (Number.isNaN(value)) return missingBin;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Edges so that the bins hold about equally many values; a value that fills a whole bin gets one of its own. */
export function edgesOf(column: Float32Array): Float32Array {
  const values = sortedSample(column);
  const edges: number[] = [];
  let at = 0;
  while (at < values.length) {
    const binsLeft = valueBinsMax - edges.length;
    const share = Math.max(1, Math.ceil((values.length - at) / binsLeft));
    let end = Math.min(values.length, at + share);
    // Equal values stay in one bin.
    while (end < values.length && values[end] === values[end - 1]) end += 1;
    if (end < values.length) edges.push(edgeBetween(values[end - 1]!, values[end]!));
    at = end;
  }
  return Float32Array.from(edges);
}

function sortedSample(column: Float32Array): Float32Array {
  const step = Math.max(1, Math.ceil(column.length / sampledValuesMax));
  const kept = new Float32Array(Math.ceil(column.length / step));
  let count = 0;
  for (let i = 0; i < column.length; i += step) {
    const value = column[i]!;
    kept[count] = value;
    count += Number.isNaN(value) ? 0 : 1;
  }
  return kept.subarray(0, count).sort();
}

/** The float32 in the middle, so that low ≤ edge < high also after rounding. */
function edgeBetween(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high && middle >= low ? middle : low;
}

/** Largest float32: "every value is at most this". */
const everyValue = 3.4028234663852886e38;

/** The threshold at which values of bins up to `bin` go left; beyond the last edge every value does. */
export function thresholdOf(edges: Float32Array, bin: number): number {
  return bin < edges.length ? edges[bin]! : everyValue;
}
