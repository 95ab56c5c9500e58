import assert from "node:assert/strict";
import { test } from "node:test";
import { leafOf, treeOutput, treeProbability } from "#inference/tree-walker.ts";
import { madeTable } from "#support/made-table.ts";
import { assertRisesWithFirstFallsWithSecond } from "#support/rising-outputs.ts";
import { forestDefaults } from "./forest-options.ts";
import { randomForest } from "./random-forest.ts";
import type { TrainingTable } from "./training-table.ts";

const small = { ...forestDefaults, trees: 16, depthMax: 8 };
const alone = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null };

function rowOf(table: TrainingTable, row: number): Float32Array {
  return Float32Array.from(table.columns, (column) => column[row]!);
}

test("one seed gives one forest, whatever the number of workers", async () => {
  const table = madeTable({ rows: 600, seed: 1 });
  const one = await randomForest.fit(table, { ...alone, hyperparameters: small, seed: 3 });
  const two = await randomForest.fit(table, { ...alone, hyperparameters: small, seed: 3, workers: 2 });
  assert.deepEqual(two, one);
  const other = await randomForest.fit(table, { ...alone, hyperparameters: small, seed: 4 });
  assert.notDeepEqual(other.threshold, one.threshold);
});

test("a forest learns a rule that no straight line can draw", async () => {
  const table = madeTable({ rows: 3_000, seed: 2, rule: "checkerboard" });
  const fresh = madeTable({ rows: 1_000, seed: 5, rule: "checkerboard" });
  const forest = await randomForest.fit(table, { ...alone, hyperparameters: small, seed: 1 });
  let right = 0;
  for (let row = 0; row < fresh.rows; row += 1)
    right += treeProbability(forest, rowOf(fresh, row)) > 0.5 === (fresh.labels[row] === 1) ? 1 : 0;
  assert.ok(right / fresh.rows > 0.9, `${right} of ${fresh.rows} right`);
});

test("one tree on all features, without limits, gives every row that it has seen its own label", async () => {
  const table = madeTable({ rows: 500, seed: 3, rule: "coin" });
  const hyperparameters = { ...forestDefaults, trees: 200, depthMax: 40, featuresPerNode: 6 };
  const forest = await randomForest.fit(table, { ...alone, hyperparameters, seed: 1 });
  // A row is in about 63 % of the bootstrap samples, so the vote remembers its label: a training score is no result.
  for (let row = 0; row < table.rows; row += 1)
    assert.equal(treeProbability(forest, rowOf(table, row)) > 0.5, table.labels[row] === 1, `row ${row}`);
});

test("absent values go where the rows without them say", async () => {
  const made = madeTable({ rows: 2_000, seed: 4 });
  const last = made.columns[5]!;
  const labels = Uint8Array.from(last, (value) => (Number.isNaN(value) ? 1 : 0));
  const hyperparameters = { ...small, featuresPerNode: 6 };
  const forest = await randomForest.fit({ ...made, labels }, { ...alone, hyperparameters, seed: 1 });
  const row = new Float32Array(6);
  assert.equal(treeProbability(forest, row), 0);
  row[5] = Number.NaN;
  assert.equal(treeProbability(forest, row), 1);
});

test("a forest keeps to its most nodes, and a leaf to its fewest rows", async () => {
  const table = madeTable({ rows: 2_000, seed: 5, rule: "coin" });
  const hyperparameters = { ...small, nodesMax: 400, leafRowsMin: 12 };
  const forest = await randomForest.fit(table, { ...alone, hyperparameters, seed: 1 });
  assert.ok(forest.feature.length <= 400, `${forest.feature.length} nodes`);
  forest.feature.forEach((feature, node) => {
    if (feature < 0) assert.ok(forest.cover[node]! >= 12, `a leaf of ${forest.cover[node]} rows`);
  });
});

test("rows of weight 0 are never drawn", async () => {
  const made = madeTable({ rows: 400, seed: 6, rule: "checkerboard" });
  const weights = Float32Array.from({ length: 400 }, (_, row) => (row < 200 ? 1 : 0));
  const labels = made.labels.map((label, row) => (row < 200 ? label : 1 - label));
  const forest = await randomForest.fit(
    { ...made, labels, weights },
    { ...alone, hyperparameters: { ...small, depthMax: 30, featuresPerNode: 6 }, seed: 1 },
  );
  for (let row = 0; row < 200; row += 1)
    assert.equal(treeProbability(forest, rowOf(made, row)) > 0.5, labels[row] === 1, `row ${row}`);
});

