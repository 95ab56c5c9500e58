import type { Calibration } from "../calibration.ts";
import type { DenseNetwork } from "../dense-network.ts";
import type { Head } from "../head.ts";
import type { InputPreparation } from "../input-preparation.ts";
import type { LinearModel } from "../linear-model.ts";
import type { Member } from "../member.ts";
import { GraphBuilder } from "./graph-builder.ts";
import type { OnnxModel } from "./onnx-model.ts";
import { treeAttributes } from "./tree-node.ts";

/** Name of the graph's input: rows of features. */
export const inputName = "features";
/** Members' log-odds are kept within ± this (a probability of 1e-6), so that none outvotes all others. */
export const memberOddsMax = 13.8155;
/** A forest's probability is kept this far from 0 and 1 before it is turned into log-odds. */
export const memberProbabilityMin = 1e-6;

/** Name of a head's output, a probability a row; with `_members` behind it, its members' votes. */
export function outputName(head: Pick<Head, "name" | "modality">): string {
  return `${head.name}_${head.modality}`.replaceAll("-", "_");
}

/** One ONNX graph with everything: preparation, members, weights and calibration of every head. */
export function buildModel(
  heads: readonly Head[],
  options: { readonly featureNames: readonly string[]; readonly metadata: Readonly<Record<string, string>> },
): OnnxModel {
  const builder = new GraphBuilder();
  for (const head of heads) addHead(builder, head, options.featureNames);
  return {
    irVersion: 8,
    opsets: { "": 16, "ai.onnx.ml": 3 },
    producer: "emberwatch",
    graph: builder.finish("emberwatch", { name: inputName, columns: options.featureNames.length }),
    metadata: options.metadata,
  };
}

function addHead(builder: GraphBuilder, head: Head, featureNames: readonly string[]): void {
  const odds = head.members.map((member) => addMember(builder, member, featureNames));
  const together = builder.add("Concat", odds, { attributes: { axis: { kind: "int", value: 1 } } });
  const name = outputName(head);
  builder.add("Sigmoid", [together], { output: `${name}_members` });
  builder.output(`${name}_members`, head.members.length);
  const weights = builder.floats([head.weights.length, 1], head.weights);
  const summed = builder.add("MatMul", [together, weights]);
  builder.add("Sigmoid", [addCalibration(builder, summed, head.calibration)], { output: name });
  builder.output(name, 1);
}

/** A member's log-odds, one column. */
function addMember(builder: GraphBuilder, { model }: Member, featureNames: readonly string[]): string {
  switch (model.kind) {
    case "trees": {
      const columns = pick(builder, inputName, indicesOf(model.featureNames, featureNames));
      const output = builder.add("TreeEnsembleRegressor", [columns], {
        domain: "ai.onnx.ml",
        attributes: treeAttributes(model),
      });
      return model.output === "sum-log-odds"
        ? clip(builder, output, -memberOddsMax, memberOddsMax)
        : addLogOdds(builder, output);
    }
    case "network":
      return addNetwork(builder, model, featureNames);
    case "linear":
      return addLinear(builder, model, featureNames);
  }
}

function indicesOf(wanted: readonly string[], all: readonly string[]): number[] {
  return wanted.map((name) => {
    const index = all.indexOf(name);
    if (index < 0) throw new Error(`the model uses the feature ${name}, which the schema does not have`);
    return index;
  });
}

function pick(builder: GraphBuilder, from: string, columns: readonly number[]): string {
  return builder.add("Gather", [from, builder.ints(columns)], {
    attributes: { axis: { kind: "int", value: 1 } },
  });
}

function clip(builder: GraphBuilder, value: string, low: number, high: number): string {
  return builder.add("Clip", [value, builder.floats([], [low]), builder.floats([], [high])]);
}

function addLogOdds(builder: GraphBuilder, probability: string): string {
  const kept = clip(builder, probability, memberProbabilityMin, 1 - memberProbabilityMin);
  const rest = builder.add("Sub", [builder.floats([1], [1]), kept]);
  return builder.add("Sub", [builder.add("Log", [kept]), builder.add("Log", [rest])]);
}

/** Absent values become the median and are marked; then values are standardised and cut. */
function addPreparation(
  builder: GraphBuilder,
  preparation: InputPreparation,
  featureNames: readonly string[],
): string {
  const columns = preparation.featureNames.length;
  const picked = pick(builder, inputName, indicesOf(preparation.featureNames, featureNames));
  const absent = builder.add("IsNaN", [picked]);
  const filled = builder.add("Where", [absent, builder.floats([columns], preparation.median), picked]);
  const centred = builder.add("Sub", [filled, builder.floats([columns], preparation.mean)]);
  const scaled = builder.add("Div", [centred, builder.floats([columns], preparation.deviation)]);
  const values = clip(builder, scaled, -preparation.clip, preparation.clip);
  if (preparation.indicatorColumns.length === 0) return values;
  const marks = builder.add("Where", [absent, builder.floats([1], [1]), builder.floats([1], [0])]);
  const kept = pick(builder, marks, [...preparation.indicatorColumns]);
  return builder.add("Concat", [values, kept], { attributes: { axis: { kind: "int", value: 1 } } });
}

function addNetwork(builder: GraphBuilder, network: DenseNetwork, featureNames: readonly string[]): string {
  let value = addPreparation(builder, network.preparation, featureNames);
  for (const layer of network.layers) {
    const weights = builder.floats([layer.inputs, layer.outputs], layer.weights);
    value = builder.add("MatMul", [value, weights]);
    value = builder.add("Add", [value, builder.floats([layer.outputs], layer.bias)]);
    if (layer.activation === "relu") value = builder.add("Relu", [value]);
  }
  return clip(builder, value, -memberOddsMax, memberOddsMax);
}

function addLinear(builder: GraphBuilder, model: LinearModel, featureNames: readonly string[]): string {
  const row = addPreparation(builder, model.preparation, featureNames);
  const summed = builder.add("MatMul", [row, builder.floats([model.weights.length, 1], model.weights)]);
  const odds = builder.add("Add", [summed, builder.floats([1], [model.bias])]);
  return clip(builder, odds, -memberOddsMax, memberOddsMax);
}

function addCalibration(builder: GraphBuilder, odds: string, calibration: Calibration): string {
  if (calibration.kind === "platt") {
    const scaled = builder.add("Mul", [odds, builder.floats([1], [calibration.slope])]);
    return builder.add("Add", [scaled, builder.floats([1], [calibration.offset])]);
  }
  const { knots } = calibration;
  const slopes = knots
    .slice(0, -1)
    .map((knot, k) => (knots[k + 1]!.value - knot.value) / (knots[k + 1]!.at - knot.at));
  // A broken line is the sum of hinges: at each knot the slope changes; behind the last one it is 0 again.
  const changes = knots.map((_, k) => (slopes[k] ?? 0) - (slopes[k - 1] ?? 0));
  const ats = builder.floats(
    [knots.length],
    knots.map(({ at }) => at),
  );
  const hinges = builder.add("Relu", [builder.add("Sub", [odds, ats])]);
  const rise = builder.add("MatMul", [hinges, builder.floats([knots.length, 1], changes)]);
  return builder.add("Add", [rise, builder.floats([1], [knots[0]!.value])]);
}
