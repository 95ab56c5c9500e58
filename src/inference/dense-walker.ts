import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { InputPreparation } from "#model-package/input-preparation.ts";
import type { LinearModel } from "#model-package/linear-model.ts";

/**
 * One row prepared as `InputPreparation` says. Row values count in the preparation's own features; the steps are
 * rounded to float32 as in the packed graph.
 */
export function prepareRow(preparation: InputPreparation, row: Float32Array): Float32Array<ArrayBuffer> {
  const { median, mean, deviation, clip, indicatorColumns } = preparation;
  const prepared = new Float32Array(row.length + indicatorColumns.length);
  for (let i = 0; i < row.length; i += 1) {
    const value = row[i]!;
    const filled = Number.isNaN(value) ? median[i]! : value;
    const standard = Math.fround(Math.fround(filled - mean[i]!) / deviation[i]!);
    prepared[i] = Math.min(clip, Math.max(-clip, standard));
  }
  for (let k = 0; k < indicatorColumns.length; k += 1)
    prepared[row.length + k] = Number.isNaN(row[indicatorColumns[k]!]!) ? 1 : 0;
  return prepared;
}

/** Log-odds that a network gives a row; sums in double precision. */
export function networkOdds({ preparation, layers }: DenseNetwork, row: Float32Array): number {
  let values: ArrayLike<number> = prepareRow(preparation, row);
  for (const { outputs, weights, bias, activation } of layers) {
    const next = Float64Array.from(bias);
    for (let input = 0; input < values.length; input += 1) {
      const value = values[input]!;
      if (value === 0) continue;
      const from = input * outputs;
      for (let k = 0; k < outputs; k += 1) next[k] = next[k]! + value * weights[from + k]!;
    }
    if (activation === "relu") for (let k = 0; k < outputs; k += 1) next[k] = Math.max(0, next[k]!);
    values = next;
  }
  return values[0]!;
}

/** Log-odds that logistic regression gives a row. */
export function linearOdds({ preparation, weights, bias }: LinearModel, row: Float32Array): number {
  const values = prepareRow(preparation, row);
  let odds = bias;
  for (let i = 0; i < values.length; i += 1) odds += values[i]! * weights[i]!;
  return odds;
}
