import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { networkOdds } from "#inference/dense-walker.ts";
import type { DenseNetwork } from "#model-package/dense-network.ts";
import { madeTable } from "#support/made-table.ts";
import { assertRisesWithFirstFallsWithSecond } from "#support/rising-outputs.ts";
import { denseNetworkTrainer } from "./dense-network-trainer.ts";
import { networkDefaults } from "./network-options.ts";
import { NetworkState } from "./network-state.ts";
import { referenceNetworkEngine } from "./reference-network-engine.ts";
import type { TrainingTable } from "./training-table.ts";

const small = { ...networkDefaults, hiddenUnits: [16, 16], batchRows: 64, epochsMax: 12, learningRate: 5e-3 };
const plain = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null, seed: 1 };

function rowOf(table: TrainingTable, row: number): Float32Array {
  return Float32Array.from(table.columns, (column) => column[row]!);
}

function rightShare(model: DenseNetwork, table: TrainingTable): number {
  let right = 0;
  for (let row = 0; row < table.rows; row += 1)
    right += networkOdds(model, rowOf(table, row)) > 0 === (table.labels[row] === 1) ? 1 : 0;
  return right / table.rows;
}

test("one seed gives one network, another seed another", async () => {
  const table = madeTable({ rows: 300, seed: 1 });
  const hyperparameters = { ...small, epochsMax: 2 };
  const one = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters });
  assert.deepEqual(await denseNetworkTrainer.fit(table, { ...plain, hyperparameters }), one);
  const other = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters, seed: 2 });
  assert.notDeepEqual(other.layers[0]!.weights, one.layers[0]!.weights);
});

test("a network learns a rule that no straight line can draw", async () => {
  const table = madeTable({ rows: 3_000, seed: 2, rule: "checkerboard" });
  const model = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters: small });
  const share = rightShare(model, madeTable({ rows: 1_000, seed: 5, rule: "checkerboard" }));
  assert.ok(share > 0.93, `${share} right`);
});

test("gradients are what small changes of the weights show", () => {
  const random = new Random(4);
  const rows = 5;
  const shape = { inputs: 3, hiddenUnits: [5, 4], batchRows: 8 };
  const state = new NetworkState(referenceNetworkEngine, shape, { random, inputSigns: new Int8Array(3) });
  for (let k = 0; k < rows * 3; k += 1) state.input[k] = random.normal();
  const inputs = state.input.slice();
  const preparation = {
    featureNames: ["a", "b", "c"],
    median: new Float32Array(3),
    mean: new Float32Array(3),
    deviation: new Float32Array(3).fill(1),
    clip: 100,
    indicatorColumns: new Int32Array(),
  };
  const layers = state.layers();
  // The sum over the rows of (row + 1) × the log-odds, computed by the walker in double precision.
  const output = (): number => {
    let sum = 0;
    for (let row = 0; row < rows; row += 1)
      sum +=
        (row + 1) * networkOdds({ kind: "network", preparation, layers }, inputs.slice(3 * row, 3 * row + 3));
    return sum;
  };
  state.forward(rows);
  for (let row = 0; row < rows; row += 1) state.oddsChange[row] = row + 1;
  state.backward(rows);
  const step = 2 ** -10;
  state.gradients().forEach((gradient, k) => {
    for (const name of ["weights", "bias"] as const)
      gradient[name].forEach((slope, i) => {
        const values = layers[k]![name];
        const before = values[i]!;
        values[i] = before + step;
        const above = output();
        values[i] = before - step;
        const below = output();
        values[i] = before;
        const measured = (above - below) / (2 * step);
        assert.ok(Math.abs(measured - slope) < 2e-3 * (1 + Math.abs(slope)), `layer ${k} ${name} ${i}`);
      });
  });
});

test("an absent value is told apart from the median that stands for it", async () => {
  const made = madeTable({ rows: 1_500, seed: 7 });
  const labels = Uint8Array.from(made.columns[5]!, (value) => (Number.isNaN(value) ? 1 : 0));
  const table = { ...made, labels };
  const model = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters: small });
  assert.deepEqual([...model.preparation.indicatorColumns], [5]);
  assert.ok(rightShare(model, table) > 0.99);
});

test("training on noise stops early, and keeps the epoch with the least validation loss", async () => {
  const table = madeTable({ rows: 400, seed: 3, rule: "coin" });
  const validation = madeTable({ rows: 400, seed: 4, rule: "coin" });
  const shares: number[] = [];
  const hyperparameters = { ...small, epochsMax: 100, patienceEpochs: 3 };
  await denseNetworkTrainer.fit(table, {
    ...plain,
    hyperparameters,
    validation,
    onProgress: (share) => void shares.push(share),
  });
  assert.ok(shares.length < 30, `${shares.length} epochs`);
});

test("rows of weight 0 teach nothing", async () => {
  const made = madeTable({ rows: 800, seed: 6, rule: "line" });
  const weights = Float32Array.from({ length: 800 }, (_, row) => (row < 400 ? 2 : 0));
  const turned = {
    ...made,
    weights,
    labels: made.labels.map((label, row) => (row < 400 ? label : 1 - label)),
  };
  const model = await denseNetworkTrainer.fit(turned, { ...plain, hyperparameters: small });
  assert.ok(rightShare(model, madeTable({ rows: 500, seed: 9, rule: "line" })) > 0.75);
});

test("a promised feature never turns the output the wrong way, and the network still learns", async () => {
  const table = madeTable({ rows: 3_000, seed: 6, rule: "line" });
  const hyperparameters = { ...small, monotone: { a: 1, b: -1 } as const };
  const model = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters });
  assert.ok(rightShare(model, madeTable({ rows: 1_000, seed: 8, rule: "line" })) > 0.8);
  assertRisesWithFirstFallsWithSecond((row) => networkOdds(model, row));
  // Here the truth breaks the promise everywhere: the promise wins.
  const against = madeTable({ rows: 1_000, seed: 6, rule: "checkerboard" });
  const held = await denseNetworkTrainer.fit(against, { ...plain, hyperparameters });
  assertRisesWithFirstFallsWithSecond((row) => networkOdds(held, row));
});

test("an interrupt ends training with its reason, and progress is told until then", async () => {
  const interrupt = new AbortController();
  const shares: number[] = [];
  const fit = denseNetworkTrainer.fit(madeTable({ rows: 200, seed: 1 }), {
    ...plain,
    hyperparameters: { ...small, epochsMax: 10 },
    signal: interrupt.signal,
    onProgress: (share) => {
      shares.push(share);
      if (shares.length === 3) interrupt.abort(new Error("enough"));
    },
  });
  await assert.rejects(fit, { message: "enough" });
  assert.deepEqual(shares, [0.1, 0.2, 0.3]);
});

test("hyperparameters out of range are refused", async () => {
  const table = madeTable({ rows: 100, seed: 9 });
  for (const wrong of [
    { hiddenUnits: [0] },
    { epochsMax: 0 },
    { patienceEpochs: 0 },
    { batchRows: 0.5 },
    { learningRate: 0 },
    { weightDecay: -1 },
    { clip: 0 },
    { monotone: { z: 1 as const } },
  ])
    await assert.rejects(
      denseNetworkTrainer.fit(table, { ...plain, hyperparameters: { ...small, ...wrong } }),
      { code: "hyperparameters" },
      Object.keys(wrong)[0],
    );
});
