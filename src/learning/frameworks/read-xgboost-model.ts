import { z } from "zod";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { joinTrees } from "../trainers/growing-tree.ts";
import { treeArrays } from "./framework-trees.ts";
import { readModelJson, requireInModel } from "./read-model-json.ts";

const numbers = z.array(z.number());
/** XGBoost's own JSON, as of version 1.7: numbers of the parameters are text, flags are 0 and 1. */
const modelShape = z.object({
  learner: z.object({
    objective: z.object({ name: z.literal("binary:logistic") }),
    learner_model_param: z.object({ base_score: z.string(), num_feature: z.string() }),
    gradient_booster: z.object({
      name: z.literal("gbtree"),
      model: z.object({
        trees: z
          .array(
            z.object({
              split_indices: numbers,
              split_conditions: numbers,
              left_children: numbers,
              right_children: numbers,
              default_left: z.array(z.union([z.number(), z.boolean()])),
              split_type: z.array(z.literal(0)),
              sum_hessian: numbers,
            }),
          )
          .min(1)
          .max(5_000),
      }),
    }),
  }),
});

/**
 * The boosted trees in a model file of XGBoost (JSON, binary:logistic, no categories). XGBoost goes left when a value is
 * below the threshold, we when it is at most the threshold: ours is the next smaller float32. A leaf's value stands
 * where its threshold would. The base score is a probability. Throws `machineFault` with one sentence when it is no such
 * model.
 */
export function readXgboostModel(text: string, featureNames: readonly string[]): TreeEnsemble {
  const name = "xgboost-model.json";
  const { learner } = readModelJson(text, modelShape, name);
  const features = Number(learner.learner_model_param.num_feature);
  requireInModel(
    features === featureNames.length,
    `${name} has ${features} features, not ${featureNames.length}.`,
  );
  const baseScore = Number(learner.learner_model_param.base_score);
  requireInModel(
    baseScore > 0 && baseScore < 1,
    `${name} has a base score that is no probability between 0 and 1.`,
  );
  const arrays = learner.gradient_booster.model.trees.map((tree) =>
    treeArrays(
      {
        feature: tree.split_indices,
        threshold: tree.split_conditions.map(nextSmallerFloat),
        left: tree.left_children,
        right: tree.right_children,
        missingLeft: tree.default_left.map(Number),
        leafValue: tree.split_conditions,
        cover: tree.sum_hessian,
      },
      { features, name },
    ),
  );
  const base = -Math.log(1 / baseScore - 1);
  return { kind: "trees", featureNames, output: "sum-log-odds", base, ...joinTrees(arrays) };
}

const oneFloat = new Float32Array(1);
const itsBits = new Int32Array(oneFloat.buffer);

/** The greatest float32 below a float32: its bits, read as a whole number, count the floats away from 0. */
function nextSmallerFloat(value: number): number {
  oneFloat[0] = value;
  if (oneFloat[0] === 0) return -(2 ** -149);
  itsBits[0] = itsBits[0]! + (value > 0 ? -1 : 1);
  return oneFloat[0]!;
}
