import { Reader, util } from "protobufjs/minimal.js";
import { badInput } from "#core/failure.ts";
import { attributeTypes, elementTypes, fields } from "./onnx-fields.ts";
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model.ts";

/**
 * Reads an ONNX file of the kinds of values that our graphs hold; fields that we do not know are skipped, as protocol
 * buffers want it. Throws `badInput` on bytes that are no such file. How large a file may be is the caller's limit.
 */
export function decodeOnnx(bytes: Uint8Array): OnnxModel {
  try {
    return readModel(Reader.create(bytes));
  } catch (error) {
    if (error instanceof RangeError || error instanceof Error)
      throw badInput("onnx-unreadable", `model.onnx is no ONNX file that can be read: ${error.message}.`, {
        cause: error,
      });
    throw error;
  }
}

/** Calls `take` with each field's number and wire type until the message ends; what it does not read is skipped. */
function eachField(reader: Reader, end: number, take: (field: number, wireType: number) => boolean): void {
  while (reader.pos < end) {
    const key = reader.uint32();
    const wireType = key & 7;
    if (!take(key >>> 3, wireType)) reader.skipType(wireType);
  }
}

/** Reads a message within a message. */
function inner<T>(reader: Reader, read: (reader: Reader, end: number) => T): T {
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw new RangeError("a part is longer than the file");
  return read(reader, end);
}

/** A model has hundreds of thousands of these: `Number` of a Long would write it out in digits and read them back. */
function wholeNumber(reader: Reader): number {
  return util.LongBits.from(reader.int64()).toNumber();
}

function readModel(reader: Reader): OnnxModel {
  let irVersion = 0;
  let producer = "";
  let graph: OnnxGraph | null = null;
  const opsets: Record<string, number> = {};
  const metadata: Record<string, string> = {};
  eachField(reader, reader.len, (field) => {
    if (field === fields.model.irVersion) irVersion = wholeNumber(reader);
    else if (field === fields.model.producer) producer = reader.string();
    else if (field === fields.model.graph) graph = inner(reader, readGraph);
    else if (field === fields.model.opset) Object.assign(opsets, inner(reader, readOpset));
    else if (field === fields.model.metadata) Object.assign(metadata, inner(reader, readEntry));
    else return false;
    return true;
  });
  if (graph === null) throw new RangeError("it holds no graph");
  return { irVersion, producer, graph, opsets, metadata };
}

function readOpset(reader: Reader, end: number): Record<string, number> {
  let domain = "";
  let version = 0;
  eachField(reader, end, (field) => {
    if (field === fields.opset.domain) domain = reader.string();
    else if (field === fields.opset.version) version = wholeNumber(reader);
    else return false;
    return true;
  });
  return { [domain]: version };
}

function readEntry(reader: Reader, end: number): Record<string, string> {
  let key = "";
  let value = "";
  eachField(reader, end, (field) => {
    if (field === fields.entry.key) key = reader.string();
    else if (field === fields.entry.value) value = reader.string();
    else return false;
    return true;
  });
  return { [key]: value };
}

