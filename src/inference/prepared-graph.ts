import { badInput } from "#core/failure.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "#model-package/onnx/onnx-model.ts";
import { treesOfAttributes } from "#model-package/onnx/tree-node.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import type { GraphValue } from "./graph-value.ts";

/** What a node of a graph does, with everything that does not change looked up beforehand. */
export type PreparedOperation =
  | { readonly kind: "simple"; readonly op: SimpleOperator }
  | { readonly kind: "gather"; readonly indices: readonly number[] }
  | { readonly kind: "trees"; readonly trees: TreeEnsemble };

/** One node of the graph. */
export interface PreparedStep {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly operation: PreparedOperation;
}

/**
 * A graph that is ready to run, as plain data: it can be made in one thread, which takes its time, and sent to another,
 * which has it at once when the buffers are transferred.
 */
export interface PreparedGraph {
  readonly kind: "prepared";
  readonly input: { readonly name: string; readonly columns: number };
  readonly outputs: readonly string[];
  readonly constants: ReadonlyMap<string, GraphValue>;
  readonly steps: readonly PreparedStep[];
}

const simpleOperators = [
  "Add",
  "Sub",
  "Mul",
  "Div",
  "Where",
  "Clip",
  "IsNaN",
  "Log",
  "Relu",
  "Sigmoid",
  "MatMul",
  "Concat",
] as const;

/** Operators that need nothing but their inputs. */
export type SimpleOperator = (typeof simpleOperators)[number];

/** Prepares a graph. Throws `badInput` with code `onnx-unsupported` when it has an operator that is not supported. */
export function prepareGraph({ graph }: OnnxModel): PreparedGraph {
  const input = graph.inputs[0];
  const columns = input?.dims[1];
  if (graph.inputs.length !== 1 || input === undefined || typeof columns !== "number")
    throw badInput("onnx-unsupported", "The graph in model.onnx has not one input of rows of features.");
  const constants = new Map<string, GraphValue>();
  for (const [name, tensor] of Object.entries(graph.initializers))
    if (tensor.type === "float") constants.set(name, constantValue(tensor));
  const steps = graph.nodes.map((node) => ({
    inputs: node.inputs,
    output: node.outputs[0] ?? "",
    operation: operationOf(node, graph.initializers),
  }));
  const outputs = graph.outputs.map(({ name }) => name);
  return { kind: "prepared", input: { name: input.name, columns }, outputs, constants, steps };
}

/** The buffers of a prepared graph, to be transferred with it: their numbers are not copied then. */
export function buffersOf({ constants, steps }: PreparedGraph): readonly ArrayBuffer[] {
  const arrays = [...constants.values()].map(({ data }): ArrayBufferView => data);
  for (const { operation } of steps)
    if (operation.kind === "trees")
      arrays.push(...Object.values(operation.trees).filter((value) => ArrayBuffer.isView(value)));
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer);
}

function constantValue(tensor: OnnxTensor & { readonly type: "float" }): GraphValue {
  const columns = tensor.dims.at(-1) ?? 1;
  return { rows: columns === 0 ? 0 : tensor.data.length / columns, columns, data: tensor.data };
}

function operationOf(node: OnnxNode, initializers: Readonly<Record<string, OnnxTensor>>): PreparedOperation {
  const op = simpleOperators.find((name) => name === node.op);
  if (node.domain === "" && op !== undefined) return { kind: "simple", op };
  if (node.domain === "" && node.op === "Gather") {
    const indices = initializers[node.inputs[1] ?? ""];
    const axis = node.attributes["axis"];
    if (indices?.type === "int64" && axis?.kind === "int" && axis.value === 1)
      return { kind: "gather", indices: indices.data };
  }
  if (node.domain === "ai.onnx.ml" && node.op === "TreeEnsembleRegressor")
    return { kind: "trees", trees: treesOfAttributes(node.attributes, []) };
  throw badInput(
    "onnx-unsupported",
    `model.onnx uses the operator ${node.domain}${node.domain === "" ? "" : "."}${node.op}, which only ONNX Runtime can run.`,
  );
}
