import assert from "node:assert/strict";
import { test } from "node:test";
import { regionSchemaId } from "#core/features/feature-schema.ts";
import { Random } from "#core/random.ts";
import { ModelExplainer } from "#inference/model-explainer.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { Head } from "#model-package/head.ts";
import type { InputPreparation } from "#model-package/input-preparation.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { buildModel, outputName } from "#model-package/onnx/build-graph.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { encodeOnnx } from "#model-package/onnx/encode-onnx.ts";
import { readMembers } from "#model-package/onnx/read-members.ts";
import { featureLayouts } from "#model-package/schema-hash.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { secondOf } from "#support/feature-seconds.ts";
import { packageOf } from "#support/package-of.ts";
import { randomTrees } from "#support/random-trees.ts";

const featureNames = featureLayouts.find(({ id }) => id === regionSchemaId)!.features;
const asked = ["t_max", "gas_vel", "r_area", "r_peak", "r_area_vel", "r_flicker"];
const random = new Random(6);

function trees(output: TreeEnsemble["output"]): TreeEnsemble {
  const made = randomTrees(random, { trees: 8, depth: 5, features: asked.length, output });
  // Thresholds where values of seconds are.
  return { ...made, featureNames: asked, threshold: made.threshold.map((value) => Math.fround(50 * value)) };
}

function preparation(names: readonly string[]): InputPreparation {
  return {
    featureNames: names,
    median: Float32Array.from(names, () => random.between(0, 30)),
    mean: Float32Array.from(names, () => random.between(0, 30)),
    deviation: Float32Array.from(names, () => random.between(10, 30)),
    clip: 10,
    indicatorColumns: Int32Array.of(1),
  };
}

function normals(length: number): Float32Array {
  return Float32Array.from({ length }, () => random.normal() / 2);
}

function network(): DenseNetwork {
  return {
    kind: "network",
    preparation: preparation(asked),
    layers: [
      { inputs: 7, outputs: 9, weights: normals(63), bias: normals(9), activation: "relu" },
      { inputs: 9, outputs: 5, weights: normals(45), bias: normals(5), activation: "relu" },
      { inputs: 5, outputs: 1, weights: normals(5), bias: normals(1), activation: "identity" },
    ],
  };
}

function linear(): LinearModel {
  return { kind: "linear", preparation: preparation(["gas_val", "gas_vel"]), weights: normals(3), bias: 0.2 };
}

const shared = { prior: 0.5, threshold: 0.6 };
const heads: readonly Head[] = [
  {
    ...shared,
    name: "flaming",
    modality: "fused",
    members: [
      { name: "forest", model: trees("mean-probability") },
      { name: "boosting", model: trees("sum-log-odds") },
      { name: "network", model: network() },
      { name: "silent", model: { ...linear(), preparation: preparation(["r_aspect", "r_age"]) } },
    ],
    weights: [0.5, 0.4, 0.3, 0],
    calibration: {
      kind: "piecewise",
      knots: [
        { at: -3, value: -4 },
        { at: 0, value: 0.5 },
        { at: 4, value: 5 },
      ],
    },
  },
  {
    ...shared,
    name: "flaming",
    modality: "air-only",
    members: [{ name: "baseline", model: linear() }],
    weights: [0.8],
    calibration: { kind: "platt", slope: 1.3, offset: -0.2 },
  },
];

const goldenRows = Array.from({ length: 4 }, () =>
  featureNames.map(() => (random.uniform() < 0.2 ? null : Math.fround(40 * random.normal()))),
);

async function madePackage(made: readonly Head[] = heads) {
  const bytes = await packageOf({ name: "made", schema: regionSchemaId, heads: made, goldenRows });
  return unpackModel(bytes, "made.tar.gz");
}

const air = { co2Ppm: 800, co2DeltaPpm: 100, co2SlopePpmPerSecond: 2 };
const second = secondOf({
  second: 1,
  regions: [
    { trackId: 4, r_peak: 140, r_area: 40, r_area_vel: 2, r_flicker: 0.2 },
    { trackId: 7, r_peak: 45, r_area: 90 },
  ],
  air,
});

