import assert from "node:assert/strict";
import { test } from "node:test";
import { loadTrainingKernels } from "#kernels/load-training-kernels.ts";
import { denseNetworkTrainer } from "#learning/trainers/dense-network-trainer.ts";
import { gradientBoosting } from "#learning/trainers/gradient-boosting.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";
import { madeTable } from "#support/made-table.ts";

const kernels = loadTrainingKernels();
const plain = { validation: null, workers: 1, onProgress: null, signal: null, seed: 1 };

/** A table of `features` features: those of the made table again and again, with weights. */
function wideTable(options: {
  readonly rows: number;
  readonly features: number;
  readonly seed: number;
}): TrainingTable {
  const made = madeTable({ rows: options.rows, seed: options.seed, rule: "checkerboard" });
  const more = madeTable({ rows: options.rows, seed: options.seed + 100 });
  const columns = Array.from({ length: options.features }, (_, i) =>
    i < 6 ? made.columns[i]! : more.columns[i % 6]!.map((value) => Math.fround(value * (i % 3) + i)),
  );
  return {
    ...made,
    columns,
    featureNames: columns.map((_, i) => `f${i}`),
    weights: Float32Array.from({ length: options.rows }, (_, row) => ((row * 7) % 5) / 2),
  };
}

test("boosting with kernels gives the reference's trees to the last bit", async () => {
  const cases = [
    { rows: 401, features: 6, changes: {} },
    { rows: 900, features: 18, changes: { l2: 0, leafHessianMin: 0, depthMax: 9 } },
    { rows: 600, features: 25, changes: { rowShare: 0.6, featureShare: 0.5 } },
    { rows: 700, features: 32, changes: { monotone: { f0: 1, f1: -1, f5: 1 } as const } },
  ];
  for (const { rows, features, changes } of cases) {
    const table = wideTable({ rows, features, seed: rows });
    const hyperparameters = { ...gradientBoosting.defaults, rounds: 25, ...changes };
    const reference = await gradientBoosting.fit(table, { ...plain, hyperparameters, kernels: null });
    const fast = await gradientBoosting.fit(table, { ...plain, hyperparameters, kernels });
    assert.ok(reference.feature.length > 100, `${reference.feature.length} nodes`);
    assert.deepEqual(fast, reference, `${rows} rows of ${features} features`);
  }
});

test("a network trained with kernels has the reference's weights to the last bit", async () => {
  const cases = [
    { rows: 300, features: 6, changes: { hiddenUnits: [8] } },
    { rows: 301, features: 18, changes: { hiddenUnits: [13, 6], batchRows: 50 } },
    { rows: 260, features: 7, changes: { hiddenUnits: [], batchRows: 33 } },
    { rows: 300, features: 9, changes: { hiddenUnits: [16, 12, 9], monotone: { f0: 1, f1: -1 } as const } },
  ];
  for (const { rows, features, changes } of cases) {
    const table = wideTable({ rows, features, seed: rows });
    const hyperparameters = { ...denseNetworkTrainer.defaults, epochsMax: 3, batchRows: 64, ...changes };
    const reference = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters, kernels: null });
    const fast = await denseNetworkTrainer.fit(table, { ...plain, hyperparameters, kernels });
    assert.deepEqual(fast, reference, `${rows} rows of ${features} features`);
  }
});
