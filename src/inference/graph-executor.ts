import { badInput } from "#core/failure.ts";
import type { OnnxModel } from "#model-package/onnx/onnx-model.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { combine, concatColumns, gatherColumns, mapValue, multiply } from "./graph-operations.ts";
import type { GraphValue } from "./graph-value.ts";
import {
  type PreparedGraph,
  type PreparedOperation,
  prepareGraph,
  type SimpleOperator,
} from "./prepared-graph.ts";
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
  readonly #constants: ReadonlyMap<string, GraphValue>;
  readonly #steps: readonly Step[];
  /** Steps that lead to a set of outputs, by their names. */
  readonly #plans = new Map<string, readonly Step[]>();

  /** Throws `badInput` with code `onnx-unsupported` when the graph has an operator that is not supported. */
  constructor(model: OnnxModel | PreparedGraph) {
    const { input, outputs, constants, steps } = "kind" in model ? model : prepareGraph(model);
    this.#input = input;
    this.outputs = outputs;
    this.#constants = constants;
    this.#steps = steps.map((step) => ({ ...step, operation: operationOf(step.operation) }));
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

function namedValue(values: Values, name: string): GraphValue {
  const value = values.get(name);
  if (value === undefined) throw badInput("onnx-unsupported", `Nothing in model.onnx computes ${name}.`);
  return value;
}

const nothing: GraphValue = { rows: 1, columns: 0, data: new Float32Array() };

type Operation = (inputs: readonly GraphValue[]) => GraphValue;

/** Operators that work number by number. */
const simple: Readonly<Record<SimpleOperator, Operation>> = {
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

function operationOf(prepared: PreparedOperation): Operation {
  switch (prepared.kind) {
    case "simple":
      return simple[prepared.op];
    case "gather":
      return ([value]) => gatherColumns(value!, prepared.indices);
    case "trees":
      return ([value]) => treeOutputs(prepared.trees, value!);
  }
}

function treeOutputs(trees: TreeEnsemble, { rows, columns, data }: GraphValue): GraphValue {
  const outputs = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1)
    outputs[row] = treeOutput(trees, data.subarray(row * columns, (row + 1) * columns));
  return { rows, columns: 1, data: outputs };
}
