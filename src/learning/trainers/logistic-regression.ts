import { badInput } from "#core/failure.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { checkTable } from "./check-table.ts";
import { fitPreparation, preparedWidth, prepareRows } from "./fit-preparation.ts";
import { logistic } from "./logistic.ts";
import { directionsOf, type Monotone } from "./monotone.ts";
import type { Trainer } from "./trainer.ts";
import type { TrainingTable } from "./training-table.ts";

/** What shapes logistic regression. */
export interface RegressionHyperparameters {
  /** L2 penalty on the weights of standardised inputs: half of it times their squares is added to the summed loss. */
  readonly l2: number;
  /** Standardised inputs are cut to ± this. */
  readonly clip: number;
  /** Features in which the output may only rise or only fall. */
  readonly monotone: Monotone;
}

const newtonStepsMax = 50;
const sweepsMax = 500;
const halvingsMax = 30;
const stepSmall = 1e-7;

interface Problem {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  readonly weights: Float32Array | null;
  readonly l2: number;
  /** 1, −1 or 0 for each weight; the bias comes last and is free. */
  readonly signs: Int8Array;
}

interface Slope {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Second derivatives, row by row. */
  readonly hessian: Float64Array;
}

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares); weights that may only rise or fall
 * are held to their side of 0 in every step. The baseline that everything else has to beat.
 */
export const logisticRegression: Trainer<RegressionHyperparameters, LinearModel> = {
  name: "baseline",
  defaults: { l2: 1, clip: 10, monotone: {} },
  async fit(table, options) {
    checkTable(table);
    const { l2, clip, monotone } = options.hyperparameters;
    if (!(l2 > 0)) throw badInput("hyperparameters", "The baseline's l2 is above 0.");
    if (!(clip > 0 && clip <= 1e6))
      throw badInput("hyperparameters", "The baseline's clip is above 0, at most 1e6.");
    const preparation = fitPreparation(table, clip);
    const width = preparedWidth(preparation);
    const signs = new Int8Array(width + 1);
    signs.set(directionsOf(monotone, table.featureNames));
    const problem = { ...labelled(table), width, values: prepareRows(table, preparation), l2, signs };
    let at = new Float64Array(width + 1);
    let slope = slopeAt(problem, at);
    for (let step = 0; step < newtonStepsMax; step += 1) {
      options.signal?.throwIfAborted();
      const next = lineSearch(problem, { at, slope, change: newtonChange(problem, at, slope) });
      if (next === null) break;
      const moved = next.at.reduce((most, weight, k) => Math.max(most, Math.abs(weight - at[k]!)), 0);
      at = next.at;
      slope = next.slope;
      await options.onProgress?.((step + 1) / newtonStepsMax);
      if (moved < stepSmall) break;
    }
    return {
      kind: "linear",
      preparation,
      weights: Float32Array.from(at.subarray(0, width)),
      bias: at[width]!,
    };
  },
};

function labelled({ rows, labels, weights }: TrainingTable): Pick<Problem, "rows" | "labels" | "weights"> {
  return { rows, labels, weights };
}

/** Summed loss with its penalty, and its derivatives. */
function slopeAt(problem: Problem, at: Float64Array): Slope {
  const { rows, width, values, labels, l2 } = problem;
  const size = width + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let loss = 0;
  for (let row = 0; row < rows; row += 1) {
    const from = row * width;
    let odds = at[width]!;
    for (let i = 0; i < width; i += 1) odds += at[i]! * values[from + i]!;
    const weight = problem.weights?.[row] ?? 1;
    const p = logistic(odds);
    const margin = labels[row] === 1 ? odds : -odds;
    loss += weight * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    const first = weight * (p - labels[row]!);
    const second = weight * p * (1 - p);
    for (let i = 0; i < width; i += 1) {
      const value = values[from + i]!;
      gradient[i] = gradient[i]! + first * value;
      const scaled = second * value;
      const to = i * size;
      for (let j = 0; j <= i; j += 1) hessian[to + j] = hessian[to + j]! + scaled * values[from + j]!;
      hessian[width * size + i] = hessian[width * size + i]! + scaled;
    }
    gradient[width] = gradient[width]! + first;
    hessian[size * size - 1] = hessian[size * size - 1]! + second;
  }
  for (let i = 0; i < size; i += 1) {
    // The bias has no penalty to speak of: only enough that it stays finite.
    const penalty = i < width ? l2 : 1e-6;
    loss += (penalty * at[i]! * at[i]!) / 2;
    gradient[i] = gradient[i]! + penalty * at[i]!;
    hessian[i * size + i] = hessian[i * size + i]! + penalty;
    for (let j = 0; j < i; j += 1) hessian[j * size + i] = hessian[i * size + j]!;
  }
  return { loss, gradient, hessian };
}

/** The step to the least of the second-order approximation within the signs, by coordinate descent. */
function newtonChange(problem: Problem, at: Float64Array, { gradient, hessian }: Slope): Float64Array {
  const size = at.length;
  const change = new Float64Array(size);
  const slope = gradient.slice();
  for (let sweep = 0; sweep < sweepsMax; sweep += 1) {
    let moved = 0;
    for (let i = 0; i < size; i += 1) {
      const free = at[i]! + change[i]! - slope[i]! / hessian[i * size + i]!;
      const sign = problem.signs[i]!;
      const next = (sign === 0 ? free : sign > 0 ? Math.max(0, free) : Math.min(0, free)) - at[i]!;
      const step = next - change[i]!;
      if (step === 0) continue;
      change[i] = next;
      for (let j = 0; j < size; j += 1) slope[j] = slope[j]! + step * hessian[i * size + j]!;
      moved = Math.max(moved, Math.abs(step));
    }
    if (moved < stepSmall / 100) break;
  }
  return change;
}

/** Halves the step until the loss falls; null when it does not any more. */
function lineSearch(
  problem: Problem,
  from: { readonly at: Float64Array; readonly slope: Slope; readonly change: Float64Array },
): { readonly at: Float64Array<ArrayBuffer>; readonly slope: Slope } | null {
  let share = 1;
  for (let halving = 0; halving < halvingsMax; halving += 1) {
    const at = Float64Array.from(from.at, (weight, i) => weight + share * from.change[i]!);
    const slope = slopeAt(problem, at);
    if (slope.loss < from.slope.loss) return { at, slope };
    share /= 2;
  }
  return null;
}
