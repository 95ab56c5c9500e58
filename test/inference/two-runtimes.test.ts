import assert from "node:assert/strict";
import { test } from "node:test";
import * as onnxRuntime from "onnxruntime-node";
import { Random } from "#core/random.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import { gradientBoosting } from "#learning/trainers/gradient-boosting.ts";
import { randomForest } from "#learning/trainers/random-forest.ts";
import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { Head } from "#model-package/head.ts";
import type { InputPreparation } from "#model-package/input-preparation.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { buildModel, inputName, outputName } from "#model-package/onnx/build-graph.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { encodeOnnx } from "#model-package/onnx/encode-onnx.ts";
import { madeTable } from "#support/made-table.ts";

const featureNames = ["a", "b", "c", "d", "e", "f"];
const agreement = 1e-6;

function preparation(random: Random, names: readonly string[]): InputPreparation {
  const some = (): Float32Array => Float32Array.from(names, () => random.normal());
  return {
    featureNames: names,
    median: some(),
    mean: some(),
    deviation: Float32Array.from(names, () => random.between(0.1, 3)),
    clip: 10,
    indicatorColumns: Int32Array.of(names.length - 1),
  };
}

function network(random: Random): DenseNetwork {
  const layer = (inputs: number, outputs: number, activation: "relu" | "identity") => ({
    inputs,
    outputs,
    activation,
    weights: Float32Array.from({ length: inputs * outputs }, () => random.normal() / Math.sqrt(inputs)),
    bias: Float32Array.from({ length: outputs }, () => random.normal()),
  });
  return {
    kind: "network",
    preparation: preparation(random, featureNames),
    layers: [layer(7, 16, "relu"), layer(16, 16, "relu"), layer(16, 1, "identity")],
  };
}

function linear(random: Random, names: readonly string[]): LinearModel {
  return {
    kind: "linear",
    preparation: preparation(random, names),
    weights: Float32Array.from({ length: names.length + 1 }, () => random.normal()),
    bias: 0.3,
  };
}

/** Two heads of four kinds of members, one of them over a subset of the features, calibrated both ways. */
async function madeHeads(): Promise<readonly Head[]> {
  const random = new Random(7);
  const table = madeTable({ rows: 1_500, seed: 1, rule: "checkerboard" });
  const plain = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null, seed: 1 };
  const forest = await randomForest.fit(table, {
    ...plain,
    hyperparameters: { ...randomForest.defaults, trees: 60 },
  });
  const boosting = await gradientBoosting.fit(table, {
    ...plain,
    hyperparameters: { ...gradientBoosting.defaults, rounds: 120 },
  });
  const knots = Array.from({ length: 32 }, (_, k) => ({
    at: -6 + 0.4 * k,
    value: -5 + 0.3 * k + 0.01 * k * k,
  }));
  const shared = { prior: 0.5, threshold: 0.5 };
  return [
    {
      ...shared,
      name: "flaming",
      modality: "fused",
      members: [
        { name: "forest", model: forest },
        { name: "boosting", model: boosting },
        { name: "network", model: network(random) },
      ],
      weights: [0.4, 0.5, 0.3],
      calibration: { kind: "piecewise", knots },
    },
    {
      ...shared,
      name: "slow-heat",
      modality: "air-only",
      members: [{ name: "baseline", model: linear(random, ["b", "d"]) }],
      weights: [0.8],
      calibration: { kind: "platt", slope: 1.3, offset: -0.2 },
    },
  ];
}

/** Ordinary rows, and ones with absent, infinite, largest and smallest values. */
function hostileRows(count: number): Float32Array {
  const random = new Random(11);
  const special = [
    Number.NaN,
    Infinity,
    -Infinity,
    3.4028234663852886e38,
    -3.4028234663852886e38,
    0,
    -0,
    1e-45,
  ];
  return Float32Array.from({ length: count * featureNames.length }, (_, k) =>
    Math.floor(k / featureNames.length) % 2 === 0 || random.uniform() < 0.6
      ? 2 * random.normal()
      : special[random.integer(special.length)]!,
  );
}

test("our executor and ONNX Runtime agree within 1e-6 on 10,000 rows, absent and infinite values among them", async () => {
  const heads = await madeHeads();
  const bytes = encodeOnnx(buildModel(heads, { featureNames, metadata: { made: "by a test" } }));
  const rows = hostileRows(10_000);
  const executor = new GraphExecutor(decodeOnnx(bytes));
  const ours = executor.run(rows);
  const session = await onnxRuntime.InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  const theirs = await session.run({
    [inputName]: new onnxRuntime.Tensor("float32", rows, [10_000, featureNames.length]),
  });
  assert.deepEqual([...session.outputNames].sort(), [...executor.outputs].sort());
  for (const output of executor.outputs) {
    const mine = ours.get(output)!.data;
    const other = theirs[output]!.data as Float32Array;
    assert.equal(mine.length, other.length, output);
    const worst = mine.reduce((most, value, k) => Math.max(most, Math.abs(value - other[k]!)), 0);
    assert.ok(worst <= agreement, `${output}: ${worst}`);
    assert.ok(mine.every(Number.isFinite), `${output} is a number for every row`);
  }
});

test("a graph read back and written again is the same file", async () => {
  const heads = await madeHeads();
  const bytes = encodeOnnx(buildModel(heads, { featureNames, metadata: { made: "by a test" } }));
  assert.deepEqual(encodeOnnx(decodeOnnx(bytes)), bytes);
  assert.deepEqual(
    decodeOnnx(bytes).graph.outputs.map(({ name }) => name),
    heads.flatMap((head) => [`${outputName(head)}_members`, outputName(head)]),
  );
});
