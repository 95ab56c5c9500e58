import { Writer } from "protobufjs/minimal.js";
import { attributeTypes, elementTypes, fields } from "./onnx-fields.ts";
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model.ts";

/** The bytes of an ONNX file (onnx.proto3 of ONNX 1.12). One model always gives the same bytes. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const writer = Writer.create();
  writer.uint32(tag(fields.model.irVersion, varint)).int64(model.irVersion);
  text(writer, fields.model.producer, model.producer);
  part(writer, fields.model.graph, (inner) => graph(inner, model.graph));
  for (const [domain, version] of Object.entries(model.opsets))
    part(writer, fields.model.opset, (inner) => {
      text(inner, fields.opset.domain, domain);
      inner.uint32(tag(fields.opset.version, varint)).int64(version);
    });
  for (const [key, value] of Object.entries(model.metadata))
    part(writer, fields.model.metadata, (inner) => {
      text(inner, fields.entry.key, key);
      text(inner, fields.entry.value, value);
    });
  return writer.finish();
}

/** Wire types of protocol buffers. */
const varint = 0;
const lengthDelimited = 2;
const fixed32 = 5;

function tag(field: number, wireType: number): number {
  return field * 8 + wireType;
}

function text(writer: Writer, field: number, value: string): void {
  writer.uint32(tag(field, lengthDelimited)).string(value);
}

function part(writer: Writer, field: number, write: (inner: Writer) => void): void {
  writer.uint32(tag(field, lengthDelimited)).fork();
  write(writer);
  writer.ldelim();
}

function graph(writer: Writer, value: OnnxGraph): void {
  for (const node of value.nodes) part(writer, fields.graph.node, (inner) => nodeBytes(inner, node));
  text(writer, fields.graph.name, value.name);
  for (const [name, tensor] of Object.entries(value.initializers))
    part(writer, fields.graph.initializer, (inner) => tensorBytes(inner, tensor, name));
  for (const input of value.inputs) part(writer, fields.graph.input, (inner) => valueBytes(inner, input));
  for (const output of value.outputs) part(writer, fields.graph.output, (inner) => valueBytes(inner, output));
}

function nodeBytes(writer: Writer, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, fields.node.input, input);
  for (const output of node.outputs) text(writer, fields.node.output, output);
  text(writer, fields.node.name, node.name);
  text(writer, fields.node.op, node.op);
  for (const [name, attribute] of Object.entries(node.attributes))
    part(writer, fields.node.attribute, (inner) => attributeBytes(inner, name, attribute));
  text(writer, fields.node.domain, node.domain);
}

function attributeBytes(writer: Writer, name: string, attribute: OnnxAttribute): void {
  text(writer, fields.attribute.name, name);
  switch (attribute.kind) {
    case "float":
      writer.uint32(tag(fields.attribute.float, fixed32)).float(attribute.value);
      break;
    case "int":
      writer.uint32(tag(fields.attribute.int, varint)).int64(attribute.value);
      break;
    case "string":
      text(writer, fields.attribute.string, attribute.value);
      break;
    case "tensor":
      part(writer, fields.attribute.tensor, (inner) => tensorBytes(inner, attribute.value, ""));
      break;
    case "floats":
      floats(writer, fields.attribute.floats, attribute.value);
      break;
    case "ints":
      part(writer, fields.attribute.ints, (inner) => {
        for (const value of attribute.value) inner.int64(value);
      });
      break;
    case "strings":
      for (const value of attribute.value) text(writer, fields.attribute.strings, value);
      break;
  }
  writer.uint32(tag(fields.attribute.type, varint)).int32(attributeTypes[attribute.kind]);
}

/** Floats packed as they lie in memory, little-endian. */
function floats(writer: Writer, field: number, values: Float32Array): void {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  writer.uint32(tag(field, lengthDelimited)).bytes(bytes);
}

function tensorBytes(writer: Writer, tensor: OnnxTensor, name: string): void {
  part(writer, fields.tensor.dims, (inner) => {
    for (const dim of tensor.dims) inner.int64(dim);
  });
  writer.uint32(tag(fields.tensor.dataType, varint)).int32(elementTypes[tensor.type]);
  if (tensor.type === "float") floats(writer, fields.tensor.floatData, tensor.data);
  else
    part(writer, fields.tensor.int64Data, (inner) => {
      for (const value of tensor.data) inner.int64(value);
    });
  text(writer, fields.tensor.name, name);
}

function valueBytes(writer: Writer, value: OnnxValue): void {
  text(writer, fields.value.name, value.name);
  part(writer, fields.value.type, (type) =>
    part(type, fields.type.tensor, (tensor) => {
      tensor.uint32(tag(fields.tensorType.element, varint)).int32(elementTypes.float);
      part(tensor, fields.tensorType.shape, (shape) => {
        for (const dim of value.dims)
          part(shape, fields.shape.dim, (one) => {
            if (typeof dim === "number") one.uint32(tag(fields.dimension.value, varint)).int64(dim);
            else text(one, fields.dimension.name, dim);
          });
      });
    }),
  );
}
