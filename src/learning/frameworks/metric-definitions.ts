/** How SageMaker finds a metric in what a training script prints: a regular expression with one group. */
export interface MetricDefinition {
  readonly Name: string;
  readonly Regex: string;
}

const number = "([0-9.eE+-]+)";

/**
 * The metrics that our training scripts print, in the form of SageMaker's `MetricDefinitions` (at most 40, each
 * expression at most 500 characters long). Scores on the training channel are no measure of a model.
 */
export const metricDefinitions: readonly MetricDefinition[] = [
  { Name: "train:logloss", Regex: `train-logloss=${number};` },
  { Name: "train:auc", Regex: `train-auc=${number};` },
  { Name: "validation:logloss", Regex: `validation-logloss=${number};` },
  { Name: "validation:auc", Regex: `validation-auc=${number};` },
  { Name: "progress", Regex: `progress=${number};` },
];

const compiled = metricDefinitions.map(({ Name, Regex }) => ({ name: Name, regex: new RegExp(Regex) }));

/** The metric in one line of output; null when it holds none. */
export function metricInLine(line: string): { readonly name: string; readonly value: number } | null {
  for (const { name, regex } of compiled) {
    const value = Number(regex.exec(line)?.[1] ?? Number.NaN);
    if (Number.isFinite(value)) return { name, value };
  }
  return null;
}
