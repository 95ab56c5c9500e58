import { badInput, type Failure } from "#core/failure.ts";
import type { DenseLayer } from "../dense-network.ts";
import type { InputPreparation } from "../input-preparation.ts";
import type { MemberModel } from "../member.ts";
import type { OnnxGraph, OnnxNode, OnnxTensor } from "./onnx-model.ts";
import { treesOfAttributes } from "./tree-node.ts";

/**
 * The members of a head as they were before `buildModel` made a graph of them, in their order: for work that a graph
 * cannot do, such as saying why. `output` is the head's output, `featureNames` those of the graph's columns. Throws `badInput` with code `package-graph` for a graph
 * that is not built so.
 */
export function readMembers(
  graph: OnnxGraph,
  head: {
    readonly output: string;
    readonly kinds: readonly MemberModel["kind"][];
    readonly featureNames: readonly string[];
  },
): readonly MemberModel[] {
  const reader = new GraphReader(graph, head);
  const votes = reader.maker(`${head.output}_members`, "Sigmoid");
  const together = reader.maker(votes.inputs[0], "Concat");
  if (together.inputs.length !== head.kinds.length) throw reader.complaint();
  return together.inputs.map((odds, k) => {
    const kind = head.kinds[k]!;
    return kind === "trees" ? readTrees(reader, odds) : readDense(reader, odds, kind);
  });
}

/** Looks up what made a value. */
class GraphReader {
  readonly #graph: OnnxGraph;
  readonly #output: string;
  readonly #featureNames: readonly string[];
  readonly #makers: ReadonlyMap<string, OnnxNode>;

  constructor(graph: OnnxGraph, of: { readonly output: string; readonly featureNames: readonly string[] }) {
    this.#graph = graph;
    this.#output = of.output;
    this.#featureNames = of.featureNames;
    this.#makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  }

  complaint(): Failure {
    return badInput(
      "package-graph",
      `The graph in model.onnx does not compute ${this.#output} as this software builds it: its members cannot be told apart.`,
    );
  }

  /** The operation that computes a value; throws unless it is of this kind. */
  maker(value: string | undefined, op: string): OnnxNode {
    const node = this.#makers.get(value ?? "");
    if (node?.op !== op) throw this.complaint();
    return node;
  }

  makes(value: string | undefined, op: string): boolean {
    return this.#makers.get(value ?? "")?.op === op;
  }

  #constant(name: string | undefined): OnnxTensor {
    const tensor = this.#graph.initializers[name ?? ""];
    if (tensor === undefined) throw this.complaint();
    return tensor;
  }

  floats(name: string | undefined): Float32Array {
    const tensor = this.#constant(name);
    if (tensor.type !== "float") throw this.complaint();
    return tensor.data;
  }

  /** The columns that a Gather picks. */
  columns(gather: OnnxNode): readonly number[] {
    const tensor = this.#constant(gather.inputs[1]);
    if (tensor.type !== "int64") throw this.complaint();
    return tensor.data;
  }

  /** Names of the columns that a Gather picks out of the graph's input. */
  names(gather: OnnxNode): readonly string[] {
    return this.columns(gather).map((column) => {
      const name = this.#featureNames[column];
      if (name === undefined) throw this.complaint();
      return name;
    });
  }
}

function readTrees(reader: GraphReader, odds: string): MemberModel {
  // Boosting's log-odds are cut; a forest's probability is cut and then turned into log-odds.
  const cut = reader.makes(odds, "Clip")
    ? odds
    : reader.maker(reader.maker(odds, "Sub").inputs[0], "Log").inputs[0];
  const trees = reader.maker(reader.maker(cut, "Clip").inputs[0], "TreeEnsembleRegressor");
  return treesOfAttributes(trees.attributes, reader.names(reader.maker(trees.inputs[0], "Gather")));
}

function readDense(reader: GraphReader, odds: string, kind: "network" | "linear"): MemberModel {
  const layers: DenseLayer[] = [];
  let value = reader.maker(odds, "Clip").inputs[0];
  let activation: DenseLayer["activation"] = "identity";
  while (reader.makes(value, "Add")) {
    const added = reader.maker(value, "Add");
    const product = reader.maker(added.inputs[0], "MatMul");
    const weights = reader.floats(product.inputs[1]);
    const bias = reader.floats(added.inputs[1]);
    layers.unshift({ inputs: weights.length / bias.length, outputs: bias.length, weights, bias, activation });
    value = product.inputs[0];
    if (!reader.makes(value, "Relu")) break;
    value = reader.maker(value, "Relu").inputs[0];
    activation = "relu";
  }
  const preparation = readPreparation(reader, value);
  const last = layers.at(-1);
  if (last === undefined || last.outputs !== 1) throw reader.complaint();
  if (kind === "network") return { kind, preparation, layers };
  if (layers.length !== 1) throw reader.complaint();
  return { kind, preparation, weights: last.weights, bias: last.bias[0]! };
}

function readPreparation(reader: GraphReader, value: string | undefined): InputPreparation {
  const joined = reader.makes(value, "Concat") ? reader.maker(value, "Concat").inputs : null;
  const clip = reader.maker(joined === null ? value : joined[0], "Clip");
  const scaled = reader.maker(clip.inputs[0], "Div");
  const centred = reader.maker(scaled.inputs[0], "Sub");
  const filled = reader.maker(centred.inputs[0], "Where");
  const picked = reader.maker(filled.inputs[2], "Gather");
  const indicators = joined === null ? [] : reader.columns(reader.maker(joined[1], "Gather"));
  return {
    featureNames: reader.names(picked),
    median: reader.floats(filled.inputs[1]),
    mean: reader.floats(centred.inputs[1]),
    deviation: reader.floats(scaled.inputs[1]),
    clip: reader.floats(clip.inputs[2])[0]!,
    indicatorColumns: Int32Array.from(indicators),
  };
}
