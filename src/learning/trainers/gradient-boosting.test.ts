import assert from "node:assert/strict";
import { test } from "node:test";
import { treeOutput, treeProbability } from "#inference/tree-walker.ts";
import { madeTable } from "#support/made-table.ts";
import { assertRisesWithFirstFallsWithSecond } from "#support/rising-outputs.ts";
import { boostingDefaults } from "./boosting-options.ts";
import { gradientBoosting } from "./gradient-boosting.ts";
import type { TrainingTable } from "./training-table.ts";

const small = { ...boostingDefaults, rounds: 40, depthMax: 4 };
const plain = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null, seed: 1 };

function rowOf(table: TrainingTable, row: number): Float32Array {
  return Float32Array.from(table.columns, (column) => column[row]!);
}

test("one seed gives one model, another seed another", async () => {
  const table = madeTable({ rows: 500, seed: 1 });
  const hyperparameters = { ...small, rowShare: 0.7, featureShare: 0.7 };
  const one = await gradientBoosting.fit(table, { ...plain, hyperparameters });
  assert.deepEqual(await gradientBoosting.fit(table, { ...plain, hyperparameters }), one);
  const other = await gradientBoosting.fit(table, { ...plain, hyperparameters, seed: 2 });
  assert.notDeepEqual(other.threshold, one.threshold);
});

test("boosting learns a rule that no straight line can draw", async () => {
  const table = madeTable({ rows: 3_000, seed: 2, rule: "checkerboard" });
  const fresh = madeTable({ rows: 1_000, seed: 5, rule: "checkerboard" });
  const model = await gradientBoosting.fit(table, { ...plain, hyperparameters: small });
  let right = 0;
  for (let row = 0; row < fresh.rows; row += 1)
    right += treeProbability(model, rowOf(fresh, row)) > 0.5 === (fresh.labels[row] === 1) ? 1 : 0;
  assert.ok(right / fresh.rows > 0.95, `${right} of ${fresh.rows} right`);
});

test("the first leaves are Newton's step: −G / (H + λ), times the rate", async () => {
  const rows = 400;
  const side = Float32Array.from({ length: rows }, (_, row) => (row < 100 ? 0 : 1));
  // 100 rows with 20 positives at 0, 300 rows with 240 positives at 1.
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    (row < 100 ? row % 5 === 0 : row % 5 !== 0) ? 1 : 0,
  );
  const table = {
    featureNames: ["side"],
    rows,
    columns: [side],
    labels,
    groups: new Int32Array(rows),
    weights: null,
  };
  const hyperparameters = { ...small, rounds: 1, depthMax: 1, l2: 2 };
  const model = await gradientBoosting.fit(table, { ...plain, hyperparameters });
  const share = 260 / 400;
  const spread = share * (1 - share);
  const step = (count: number, positives: number): number =>
    (0.1 * (positives - count * share)) / (count * spread + 2);
  assert.ok(Math.abs(model.base - Math.log(share / (1 - share))) < 1e-12);
  for (const [value, count, positives] of [
    [0, 100, 20],
    [1, 300, 240],
  ] as const) {
    const output = treeOutput(model, Float32Array.of(value)) - model.base;
    assert.ok(Math.abs(output - step(count, positives)) < 1e-6, `${output} at ${value}`);
  }
});

test("training on noise stops early, and keeps the rounds up to the least validation loss", async () => {
  const table = madeTable({ rows: 800, seed: 3, rule: "coin" });
  const validation = madeTable({ rows: 400, seed: 4, rule: "coin" });
  const hyperparameters = { ...small, rounds: 300, patienceRounds: 8 };
  const model = await gradientBoosting.fit(table, { ...plain, hyperparameters, validation });
  assert.ok(model.roots.length < 40, `${model.roots.length} trees`);
});

test("a feature that may only rise never lowers the output, whatever the others are", async () => {
  const made = madeTable({ rows: 2_000, seed: 6, rule: "checkerboard" });
  const hyperparameters = { ...small, depthMax: 6, monotone: { a: 1, b: -1 } as const };
  const model = await gradientBoosting.fit(made, { ...plain, hyperparameters });
  assertRisesWithFirstFallsWithSecond((row) => treeOutput(model, row));
});

test("absent values go where the rows without them say", async () => {
  const made = madeTable({ rows: 2_000, seed: 7 });
  const labels = Uint8Array.from(made.columns[5]!, (value) => (Number.isNaN(value) ? 1 : 0));
  const model = await gradientBoosting.fit({ ...made, labels }, { ...plain, hyperparameters: small });
  const row = new Float32Array(6);
  assert.ok(treeProbability(model, row) < 0.05);
  row[5] = Number.NaN;
  assert.ok(treeProbability(model, row) > 0.95);
});

test("a weight of three counts as the row three times", async () => {
  const made = madeTable({ rows: 300, seed: 8 });
  const times = (row: number): number => (row % 4 === 0 ? 3 : 1);
  const repeated = Array.from({ length: 300 }, (_, row) =>
    Array.from({ length: times(row) }, () => row),
  ).flat();
  const long: TrainingTable = {
    ...made,
    rows: repeated.length,
    columns: made.columns.map((column) => Float32Array.from(repeated, (row) => column[row]!)),
    labels: Uint8Array.from(repeated, (row) => made.labels[row]!),
    groups: new Int32Array(repeated.length),
  };
  const weights = Float32Array.from({ length: 300 }, (_, row) => times(row));
  const hyperparameters = { ...small, rounds: 5, depthMax: 2 };
  const one = await gradientBoosting.fit({ ...made, weights }, { ...plain, hyperparameters });
  const other = await gradientBoosting.fit(long, { ...plain, hyperparameters });
  // Bins lie by counts of rows, so that the thresholds differ a little; the outputs nearly agree.
  for (let row = 0; row < 300; row += 10)
    assert.ok(Math.abs(treeOutput(one, rowOf(made, row)) - treeOutput(other, rowOf(made, row))) < 0.1);
});

test("hyperparameters out of range are refused by name", async () => {
  const table = madeTable({ rows: 100, seed: 9 });
  for (const wrong of [
    { rounds: 0 },
    { learningRate: 2 },
    { l2: -1 },
    { rowShare: 0 },
    { monotone: { z: 1 as const } },
  ])
    await assert.rejects(
      gradientBoosting.fit(table, { ...plain, hyperparameters: { ...small, ...wrong } }),
      { code: "hyperparameters" },
      Object.keys(wrong)[0],
    );
});
