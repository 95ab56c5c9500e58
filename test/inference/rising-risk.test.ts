import { test } from "node:test";
import { GraphExecutor } from "#inference/graph-executor.ts";
import { denseNetworkTrainer } from "#learning/trainers/dense-network-trainer.ts";
import { gradientBoosting } from "#learning/trainers/gradient-boosting.ts";
import { logisticRegression } from "#learning/trainers/logistic-regression.ts";
import { randomForest } from "#learning/trainers/random-forest.ts";
import type { Head } from "#model-package/head.ts";
import { buildModel, outputName } from "#model-package/onnx/build-graph.ts";
import { madeTable } from "#support/made-table.ts";
import { assertRisesWithFirstFallsWithSecond } from "#support/rising-outputs.ts";

test("a whole ensemble of members that keep a promise keeps it, from row to calibrated probability", async () => {
  // Half of the rows break the promise, so that no member keeps it by itself.
  const line = madeTable({ rows: 1_000, seed: 1, rule: "line" });
  const table = {
    ...line,
    labels: line.labels.map((label, row) => (line.columns[2]![row]! > 0 ? label : 1 - label)),
  };
  const plain = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null, seed: 1 };
  const monotone = { a: 1, b: -1 } as const;
  const forest = { ...randomForest.defaults, trees: 20, monotone };
  const boosting = { ...gradientBoosting.defaults, rounds: 30, monotone };
  const network = { ...denseNetworkTrainer.defaults, hiddenUnits: [12, 12], epochsMax: 5, monotone };
  const baseline = { ...logisticRegression.defaults, monotone };
  const models = [
    await randomForest.fit(table, { ...plain, hyperparameters: forest }),
    await gradientBoosting.fit(table, { ...plain, hyperparameters: boosting }),
    await denseNetworkTrainer.fit(table, { ...plain, hyperparameters: network }),
    await logisticRegression.fit(table, { ...plain, hyperparameters: baseline }),
  ];
  const head: Head = {
    name: "flaming",
    modality: "fused",
    members: models.map((model, i) => ({ name: `member ${i}`, model })),
    weights: [0.3, 0.5, 0.4, 0.1],
    calibration: { kind: "platt", slope: 1.2, offset: -0.3 },
    prior: 0.5,
    threshold: 0.5,
  };
  const executor = new GraphExecutor(buildModel([head], { featureNames: table.featureNames, metadata: {} }));
  assertRisesWithFirstFallsWithSecond((row) => executor.run(row).get(outputName(head))!.data[0]!);
});
