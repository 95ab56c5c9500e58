import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { featureColumnNames, regionColumn, regionsPerRow } from "./dataset-columns.ts";

/** A statement that is true of every row that was measured, and may be false of one that was made up. */
export interface RowRule {
  /** What is wrong with a row that breaks it. */
  readonly what: string;
  /** True when the row, in the order of `featureColumnNames`, breaks it. NaN breaks nothing. */
  isBroken(row: Float32Array | Float64Array): boolean;
}

/** Where TLinear counts of 0.01 K end (65,535 counts), with a hundredth for rounding. */
const hottestCelsius = 382.21;
const coldestCelsius = -273.15;
/** The optical flow is clamped to this. */
const flowPixelsMax = 8;
/** The largest number an SCD41 can report. */
const co2PpmMax = 65_535;
const leptonPixels = 160 * 120;

/**
 * What must hold of a row by the definitions of the features (docs/guides/features.md): the mean, the 95th percentile
 * and the four hottest pixels are no hotter than the hottest, the largest blob is part of the hot area, percentages lie
 * in 0 to 100, spreads and magnitudes are not negative, flow is clamped, and nothing is infinite.
 */
export const rowRules: readonly RowRule[] = [
  { what: "a value is infinite", isBroken: (row) => row.some((value) => Math.abs(value) === Infinity) },
  above("t_mean", "t_max"),
  above("t_p95", "t_max"),
  above("tproxy_val", "t_max"),
  above("t_hot_largest_blob_pct", "t_hot_area_pct"),
  outside("t_hot_area_pct", { low: 0, high: 100 }),
  outside("t_hot_largest_blob_pct", { low: 0, high: 100 }),
  ...(["t_mean", "t_max", "t_p95", "tproxy_val"] as const).map((name) =>
    outside(name, { low: coldestCelsius, high: hottestCelsius }),
  ),
  ...(["t_std", "t_grad_mean", "t_grad_std", "t_diff_mean", "t_diff_std"] as const).map((name) =>
    outside(name, { low: 0, high: hottestCelsius - coldestCelsius }),
  ),
  outside("flow_mag_mean", { low: 0, high: flowPixelsMax }),
  outside("flow_mag_std", { low: 0, high: flowPixelsMax }),
  outside("gas_val", { low: 0, high: co2PpmMax }),
  ...Array.from({ length: regionsPerRow }, (_, region) => regionRules(region)).flat(),
];

function regionRules(region: number): readonly RowRule[] {
  const limits: readonly (readonly [string, number, number])[] = [
    ["r_area", 1, leptonPixels],
    ["r_peak", coldestCelsius, hottestCelsius],
    ["r_age", 0, Number.MAX_VALUE],
    ["r_flicker", 0, Number.MAX_VALUE],
    ["r_area_flicker", 0, Number.MAX_VALUE],
    ["r_overlap", 0, 1],
    ["r_saturated", 0, 1],
    ["r_aspect", 0, Number.MAX_VALUE],
  ];
  return limits.map(([name, low, high]) => outside(regionColumn(region, name), { low, high }));
}

function place(name: string): number {
  return featureColumnNames.indexOf(name);
}

function above(smaller: string, larger: string): RowRule {
  const one = place(smaller);
  const other = place(larger);
  return { what: `${smaller} is above ${larger}`, isBroken: (row) => row[one]! > row[other]! };
}

function outside(name: string, range: { readonly low: number; readonly high: number }): RowRule {
  const at = place(name);
  const high = range.high === Number.MAX_VALUE ? "" : ` to ${range.high}`;
  return {
    what: `${name} is outside of ${range.low}${high}`,
    isBroken: (row) => row[at]! < range.low || row[at]! > range.high,
  };
}

/** Counts broken rules over many rows. */
export class ImpossibleRows {
  /** Rows that break at least one rule. */
  rows = 0;
  readonly #byRule = new Map<string, number>();
  #first: string | null = null;

  /** Judges one row; `where` names it for people. */
  judge(row: Float32Array | Float64Array, where: () => string): void {
    let broken = false;
    for (const rule of rowRules) {
      if (!rule.isBroken(row)) continue;
      broken = true;
      this.#byRule.set(rule.what, (this.#byRule.get(rule.what) ?? 0) + 1);
      this.#first ??= `${where()}: ${rule.what}`;
    }
    if (broken) this.rows += 1;
  }

  /** How many rows break each rule, those that are broken only. */
  get byRule(): readonly { readonly what: string; readonly rows: number }[] {
    return [...this.#byRule].map(([what, rows]) => ({ what, rows }));
  }

  /** The first broken row, in words; null while there is none. */
  get first(): string | null {
    return this.#first;
  }
}

/** Rows that have only the 18 features: the regions' columns are absent. */
export function rowOfWholePicture(values: ArrayLike<number>): Float32Array {
  const row = new Float32Array(featureColumnNames.length).fill(Number.NaN);
  for (let i = 0; i < wholePictureFeatureNames.length; i += 1) row[i] = values[i] ?? Number.NaN;
  return row;
}
