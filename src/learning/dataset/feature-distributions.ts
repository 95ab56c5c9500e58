import { labelNames } from "./dataset-columns.ts";
import type { DatasetTable } from "./open-dataset.ts";

/** Bars of a histogram. */
export const histogramBins = 40;
/** Rows that correlations are taken over at most; more are thinned out evenly. */
const correlationRowsMax = 20_000;
/** The range of a histogram leaves out this share of rows at each end. */
const tailShare = 0.002;

/** How one feature is distributed in each class. */
export interface FeatureDistribution {
  readonly name: string;
  /** Ends of the histogram's range; values beyond count in the outermost bars. */
  readonly low: number;
  readonly high: number;
  /** For each label in the order of `labelNames`: the share of its rows in each bar; null for a label without values. */
  readonly shares: readonly (readonly number[] | null)[];
  /** Rows in which the feature is absent, as a share of all. */
  readonly absentShare: number;
}

/** Histograms of a feature by class; null where no row has a value. */
export function distributionOf(table: DatasetTable, name: string): FeatureDistribution | null {
  const column = table.numbers.get(name);
  if (column === undefined) return null;
  const present = column.filter((value) => Number.isFinite(value)).sort();
  if (present.length === 0) return null;
  const low = present[Math.floor(tailShare * (present.length - 1))]!;
  const end = present[Math.ceil((1 - tailShare) * (present.length - 1))]!;
  const high = end > low ? end : low + 1;
  const counts = labelNames.map(() => new Float64Array(histogramBins));
  const totals = new Float64Array(labelNames.length);
  for (let row = 0; row < table.rows; row += 1) {
    const value = column[row]!;
    if (!Number.isFinite(value)) continue;
    const place = Math.floor((histogramBins * (value - low)) / (high - low));
    const bin = Math.min(histogramBins - 1, Math.max(0, place));
    const label = table.labels[row]!;
    counts[label]![bin] = counts[label]![bin]! + 1;
    totals[label] = totals[label]! + 1;
  }
  return {
    name,
    low,
    high,
    shares: counts.map((bins, label) =>
      totals[label] === 0 ? null : [...bins].map((n) => n / totals[label]!),
    ),
    absentShare: 1 - present.length / Math.max(1, table.rows),
  };
}

/** Pearson correlations of features, pair by pair over the rows that have both; NaN where one never varies. */
export function correlationsOf(
  table: DatasetTable,
  names: readonly string[],
): readonly (readonly number[])[] {
  const stride = Math.max(1, Math.ceil(table.rows / correlationRowsMax));
  const columns = names.map((name) => {
    const column = table.numbers.get(name);
    const rows = Math.ceil(table.rows / stride);
    return Float64Array.from({ length: rows }, (_, i) => column?.[i * stride] ?? Number.NaN);
  });
  return columns.map((one, i) => columns.map((other, j) => (i === j ? 1 : correlation(one, other))));
}

function correlation(one: Float64Array, other: Float64Array): number {
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < one.length; i += 1) {
    if (!(Number.isFinite(one[i]!) && Number.isFinite(other[i]!))) continue;
    count += 1;
    sumA += one[i]!;
    sumB += other[i]!;
  }
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < one.length; i += 1) {
    if (!(Number.isFinite(one[i]!) && Number.isFinite(other[i]!))) continue;
    const a = one[i]! - sumA / count;
    const b = other[i]! - sumB / count;
    aa += a * a;
    bb += b * b;
    ab += a * b;
  }
  return aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb);
}
