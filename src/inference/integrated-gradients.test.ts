import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { InputPreparation } from "#model-package/input-preparation.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { randomRow } from "#support/random-trees.ts";
import { linearOdds, networkOdds, prepareRow } from "./dense-walker.ts";
import { linearContributions, networkContributions } from "./integrated-gradients.ts";

const features = 8;

function preparation(random: Random): InputPreparation {
  const some = (): Float32Array => Float32Array.from({ length: features }, () => random.normal());
  return {
    featureNames: ["a", "b", "c", "d", "e", "f", "g", "h"],
    median: some(),
    mean: some(),
    deviation: Float32Array.from({ length: features }, () => random.between(0.3, 2)),
    clip: 3,
    indicatorColumns: Int32Array.of(1, 5),
  };
}

function network(random: Random, sizes: readonly number[]): DenseNetwork {
  const layers = sizes.slice(1).map((outputs, k) => {
    const inputs = sizes[k]!;
    return {
      inputs,
      outputs,
      activation: outputs === 1 ? ("identity" as const) : ("relu" as const),
      weights: Float32Array.from(
        { length: inputs * outputs },
        () => (2 * random.normal()) / Math.sqrt(inputs),
      ),
      bias: Float32Array.from({ length: outputs }, () => random.normal()),
    };
  });
  return { kind: "network", preparation: preparation(random), layers };
}

function sumOf({ usual, byFeature }: ReturnType<typeof networkContributions>): number {
  return byFeature.reduce((total, value) => total + value, usual);
}

test("a network's contributions and its usual log-odds sum to its log-odds within 1e-6", () => {
  const random = new Random(1);
  for (const sizes of [
    [10, 1],
    [10, 16, 1],
    [10, 64, 64, 1],
    [10, 24, 24, 24, 1],
  ]) {
    for (let k = 0; k < 5; k += 1) {
      const model = network(random, sizes);
      const row = randomRow(random, features);
      const error = Math.abs(sumOf(networkContributions(model, row)) - networkOdds(model, row));
      assert.ok(error < 1e-6, `${sizes.join("-")}: ${error}`);
    }
  }
});

test("from kink to kink the integral is what many small steps come to", () => {
  const random = new Random(2);
  const model = network(random, [10, 12, 12, 1]);
  const row = randomRow(random, features);
  const { byFeature } = networkContributions(model, row);
  // Gradients by differences of the network itself, at the middle of each step; the preparation leaves values alone.
  const { median, indicatorColumns } = model.preparation;
  const from = prepareRow(model.preparation, median);
  const to = prepareRow(model.preparation, row);
  const plain: DenseNetwork = {
    kind: "network",
    layers: model.layers,
    preparation: {
      featureNames: [...from].map(String),
      median: new Float32Array(from.length),
      mean: new Float32Array(from.length),
      deviation: new Float32Array(from.length).fill(1),
      clip: 1e6,
      indicatorColumns: new Int32Array(),
    },
  };
  const steps = 400;
  const small = 1 / 512;
  const sums = new Float64Array(from.length);
  for (let step = 0; step < steps; step += 1) {
    const point = from.map((value, i) => value + ((step + 0.5) / steps) * (to[i]! - value));
    for (let i = 0; i < point.length; i += 1) {
      const moved = (by: number): number =>
        networkOdds(plain, point.with(i, Math.fround(point[i]!) + by) as Float32Array);
      sums[i] = sums[i]! + (((moved(small) - moved(-small)) / (2 * small)) * (to[i]! - from[i]!)) / steps;
    }
  }
  indicatorColumns.forEach((feature, k) => {
    sums[feature] = sums[feature]! + sums[features + k]!;
  });
  byFeature.forEach((value, i) => {
    assert.ok(Math.abs(value - sums[i]!) < 0.02, `${i}: ${value} and ${sums[i]}`);
  });
});

test("the ordinary row has no contributions, and a feature at its median contributes nothing", () => {
  const random = new Random(3);
  const model = network(random, [10, 16, 1]);
  const { median } = model.preparation;
  const ordinary = networkContributions(model, median);
  assert.ok(ordinary.byFeature.every((value) => value === 0));
  assert.equal(ordinary.usual, networkOdds(model, median));
  const row = randomRow(random, features);
  row[3] = median[3]!;
  assert.equal(networkContributions(model, row).byFeature[3], 0);
});

test("an absent value contributes by its being absent alone", () => {
  const random = new Random(4);
  const model = network(random, [10, 16, 1]);
  const row = model.preparation.median.slice();
  row[1] = Number.NaN;
  const { usual, byFeature } = networkContributions(model, row);
  assert.ok(Math.abs(usual + byFeature[1]! - networkOdds(model, row)) < 1e-6);
  assert.ok(byFeature.every((value, i) => i === 1 || value === 0));
  // Without an indicator of its own nothing tells that a value is absent.
  const unmarked = model.preparation.median.slice();
  unmarked[2] = Number.NaN;
  assert.equal(networkContributions(model, unmarked).byFeature[2], 0);
});

test("logistic regression's contributions are exact: weight times distance from the ordinary row", () => {
  const random = new Random(5);
  const model: LinearModel = {
    kind: "linear",
    preparation: preparation(random),
    weights: Float32Array.from({ length: 10 }, () => random.normal()),
    bias: 0.5,
  };
  for (let k = 0; k < 20; k += 1) {
    const row = randomRow(random, features);
    assert.ok(Math.abs(sumOf(linearContributions(model, row)) - linearOdds(model, row)) < 1e-9);
  }
  const row = model.preparation.median.slice();
  row[0] = row[0]! + 0.5 * model.preparation.deviation[0]!;
  const { byFeature } = linearContributions(model, row);
  assert.ok(Math.abs(byFeature[0]! - 0.5 * model.weights[0]!) < 1e-6);
});
