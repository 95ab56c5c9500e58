import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model.ts";

/** Collects a graph's nodes in the order in which they are computed; every value gets a name of its own. */
export class GraphBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers: Record<string, OnnxTensor> = {};
  readonly #outputs: OnnxValue[] = [];
  #values = 0;

  /** Adds an operation with one output and returns the output's name. */
  add(
    op: string,
    inputs: readonly string[],
    more: {
      readonly domain?: string;
      readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
      readonly output?: string;
    } = {},
  ): string {
    this.#values += 1;
    const output = more.output ?? `${op.toLowerCase()}_${this.#values}`;
    this.#nodes.push({
      op,
      domain: more.domain ?? "",
      name: `node_${this.#values}`,
      inputs,
      outputs: [output],
      attributes: more.attributes ?? {},
    });
    return output;
  }

  /** Adds constant floats and returns their name. */
  floats(dims: readonly number[], data: ArrayLike<number>): string {
    return this.#constant({ type: "float", dims, data: Float32Array.from(data) });
  }

  /** Adds constant whole numbers and returns their name. */
  ints(data: readonly number[]): string {
    return this.#constant({ type: "int64", dims: [data.length], data });
  }

  /** Declares that a value is an output with this many columns. */
  output(name: string, columns: number): void {
    this.#outputs.push({ name, dims: ["rows", columns] });
  }

  /** The finished graph over one input of rows. */
  finish(name: string, input: { readonly name: string; readonly columns: number }): OnnxGraph {
    return {
      name,
      inputs: [{ name: input.name, dims: ["rows", input.columns] }],
      outputs: this.#outputs,
      initializers: this.#initializers,
      nodes: this.#nodes,
    };
  }

  #constant(tensor: OnnxTensor): string {
    this.#values += 1;
    const name = `constant_${this.#values}`;
    this.#initializers[name] = tensor;
    return name;
  }
}
