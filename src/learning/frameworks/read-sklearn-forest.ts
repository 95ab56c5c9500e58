import { z } from "zod";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { joinTrees } from "../trainers/growing-tree.ts";
import { treeArrays } from "./framework-trees.ts";
import { readModelJson, requireInModel } from "./read-model-json.ts";

const numbers = z.array(z.number());
const forestShape = z.strictObject({
  format: z.literal("emberwatch-sklearn-forest/1"),
  features: z.number().int(),
  trees: z
    .array(
      z.strictObject({
        feature: numbers,
        threshold: numbers,
        left: numbers,
        right: numbers,
        missing_left: numbers,
        leaf_value: numbers,
        cover: numbers,
      }),
    )
    .min(1)
    .max(5_000),
});

/** The forest in a forest.json of forest_sklearn.py. Throws `machineFault` with one sentence when it is none. */
export function readSklearnForest(text: string, featureNames: readonly string[]): TreeEnsemble {
  const name = "forest.json";
  const { features, trees } = readModelJson(text, forestShape, name);
  requireInModel(
    features === featureNames.length,
    `${name} has ${features} features, not ${featureNames.length}.`,
  );
  const arrays = trees.map(({ missing_left: missingLeft, leaf_value: leafValue, ...tree }) =>
    treeArrays({ ...tree, missingLeft, leafValue }, { features, name }),
  );
  return { kind: "trees", featureNames, output: "mean-probability", base: 0, ...joinTrees(arrays) };
}