function readGraph(reader: Reader, end: number): OnnxGraph {
  let name = "";
  const nodes: OnnxNode[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const initializers: Record<string, OnnxTensor> = {};
  eachField(reader, end, (field) => {
    if (field === fields.graph.node) nodes.push(inner(reader, readNode));
    else if (field === fields.graph.name) name = reader.string();
    else if (field === fields.graph.initializer) {
      const named = inner(reader, readTensor);
      initializers[named.name] = named.tensor;
    } else if (field === fields.graph.input) inputs.push(inner(reader, readValue));
    else if (field === fields.graph.output) outputs.push(inner(reader, readValue));
    else return false;
    return true;
  });
  return { name, nodes, inputs, outputs, initializers };
}

function readNode(reader: Reader, end: number): OnnxNode {
  let [op, domain, name] = ["", "", ""];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, OnnxAttribute> = {};
  eachField(reader, end, (field) => {
    if (field === fields.node.input) inputs.push(reader.string());
    else if (field === fields.node.output) outputs.push(reader.string());
    else if (field === fields.node.name) name = reader.string();
    else if (field === fields.node.op) op = reader.string();
    else if (field === fields.node.domain) domain = reader.string();
    else if (field === fields.node.attribute) {
      const named = inner(reader, readAttribute);
      if (named !== null) attributes[named.name] = named.attribute;
    } else return false;
    return true;
  });
  return { op, domain, name, inputs, outputs, attributes };
}

/** Null for an attribute of a kind that we do not know: the operation that needs it will miss it. */
function readAttribute(
  reader: Reader,
  end: number,
): { readonly name: string; readonly attribute: OnnxAttribute } | null {
  let name = "";
  let type = 0;
  let [float, int, string] = [0, 0, ""];
  let tensor: OnnxTensor | null = null;
  const floats: number[] = [];
  const ints: number[] = [];
  const strings: string[] = [];
  eachField(reader, end, (field, wireType) => {
    const { attribute } = fields;
    if (field === attribute.name) name = reader.string();
    else if (field === attribute.type) type = reader.int32();
    else if (field === attribute.float) float = reader.float();
    else if (field === attribute.int) int = wholeNumber(reader);
    else if (field === attribute.string) string = reader.string();
    else if (field === attribute.tensor) tensor = inner(reader, readTensor).tensor;
    else if (field === attribute.floats) readFloats(reader, wireType, floats);
    else if (field === attribute.ints) readInts(reader, wireType, ints);
    else if (field === attribute.strings) strings.push(reader.string());
    else return false;
    return true;
  });
  const attribute = attributeOf(type, {
    float,
    int,
    string,
    tensor,
    floats: Float32Array.from(floats),
    ints,
    strings,
  });
  return attribute === null ? null : { name, attribute };
}

interface AttributeValues {
  readonly float: number;
  readonly int: number;
  readonly string: string;
  readonly tensor: OnnxTensor | null;
  readonly floats: Float32Array;
  readonly ints: readonly number[];
  readonly strings: readonly string[];
}

function attributeOf(type: number, values: AttributeValues): OnnxAttribute | null {
  switch (type) {
    case attributeTypes.float:
      return { kind: "float", value: values.float };
    case attributeTypes.int:
      return { kind: "int", value: values.int };
    case attributeTypes.string:
      return { kind: "string", value: values.string };
    case attributeTypes.tensor:
      return values.tensor === null ? null : { kind: "tensor", value: values.tensor };
    case attributeTypes.floats:
      return { kind: "floats", value: values.floats };
    case attributeTypes.ints:
      return { kind: "ints", value: values.ints };
    case attributeTypes.strings:
      return { kind: "strings", value: values.strings };
    default:
      return null;
  }
}

/** Repeated numbers come packed or one by one. */
function readFloats(reader: Reader, wireType: number, into: number[]): void {
  if (wireType !== 2) {
    into.push(reader.float());
    return;
  }
  inner(reader, (packed, end) => {
    while (packed.pos < end) into.push(packed.float());
  });
}

function readInts(reader: Reader, wireType: number, into: number[]): void {
  if (wireType !== 2) {
    into.push(wholeNumber(reader));
    return;
  }
  inner(reader, (packed, end) => {
    while (packed.pos < end) into.push(wholeNumber(packed));
  });
}

function readTensor(reader: Reader, end: number): { readonly name: string; readonly tensor: OnnxTensor } {
  let name = "";
  let dataType = 0;
  const dims: number[] = [];
  const floats: number[] = [];
  const ints: number[] = [];
  let raw: Uint8Array | null = null;
  eachField(reader, end, (field, wireType) => {
    if (field === fields.tensor.dims) readInts(reader, wireType, dims);
    else if (field === fields.tensor.dataType) dataType = reader.int32();
    else if (field === fields.tensor.floatData) readFloats(reader, wireType, floats);
    else if (field === fields.tensor.int64Data) readInts(reader, wireType, ints);
    else if (field === fields.tensor.name) name = reader.string();
    else if (field === fields.tensor.rawData) raw = reader.bytes();
    else return false;
    return true;
  });
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (dataType === elementTypes.float) {
    const data = raw === null ? Float32Array.from(floats) : rawFloats(raw);
    if (data.length !== size) throw new RangeError(`tensor ${name} has ${data.length} of ${size} values`);
    return { name, tensor: { type: "float", dims, data } };
  }
  if (dataType !== elementTypes.int64)
    throw new RangeError(`tensor ${name} is of a type that is not supported`);
  const data = raw === null ? ints : rawInts(raw);
  if (data.length !== size) throw new RangeError(`tensor ${name} has ${data.length} of ${size} values`);
  return { name, tensor: { type: "int64", dims, data } };
}

function rawFloats(raw: Uint8Array): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: raw.byteLength >>> 2 }, (_, i) => view.getFloat32(4 * i, true));
}

function rawInts(raw: Uint8Array): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.byteLength >>> 3 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
}

function readValue(reader: Reader, end: number): OnnxValue {
  let name = "";
  let dims: (number | string)[] = [];
  eachField(reader, end, (field) => {
    if (field === fields.value.name) name = reader.string();
    else if (field === fields.value.type) dims = inner(reader, readDims);
    else return false;
    return true;
  });
  return { name, dims };
}

function readDims(reader: Reader, end: number): (number | string)[] {
  const dims: (number | string)[] = [];
  eachField(reader, end, (type) => {
    if (type !== fields.type.tensor) return false;
    inner(reader, (tensor, tensorEnd) =>
      eachField(tensor, tensorEnd, (field) => {
        if (field !== fields.tensorType.shape) return false;
        inner(tensor, (shape, shapeEnd) =>
          eachField(shape, shapeEnd, (dim) => {
            if (dim !== fields.shape.dim) return false;
            dims.push(inner(shape, readDimension));
            return true;
          }),
        );
        return true;
      }),
    );
    return true;
  });
  return dims;
}

function readDimension(reader: Reader, end: number): number | string {
  let dimension: number | string = "";
  eachField(reader, end, (field) => {
    if (field === fields.dimension.value) dimension = wholeNumber(reader);
    else if (field === fields.dimension.name) dimension = reader.string();
    else return false;
    return true;
  });
  return dimension;
}
