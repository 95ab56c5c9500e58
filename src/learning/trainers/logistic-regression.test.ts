import assert from "node:assert/strict";
import { test } from "node:test";
import { linearOdds, prepareRow } from "#inference/dense-walker.ts";
import { madeTable } from "#support/made-table.ts";
import { assertRisesWithFirstFallsWithSecond } from "#support/rising-outputs.ts";
import { logisticRegression } from "./logistic-regression.ts";
import type { TrainingTable } from "./training-table.ts";

const plain = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null, seed: 1 };
const hyperparameters = logisticRegression.defaults;

function rowOf(table: TrainingTable, row: number): Float32Array {
  return Float32Array.from(table.columns, (column) => column[row]!);
}

test("the line that made the labels is found again", async () => {
  const table = madeTable({ rows: 20_000, seed: 1, rule: "line" });
  const model = await logisticRegression.fit(table, { ...plain, hyperparameters });
  // Made with the log-odds 2·a − b; inputs are standardised, so each weight is divided by its column's deviation.
  const weight = (i: number): number => model.weights[i]! / model.preparation.deviation[i]!;
  assert.ok(Math.abs(weight(0) - 2) < 0.1, `${weight(0)}`);
  assert.ok(Math.abs(weight(1) + 1) < 0.06, `${weight(1)}`);
  for (const other of [2, 3, 4, 5, 6]) assert.ok(Math.abs(model.weights[other]!) < 0.08, `${other}`);
});

test("at the weights that are found, the penalised loss is flat", async () => {
  const made = madeTable({ rows: 500, seed: 2, rule: "line" });
  const weights = Float32Array.from({ length: 500 }, (_, row) => (row % 3 === 0 ? 2 : 0.5));
  const table = { ...made, weights };
  const model = await logisticRegression.fit(table, {
    ...plain,
    hyperparameters: { ...hyperparameters, l2: 3 },
  });
  const slopes = Array.from(model.weights, (weight) => 3 * weight);
  let biasSlope = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const miss =
      weights[row]! * (1 / (1 + Math.exp(-linearOdds(model, rowOf(table, row)))) - table.labels[row]!);
    prepareRow(model.preparation, rowOf(table, row)).forEach((value, i) => {
      slopes[i] = slopes[i]! + miss * value;
    });
    biasSlope += miss;
  }
  for (const slope of [...slopes, biasSlope]) assert.ok(Math.abs(slope) < 1e-3, `${slope}`);
});

test("perfectly parted classes give finite weights", async () => {
  const made = madeTable({ rows: 200, seed: 3 });
  const labels = Uint8Array.from(made.columns[0]!, (value) => (value > 0 ? 1 : 0));
  const model = await logisticRegression.fit({ ...made, labels }, { ...plain, hyperparameters });
  assert.ok(model.weights.every(Number.isFinite) && Number.isFinite(model.bias));
  assert.ok(model.weights[0]! > 2);
});

test("a promised feature never turns the output the wrong way, though the rows say so", async () => {
  const made = madeTable({ rows: 2_000, seed: 4, rule: "line" });
  const turned = { ...made, labels: made.labels.map((label) => 1 - label) };
  const monotone = { a: 1, b: -1 } as const;
  for (const table of [made, turned]) {
    const model = await logisticRegression.fit(table, {
      ...plain,
      hyperparameters: { ...hyperparameters, monotone },
    });
    assertRisesWithFirstFallsWithSecond((row) => linearOdds(model, row));
    assert.equal(model.weights[0]! > 0, table === made);
  }
});

test("an interrupt ends the fit with its reason", async () => {
  const table = madeTable({ rows: 100, seed: 5 });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(logisticRegression.fit(table, { ...plain, hyperparameters, signal }), {
    message: "enough",
  });
});

test("hyperparameters out of range are refused", async () => {
  const table = madeTable({ rows: 100, seed: 6 });
  for (const wrong of [{ l2: 0 }, { clip: -1 }, { monotone: { z: 1 as const } }])
    await assert.rejects(
      logisticRegression.fit(table, { ...plain, hyperparameters: { ...hyperparameters, ...wrong } }),
      { code: "hyperparameters" },
    );
});
