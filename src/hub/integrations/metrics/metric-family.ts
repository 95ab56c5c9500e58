/** One value of a metric, told from the others by its labels. */
export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its values now; one without values has none to tell, which is not 0. */
export interface MetricFamily {
  /** Ends with its unit, or with `_total` where it counts (https://prometheus.io/docs/practices/naming/). */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly samples: readonly MetricSample[];
}

/** A value where there is one: what is absent has no sample, so that nobody takes an old value for a present one. */
export function sample(
  labels: Readonly<Record<string, string>>,
  value: number | null | undefined,
): readonly MetricSample[] {
  return value === null || value === undefined || !Number.isFinite(value) ? [] : [{ labels, value }];
}
