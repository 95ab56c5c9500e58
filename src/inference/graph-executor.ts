import { badInput } from "#core/failure.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "#model-package/onnx/onnx-model.ts";
import { treesOfAttributes } from "#model-package/onnx/tree-node.ts";
import { combine, concatColumns, gatherColumns, mapValue, multiply } from "./graph-operations.ts";
import type { GraphValue } from "./graph-value.ts";
import { treeOutput } from "./tree-walker.ts";

type Values = Map<string, GraphValue>;

/** One node of the graph, with everything that does not change looked up beforehand. */
interface Step {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly operation: Operation;
}

/** Sets of outputs whose steps are remembered; a scorer asks for three. Further ones are looked up each time. */
const plansMax = 16;

/**
 * Runs ONNX graphs of the operators that our own trainers emit, in TypeScript: rows of float32 features in, one or more
 * columns out for each output. It computes as ONNX Runtime does, but sums in double precision; the two agree within
 * 1e-6 in probability. Graphs with other operators are for ONNX Runtime.
 */
export class GraphExecutor {
  /** Names of the outputs. */
  readonly outputs: readonly string[];
  readonly #input: { readonly name: string; readonly columns: number };
  readonly #constants: Values = new Map();
  readonly #steps: readonly Step[];
  /** Steps that lead to a set of outputs, by their names. */
  readonly #plans = new Map<string, readonly Step[]>();

  /** Throws `badInput` with code `onnx-unsupported` when the graph has an operator that is not supported. */
  constructor(model: OnnxModel) {
    const { graph } = model;
    const input = graph.inputs[0];
    const columns = input?.dims[1];
    if (graph.inputs.length !== 1 || input === undefined || typeof columns !== "number")
      throw badInput("onnx-unsupported", "The graph in model.onnx has not one input of rows of features.");
    this.#input = { name: input.name, columns };
    this.outputs = graph.outputs.map(({ name }) => name);
    for (const [name, tensor] of Object.entries(graph.initializers))
      if (tensor.type === "float") this.#constants.set(name, constantValue(tensor));
    this.#steps = graph.nodes.map((node) => ({
      inputs: node.inputs,
      output: node.outputs[0] ?? "",
      operation: operationOf(node, graph.initializers),
    }));
  }

  /** Columns that a row has. */
  get columns(): number {
    return this.#input.columns;
  }

  /**
   * Runs rows, one behind the other in `features`; an absent value is NaN. Only what leads to the wanted `outputs` is
   * computed: all of them unless said otherwise.
   */
  run(features: Float32Array, outputs: readonly string[] = this.outputs): ReadonlyMap<string, GraphValue> {
    const { name, columns } = this.#input;
    const values: Values = new Map(this.#constants);
    values.set(name, { rows: features.length / columns, columns, data: features });
    for (const { inputs, output, operation } of this.#planFor(outputs))
      values.set(output, operation(inputs.map((input) => values.get(input) ?? nothing)));
    return new Map(outputs.map((output) => [output, namedValue(values, output)]));
  }

  #planFor(outputs: readonly string[]): readonly Step[] {
    const key = outputs.join("\n");
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const wanted = new Set(outputs);
    // Nodes of an ONNX graph stand in an order in which each comes after what it needs.
    const plan = this.#steps.toReversed().filter(({ output, inputs }) => {
      if (!wanted.has(output)) return false;
      for (const input of inputs) wanted.add(input);
      return true;
    });
    plan.reverse();
    if (this.#plans.size < plansMax) this.#plans.set(key, plan);
    return plan;
  }
}

function constantValue(tensor: OnnxTensor & { readonly type: "float" }): GraphValue {
  const columns = tensor.dims.at(-1) ?? 1;
  return { rows: columns === 0 ? 0 : tensor.data.length / columns, columns, data: tensor.data };
}

function namedValue(values: Values, name: string): GraphValue {
  const value = values.get(name);
  if (value === undefined) throw badInput("onnx-unsupported", `Nothing in model.onnx computes ${name}.`);
  return value;
}

const nothing: GraphValue = { rows: 1, columns: 0, data: new Float32Array() };

type Operation = (inputs: readonly GraphValue[]) => GraphValue;

/** Operators that work number by number. */
const simple: Readonly<Record<string, Operation>> = {
  Add: ([one, two]) => combine([one!, two!], (a, b) => a + b),
  Sub: ([one, two]) => combine([one!, two!], (a, b) => a - b),
  Mul: ([one, two]) => combine([one!, two!], (a, b) => a * b),
  Div: ([one, two]) => combine([one!, two!], (a, b) => a / b),
  Where: ([test, one, two]) => combine([test!, one!, two!], (t, a, b) => (t === 1 ? a : b)),
  Clip: ([value, low, high]) => mapValue(value!, (x) => Math.min(high!.data[0]!, Math.max(low!.data[0]!, x))),
  IsNaN: ([value]) => mapValue(value!, (x) => (Number.isNaN(x) ? 1 : 0)),
  Log: ([value]) => mapValue(value!, Math.log),
  Relu: ([value]) => mapValue(value!, (x) => Math.max(0, x)),
  Sigmoid: ([value]) => mapValue(value!, (x) => 1 / (1 + Math.exp(-x))),
  MatMul: ([one, two]) => multiply(one!, two!),
  Concat: (values) => concatColumns(values),
};

function operationOf(node: OnnxNode, initializers: Readonly<Record<string, OnnxTensor>>): Operation {
  const known = node.domain === "" ? simple[node.op] : undefined;
  if (known !== undefined) return known;
  if (node.domain === "" && node.op === "Gather") {
    const indices = initializers[node.inputs[1] ?? ""];
    const axis = node.attributes["axis"];
    if (indices?.type === "int64" && axis?.kind === "int" && axis.value === 1)
      return ([value]) => gatherColumns(value!, indices.data);
  }
  if (node.domain === "ai.onnx.ml" && node.op === "TreeEnsembleRegressor") {
    const trees = treesOfAttributes(node.attributes, []);
    return ([value]) => {
      const { rows, columns, data } = value!;
      const outputs = new Float32Array(rows);
      for (let row = 0; row < rows; row += 1)
        outputs[row] = treeOutput(trees, data.subarray(row * columns, (row + 1) * columns));
      return { rows, columns: 1, data: outputs };
    };
  }
  throw badInput(
    "onnx-unsupported",
    `model.onnx uses the operator ${node.domain}${node.domain === "" ? "" : "."}${node.op}, which only ONNX Runtime can run.`,
  );
}
