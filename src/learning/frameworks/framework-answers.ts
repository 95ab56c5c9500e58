import { z } from "zod";
import { machineFault } from "#core/failure.ts";
import { networkOdds } from "#inference/dense-walker.ts";
import { treeProbability } from "#inference/tree-walker.ts";
import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { readModelJson } from "./read-model-json.ts";

const answersShape = z.strictObject({
  /** The framework and its version. */
  framework: z.string(),
  /** Rows of features, absent values null, and the probability that the framework gives each. */
  rows: z.array(z.array(z.number().nullable())).min(1).max(512),
  probabilities: z.array(z.number()),
});

/** What a framework itself says to some rows, with and without absent values: golden.json of a training script. */
export type FrameworkAnswers = z.infer<typeof answersShape>;

/** A framework and our reading of its model may differ by this much of probability. */
export const readingErrorMax = 1e-6;

/** Reads a golden.json. Throws `machineFault` with one sentence when it is none. */
export function readFrameworkAnswers(text: string): FrameworkAnswers {
  return readModelJson(text, answersShape, "golden.json");
}

/** The largest difference of probability between the framework's answers and ours; NaN when an answer is missing. */
export function readingError(model: TreeEnsemble | DenseNetwork, answers: FrameworkAnswers): number {
  const differences = answers.rows.map((cells, k) => {
    const row = Float32Array.from(cells, (cell) => cell ?? Number.NaN);
    const ours =
      model.kind === "trees" ? treeProbability(model, row) : 1 / (1 + Math.exp(-networkOdds(model, row)));
    return Math.abs(ours - answers.probabilities[k]!);
  });
  return Math.max(...differences);
}

/** Throws `machineFault` with code `framework-reading` unless the model, as we read it, says what the framework said. */
export function requireSameAnswers(model: TreeEnsemble | DenseNetwork, answers: FrameworkAnswers): void {
  const error = readingError(model, answers);
  if (error <= readingErrorMax) return;
  throw machineFault(
    "framework-reading",
    `The model of ${answers.framework} says something else when we read it: probabilities differ by ${error}, more than ${readingErrorMax}. This version of it is not one that we can read.`,
  );
}
