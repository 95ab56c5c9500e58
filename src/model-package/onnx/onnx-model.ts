/** Values of a tensor: what our graphs need of ONNX's types. */
export type OnnxTensor =
  | { readonly type: "float"; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: "int64"; readonly dims: readonly number[]; readonly data: readonly number[] };

/** An attribute of a node. */
export type OnnxAttribute =
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "tensor"; readonly value: OnnxTensor }
  | { readonly kind: "floats"; readonly value: Float32Array }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "strings"; readonly value: readonly string[] };

/** One operation of a graph. */
export interface OnnxNode {
  readonly op: string;
  /** "" for the standard operators, "ai.onnx.ml" for those of classical machine learning. */
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output of a graph: floats in rows; a dimension without a number is a name ("rows"). */
export interface OnnxValue {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

/** A graph in the order in which it is computed. */
export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: Readonly<Record<string, OnnxTensor>>;
  readonly nodes: readonly OnnxNode[];
}

/** An ONNX model file. */
export interface OnnxModel {
  readonly irVersion: number;
  /** Version of each domain's operators. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly graph: OnnxGraph;
  readonly metadata: Readonly<Record<string, string>>;
}
