import assert from "node:assert/strict";
import { test } from "node:test";
import { networkOdds } from "#inference/dense-walker.ts";
import { treeOutput } from "#inference/tree-walker.ts";
import { readingError, requireSameAnswers } from "./framework-answers.ts";
import { boostingTexts, commonTexts, forestTexts } from "./framework-hyperparameters.ts";
import { readPytorchNetwork } from "./read-pytorch-network.ts";
import { readSklearnForest } from "./read-sklearn-forest.ts";
import { readXgboostModel } from "./read-xgboost-model.ts";

const names = ["a", "b"];

/** One tree as XGBoost writes it: a below 0.5 and absent values left to −1, else b below 0 to 2, above and absent to 3. */
const xgboostTree = {
  split_indices: [0, 0, 1, 0, 0],
  split_conditions: [0.5, -1, 0, 2, 3],
  left_children: [1, -1, 3, -1, -1],
  right_children: [2, -1, 4, -1, -1],
  default_left: [1, 0, 0, 0, 0],
  split_type: [0, 0, 0, 0, 0],
  sum_hessian: [10, 4, 6, 3, 3],
};

function xgboostModel(changes: {
  readonly tree?: object;
  readonly baseScore?: string;
  readonly objective?: string;
}): string {
  return JSON.stringify({
    learner: {
      objective: { name: changes.objective ?? "binary:logistic" },
      learner_model_param: { base_score: changes.baseScore ?? "5E-1", num_feature: "2" },
      gradient_booster: { name: "gbtree", model: { trees: [{ ...xgboostTree, ...changes.tree }] } },
    },
    version: [1, 7, 4],
  });
}

test("XGBoost's trees keep their strict tests, their directions for absent values and their base score", () => {
  const { base } = readXgboostModel(xgboostModel({ baseScore: "2E-1" }), names);
  assert.ok(Math.abs(base - Math.log(0.2 / 0.8)) < 1e-12);
  const model = readXgboostModel(xgboostModel({}), names);
  const step = (a: number, b: number): number => treeOutput(model, Float32Array.of(a, b));
  assert.equal(step(0.49999997, 0), -1);
  assert.equal(
    step(0.5, -1e-45),
    2,
    "a value at the threshold goes right; the least number below 0 goes left",
  );
  assert.equal(step(0.5, 0), 3);
  assert.equal(step(Number.NaN, 9), -1);
  assert.equal(step(1, Number.NaN), 3);
  const below = readXgboostModel(xgboostModel({ tree: { split_conditions: [-0.5, -1, 0, 2, 3] } }), names);
  assert.equal(treeOutput(below, Float32Array.of(-0.5, 1)), 3);
  assert.equal(treeOutput(below, Float32Array.of(-0.50000006, 1)), -1);
});

test("a model that is none is refused with one sentence", () => {
  for (const [text, message] of [
    ["{", /^xgboost-model\.json is no JSON\.$/],
    [xgboostModel({ objective: "reg:squarederror" }), /^xgboost-model\.json: learner\.objective\.name: /],
    [xgboostModel({ baseScore: "1" }), /base score that is no probability/],
    [xgboostModel({ tree: { left_children: [0, -1, 3, -1, -1] } }), /children that are none/],
    [xgboostModel({ tree: { right_children: [9, -1, 4, -1, -1] } }), /children that are none/],
    [xgboostModel({ tree: { split_indices: [2, 0, 1, 0, 0] } }), /tests feature 2 of 2/],
    [xgboostModel({ tree: { sum_hessian: [1] } }), /arrays differ in length/],
    [xgboostModel({ tree: { split_type: [1, 0, 0, 0, 0] } }), /split_type/],
  ] as const)
    assert.throws(() => readXgboostModel(text, names), { code: "framework-model", message });
  assert.throws(() => readXgboostModel(xgboostModel({}), ["a"]), { message: /has 2 features, not 1/ });
});

test("scikit-learn's trees are averaged", () => {
  const stump = (threshold: number, shares: readonly [number, number]): object => ({
    feature: [1, -1, -1],
    threshold: [threshold, 0, 0],
    left: [1, -1, -1],
    right: [2, -1, -1],
    missing_left: [0, 0, 0],
    leaf_value: [0, ...shares],
    cover: [4, 2, 2],
  });
  const text = JSON.stringify({
    format: "emberwatch-sklearn-forest/1",
    features: 2,
    trees: [stump(0, [0, 1]), stump(2, [0.25, 0.5])],
  });
  const model = readSklearnForest(text, names);
  assert.equal(treeOutput(model, Float32Array.of(0, 1)), (1 + 0.25) / 2);
  assert.equal(treeOutput(model, Float32Array.of(0, Number.NaN)), (1 + 0.5) / 2);
  assert.deepEqual([...model.roots], [0, 3]);
});

test("PyTorch's layers have to fit each other", () => {
  const network = (changes: object): string =>
    JSON.stringify({
      format: "emberwatch-pytorch-network/1",
      features: 2,
      preparation: { median: [0, 5], mean: [1, 1], deviation: [2, 1], clip: 3, indicators: [1] },
      layers: [
        { inputs: 3, outputs: 2, weights: [1, 0, 0, 1, 10, -10], bias: [0, 0] },
        { inputs: 2, outputs: 1, weights: [1, 1], bias: [0.5] },
      ],
      ...changes,
    });
  const model = readPytorchNetwork(network({}), names);
  // Prepared: (5 − 1) / 2, and the median 5, standardised to 4 and cut to 3, with its mark.
  assert.equal(networkOdds(model, Float32Array.of(5, Number.NaN)), 2 + 10 + 0.5);
  const layers = [{ inputs: 2, outputs: 1, weights: [1, 1], bias: [0.5] }];
  assert.throws(() => readPytorchNetwork(network({ layers }), names), { message: /layer 1 does not fit/ });
  const preparation = { median: [0], mean: [1, 1], deviation: [2, 1], clip: 3, indicators: [] };
  assert.throws(() => readPytorchNetwork(network({ preparation }), names), { message: /the preparation/ });
});

test("a model that we read otherwise than its framework is refused", () => {
  const model = readXgboostModel(xgboostModel({}), names);
  const answers = { framework: "xgboost 9", rows: [[1, null]], probabilities: [1 / (1 + Math.exp(-3))] };
  assert.ok(readingError(model, answers) < 1e-12);
  requireSameAnswers(model, answers);
  for (const probabilities of [[0.95258], []])
    assert.throws(() => requireSameAnswers(model, { ...answers, probabilities }), {
      code: "framework-reading",
    });
});

test("hyperparameters are written by the frameworks' own names", () => {
  const forest = {
    trees: 100,
    depthMax: 14,
    leafRowsMin: 5,
    featuresPerNode: null,
    nodesMax: 20_000,
    monotone: {},
  };
  assert.deepEqual(forestTexts(forest), {
    n_estimators: "100",
    max_depth: "14",
    min_samples_leaf: "5",
    max_features: "0",
    max_leaf_nodes: "100",
  });
  const boosting = {
    rounds: 300,
    depthMax: 6,
    learningRate: 0.1,
    l2: 1,
    leafHessianMin: 1,
    rowShare: 1,
    featureShare: 0.5,
    patienceRounds: null,
    monotone: {},
  };
  assert.equal(boostingTexts(boosting)["early_stopping_rounds"], "0");
  assert.deepEqual(commonTexts({ seed: -1, monotone: { b: -1 } }, names), {
    seed: "2147483647",
    monotone_constraints: "(0,-1)",
  });
});