test("every tree ends in a leaf for any row", async () => {
  const table = madeTable({ rows: 300, seed: 7 });
  const forest = await randomForest.fit(table, { ...alone, hyperparameters: small, seed: 1 });
  for (const value of [Number.NaN, -3.4e38, 3.4e38, 0])
    for (const root of forest.roots)
      assert.equal(forest.feature[leafOf(forest, root, new Float32Array(6).fill(value))], -1);
});

test("a node of more rows than one packed count holds is split where the classes part", async () => {
  const rows = 70_000;
  const made = madeTable({ rows, seed: 13 });
  const labels = Uint8Array.from(made.columns[5]!, (value) => (value > 0.5 || Number.isNaN(value) ? 1 : 0));
  const hyperparameters = { ...small, trees: 1, depthMax: 1, featuresPerNode: 6 };
  const forest = await randomForest.fit({ ...made, labels }, { ...alone, hyperparameters, seed: 1 });
  const row = new Float32Array(6);
  for (const [value, share] of [
    [0.4, 0],
    [0.6, 1],
    [Number.NaN, 1],
  ] as const)
    assert.ok(Math.abs(treeProbability(forest, row.fill(value, 5)) - share) < 0.02, `${value}`);
});

test("nothing is learnt from one class, too few rows or infinite values", async () => {
  const table = madeTable({ rows: 100, seed: 8 });
  const options = { ...alone, hyperparameters: small, seed: 1 };
  const refused = (bad: TrainingTable, code: string): Promise<void> =>
    assert.rejects(randomForest.fit(bad, options), { code });
  await refused({ ...table, labels: new Uint8Array(100) }, "training-labels");
  await refused({ ...table, columns: table.columns.slice(1) }, "training-columns");
  const infinite = table.columns.with(0, new Float32Array(100).fill(Infinity));
  await refused({ ...table, columns: infinite }, "training-infinite");
  await assert.rejects(randomForest.fit(table, { ...options, hyperparameters: { ...small, trees: 0 } }), {
    code: "hyperparameters",
  });
});

test("a promised feature never turns the output the wrong way, and the forest still learns", async () => {
  const hyperparameters = { ...small, depthMax: 12, monotone: { a: 1, b: -1 } as const };
  const options = { ...alone, hyperparameters, seed: 1 };
  const line = await randomForest.fit(madeTable({ rows: 2_000, seed: 9, rule: "line" }), options);
  assertRisesWithFirstFallsWithSecond((row) => treeOutput(line, row));
  const fresh = madeTable({ rows: 1_000, seed: 10, rule: "line" });
  let right = 0;
  for (let row = 0; row < fresh.rows; row += 1)
    right += treeProbability(line, rowOf(fresh, row)) > 0.5 === (fresh.labels[row] === 1) ? 1 : 0;
  assert.ok(right > 770, `${right} of 1000 right`);
  // Here the truth breaks the promise everywhere: the promise wins.
  const against = await randomForest.fit(madeTable({ rows: 1_000, seed: 9, rule: "checkerboard" }), options);
  assertRisesWithFirstFallsWithSecond((row) => treeOutput(against, row));
});

test("an interrupt ends the forest with its reason, alone and with workers", async () => {
  const table = madeTable({ rows: 200, seed: 11 });
  for (const workers of [1, 2]) {
    const interrupt = new AbortController();
    const shares: number[] = [];
    const fit = randomForest.fit(table, {
      ...alone,
      workers,
      hyperparameters: { ...small, trees: 1_000 },
      seed: 1,
      signal: interrupt.signal,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 3) interrupt.abort(new Error("enough"));
      },
    });
    await assert.rejects(fit, { message: "enough" });
    assert.deepEqual(shares.slice(0, 3), [0.001, 0.002, 0.003]);
  }
});

test("what the progress line throws ends the forest, alone and with workers", async () => {
  const table = madeTable({ rows: 200, seed: 12 });
  for (const workers of [1, 2]) {
    const onProgress = (): never => {
      throw new Error("no terminal");
    };
    const fit = randomForest.fit(table, { ...alone, workers, hyperparameters: small, seed: 1, onProgress });
    await assert.rejects(fit, { message: "no terminal" });
  }
});