test("contributions sum to what the model says of each region: before calibration, and after it its probability", async () => {
  const made = await madePackage();
  const explainer = new ModelExplainer(made);
  const scores = new ModelScorer(made).score(second);
  assert.deepEqual(
    scores.regions.map(({ trackId }) => trackId),
    [4, 7],
  );
  for (const { trackId, flaming } of scores.regions) {
    const explanation = explainer.explainSecond(second, { head: "flaming", trackId });
    const sum = explanation.contributions.reduce((total, one) => total + one.contribution, 0);
    assert.ok(Math.abs(explanation.usualLogOdds + sum - explanation.logOdds) < 1e-6);
    assert.ok(Math.abs(explanation.probability - flaming) < 1e-6);
    assert.equal(explanation.threshold, 0.6);
  }
});

test("all features that a member with weight uses are told, the greatest contribution first, absent ones as absent", async () => {
  const explainer = new ModelExplainer(await madePackage());
  const { contributions } = explainer.explainSecond(second, { head: "flaming", trackId: 7 });
  assert.deepEqual(contributions.map(({ feature }) => feature).sort(), [...asked].sort());
  const sizes = contributions.map(({ contribution }) => Math.abs(contribution));
  assert.deepEqual(
    sizes,
    [...sizes].sort((one, other) => other - one),
  );
  assert.ok(sizes.filter((size) => size > 0.01).length > 3);
  const toldValue = (name: string) => contributions.find(({ feature }) => feature === name)?.value;
  assert.equal(toldValue("r_peak"), 45);
  assert.equal(toldValue("gas_vel"), 0, "of the second's vector");
  assert.equal(toldValue("r_flicker"), Math.fround(0.005));
});

test("without a picture the air's head is explained", async () => {
  const explainer = new ModelExplainer(await madePackage());
  const blind = secondOf({ second: 2, regions: null, air });
  const explanation = explainer.explainSecond(blind, { head: "flaming", trackId: null });
  assert.equal(explanation.modality, "air-only");
  assert.deepEqual(explanation.contributions.map(({ feature }) => feature).sort(), ["gas_val", "gas_vel"]);
  const inLine = new ModelScorer(await madePackage()).score(blind);
  assert.ok(Math.abs(explanation.probability - inLine.airBurning) < 1e-6);
});

test("what the model was not asked is refused in one sentence", async () => {
  const explainer = new ModelExplainer(await madePackage());
  assert.throws(() => explainer.explainSecond(second, { head: "flaming", trackId: 5 }), {
    code: "explain-region",
    message: /region 5/,
  });
  assert.throws(() => explainer.explainSecond(second, { head: "flaming", trackId: null }), {
    code: "explain-region",
  });
  assert.throws(() => explainer.explainSecond(second, { head: "slow-heat", trackId: 4 }), {
    code: "explain-head",
    message: /slow-heat for fused/,
  });
});

test("members read out of a graph build the same graph again", () => {
  const bytes = encodeOnnx(buildModel(heads, { featureNames, metadata: {} }));
  const { graph } = decodeOnnx(bytes);
  const again = heads.map((head) => {
    const kinds = head.members.map(({ model }) => model.kind);
    const models = readMembers(graph, { output: outputName(head), kinds, featureNames });
    return { ...head, members: models.map((model, k) => ({ name: head.members[k]!.name, model })) };
  });
  assert.deepEqual(encodeOnnx(buildModel(again, { featureNames, metadata: {} })), bytes);
});

test("a graph whose members cannot be told apart, or whose trees saw no rows, is refused", async () => {
  const { graph } = decodeOnnx(encodeOnnx(buildModel(heads, { featureNames, metadata: {} })));
  const of = { output: "flaming_fused", featureNames } as const;
  for (const kinds of [
    ["trees"],
    ["network", "trees", "network", "linear"],
    ["trees", "trees", "linear", "linear"],
  ] as const)
    assert.throws(() => readMembers(graph, { ...of, kinds }), { code: "package-graph" });
  const withoutCovers: Head = {
    ...heads[0]!,
    members: [{ name: "forest", model: { ...trees("mean-probability"), cover: new Float32Array() } }],
    weights: [1],
  };
  const read = await madePackage([withoutCovers]);
  assert.throws(() => new ModelExplainer(read), { code: "package-covers", message: /nodes_hitrates/ });
  new ModelScorer(read);
});

test("members that do not say what the graph said are not explained", async () => {
  const read = await madePackage();
  const [first, ...others] = read.manifest.heads;
  const [forest, ...rest] = first!.members;
  const turned = [{ ...first!, members: [{ ...forest!, weight: 0.9 }, ...rest] }, ...others];
  assert.throws(() => new ModelExplainer({ ...read, manifest: { ...read.manifest, heads: turned } }), {
    code: "package-golden",
  });
});
