import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { randomRow, randomTrees } from "#support/random-trees.ts";
import { type Contributions, TreeShap } from "./tree-shap.ts";
import { treeOutput } from "./tree-walker.ts";

function treeContributions(trees: TreeEnsemble, row: Float32Array): Contributions {
  return new TreeShap(trees).contributions(row);
}

const outputs = ["sum-log-odds", "mean-probability"] as const;

/** Output when only the features of a set (its bits) are known, the others averaged by the training rows. */
function outputKnowing(trees: TreeEnsemble, row: Float32Array, known: number): number {
  const below = (node: number): number => {
    const feature = trees.feature[node]!;
    if (feature < 0) return trees.leafValue[node]!;
    const [left, right] = [trees.left[node]!, trees.right[node]!];
    const value = row[feature]!;
    if ((known >> feature) & 1) {
      const isLeft = Number.isNaN(value) ? trees.missingLeft[node] === 1 : value <= trees.threshold[node]!;
      return below(isLeft ? left : right);
    }
    const [l, r] = [trees.cover[left]!, trees.cover[right]!];
    return l + r === 0 ? (below(left) + below(right)) / 2 : (l * below(left) + r * below(right)) / (l + r);
  };
  const sum = [...trees.roots].reduce((total, root) => total + below(root), 0);
  return trees.base + (trees.output === "mean-probability" ? sum / trees.roots.length : sum);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** Shapley's formula over all subsets. */
function shapleyValues(trees: TreeEnsemble, row: Float32Array): number[] {
  const n = row.length;
  const known = Array.from({ length: 2 ** n }, (_, set) => outputKnowing(trees, row, set));
  return Array.from({ length: n }, (_, feature) => {
    let value = 0;
    for (let set = 0; set < 2 ** n; set += 1) {
      if ((set >> feature) & 1) continue;
      const size = set.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
      value += weight * (known[set | (1 << feature)]! - known[set]!);
    }
    return value;
  });
}

test("contributions are Shapley's values over all sets of features, absent values and unreached nodes among them", () => {
  const random = new Random(3);
  for (let round = 0; round < 60; round += 1) {
    const features = 1 + random.integer(6);
    const output = outputs[round % 2]!;
    const trees = randomTrees(random, { trees: 1 + random.integer(3), depth: 7, features, output });
    const row = randomRow(random, features);
    const { usual, byFeature } = treeContributions(trees, row);
    assert.ok(Math.abs(usual - outputKnowing(trees, row, 0)) < 1e-9);
    shapleyValues(trees, row).forEach((value, feature) => {
      assert.ok(Math.abs(value - byFeature[feature]!) < 1e-9, `round ${round}, feature ${feature}`);
    });
  }
});

test("contributions and the usual output sum to the output within 1e-9, also of deep trees over many features", () => {
  const random = new Random(4);
  for (const depth of [2, 8, 13]) {
    for (const output of outputs) {
      const trees = randomTrees(random, { trees: 4, depth, features: 26, output });
      for (let k = 0; k < 3; k += 1) {
        const row = randomRow(random, 26);
        const { usual, byFeature } = treeContributions(trees, row);
        const sum = byFeature.reduce((total, value) => total + value, usual);
        assert.ok(Math.abs(sum - treeOutput(trees, row)) < 1e-9, `depth ${depth}: ${sum}`);
      }
    }
  }
});

test("a feature that no tree tests contributes nothing, and a leaf alone has no contributions", () => {
  const random = new Random(5);
  const trees = randomTrees(random, { trees: 3, depth: 5, features: 4, output: "sum-log-odds" });
  const wider = { ...trees, featureNames: [...trees.featureNames, "unused"] };
  assert.equal(treeContributions(wider, randomRow(random, 5)).byFeature[4], 0);
  const leaf = randomTrees(random, { trees: 1, depth: 0, features: 2, output: "sum-log-odds" });
  const { usual, byFeature } = treeContributions(leaf, Float32Array.of(1, 2));
  assert.deepEqual([...byFeature], [0, 0]);
  assert.equal(usual, treeOutput(leaf, Float32Array.of(1, 2)));
});

test("two features that do the same contribute the same, whatever a tree asks first", () => {
  // a and b above 0 together, and nothing else, make 8.
  const trees: TreeEnsemble = {
    kind: "trees",
    featureNames: ["a", "b"],
    roots: Int32Array.of(0),
    feature: Int32Array.of(0, -1, 1, -1, -1),
    threshold: Float32Array.of(0, 0, 0, 0, 0),
    left: Int32Array.of(1, -1, 3, -1, -1),
    right: Int32Array.of(2, -1, 4, -1, -1),
    missingLeft: new Uint8Array(5),
    leafValue: Float32Array.of(0, 0, 0, 0, 8),
    cover: Float32Array.of(4, 2, 2, 1, 1),
    output: "sum-log-odds",
    base: 0,
  };
  const { usual, byFeature } = treeContributions(trees, Float32Array.of(1, 1));
  assert.equal(usual, 2);
  assert.deepEqual([...byFeature], [3, 3]);
});
