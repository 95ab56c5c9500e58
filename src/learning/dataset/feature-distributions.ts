import { labelNames } from "./dataset-columns.ts";
import type { DatasetTable } from "./open-dataset.ts";

/** Bars of a histogram at most. */
const histogramBinsMax = 40;
/** Rows that correlations are taken over at most; more are thinned out evenly. */
const correlationRowsMax = 20_000;
/** The range of a histogram leaves out this share of rows at each end: our own choice. */
export const tailShare = 0.005;

/** How one feature is distributed in each class. */
export interface FeatureDistribution {
  readonly name: string;
  /** Ends of the histogram's range; values beyond count in the outermost bars. */
  readonly low: number;
  readonly high: number;
  /** Rows with a value beyond the range, as a share of those with one. */
  readonly beyondShare: number;
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
  const { low, bins, binWidth, high } = barsOf(present);
  const counts = labelNames.map(() => new Float64Array(bins));
  const totals = new Float64Array(labelNames.length);
  for (let row = 0; row < table.rows; row += 1) {
    const value = column[row]!;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - low) / binWidth)));
    const label = table.labels[row]!;
    counts[label]![bin] = counts[label]![bin]! + 1;
    totals[label] = totals[label]! + 1;
  }
  return {
    name,
    low,
    high,
    beyondShare: present.filter((value) => value < low || value > high).length / present.length,
    shares: counts.map((own, label) =>
      totals[label] === 0 ? null : [...own].map((n) => n / totals[label]!),
    ),
    absentShare: 1 - present.length / Math.max(1, table.rows),
  };
}

/** The bars for values in rising order. Of whole numbers each bar holds equally many: else some would tower over others. */
function barsOf(present: Float32Array | Float64Array): {
  readonly low: number;
  readonly high: number;
  readonly bins: number;
  readonly binWidth: number;
} {
  const last = present.length - 1;
  const low = present[Math.floor(tailShare * last)]!;
  const end = present[Math.ceil((1 - tailShare) * last)]!;
  if (present.every(Number.isInteger)) {
    const binWidth = Math.ceil((end - low + 1) / histogramBinsMax);
    const bins = Math.ceil((end - low + 1) / binWidth);
    return { low, bins, binWidth, high: low + bins * binWidth - 1 };
  }
  const high = end > low ? end : low + 1;
  return { low, high, bins: histogramBinsMax, binWidth: (high - low) / histogramBinsMax };
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

/** Two features that go together, or against each other. */
export interface CorrelatedPair {
  readonly one: string;
  readonly other: string;
  readonly correlation: number;
}

/** The pairs of features with the strongest correlations, strongest first. */
export function strongestPairs(
  names: readonly string[],
  correlations: readonly (readonly number[])[],
  count: number,
): readonly CorrelatedPair[] {
  const pairs = names.flatMap((one, i) =>
    names
      .slice(i + 1)
      .map((other, k) => ({ one, other, correlation: correlations[i]![i + 1 + k]! }))
      .filter(({ correlation }) => !Number.isNaN(correlation)),
  );
  pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  return pairs.slice(0, count);
}
