import type { RegisterBlock } from "./register-map.ts";

/** Longest request: header of 7 bytes and 253 of function and data (Modbus Messaging on TCP/IP 1.0b, 3.1.3). */
export const modbusFrameBytesMax = 260;
/** Registers in one answer at most (Modbus Application Protocol 1.1b3, 6.3). */
export const modbusRegistersMax = 125;

const headerBytes = 7;
const exception = { function: 1, address: 2, value: 3 } as const;

/** One request off a connection's bytes, or why there is none. */
export type TakenRequest =
  | { readonly kind: "request"; readonly request: Buffer; readonly rest: Buffer }
  | { readonly kind: "incomplete" }
  /** This is no Modbus: what follows cannot be told apart. */
  | { readonly kind: "no-modbus" };

/** Takes the first request off what a connection has sent. */
export function takeRequest(received: Buffer): TakenRequest {
  if (received.length < headerBytes) return { kind: "incomplete" };
  const length = 6 + received.readUInt16BE(4);
  if (received.readUInt16BE(2) !== 0 || length < headerBytes + 1 || length > modbusFrameBytesMax)
    return { kind: "no-modbus" };
  if (received.length < length) return { kind: "incomplete" };
  return { kind: "request", request: received.subarray(0, length), rest: received.subarray(length) };
}

/**
 * The answer to a request: reading holding or input registers (functions 3 and 4, the same registers), and an exception
 * to all else, writing among it. Any unit is answered for.
 */
export function answerRequest(request: Buffer, blocks: readonly RegisterBlock[]): Buffer {
  const functionCode = request.readUInt8(headerBytes);
  if (functionCode !== 3 && functionCode !== 4) return refusal(request, exception.function);
  if (request.length !== headerBytes + 5) return refusal(request, exception.value);
  const first = request.readUInt16BE(headerBytes + 1);
  const count = request.readUInt16BE(headerBytes + 3);
  if (count < 1 || count > modbusRegistersMax) return refusal(request, exception.value);
  const block = blocks.find((one) => first >= one.first && first + count <= one.first + one.values.length);
  if (block === undefined) return refusal(request, exception.address);
  const data = Buffer.alloc(1 + 2 * count);
  data.writeUInt8(2 * count, 0);
  for (let k = 0; k < count; k += 1) data.writeUInt16BE(block.values[first - block.first + k]!, 1 + 2 * k);
  return framed(request, functionCode, data);
}

function refusal(request: Buffer, code: number): Buffer {
  return framed(request, request.readUInt8(headerBytes) | 0x80, Buffer.from([code]));
}

function framed(request: Buffer, functionCode: number, data: Buffer): Buffer {
  const header = Buffer.from(request.subarray(0, headerBytes));
  header.writeUInt16BE(2 + data.length, 4);
  return Buffer.concat([header, Buffer.from([functionCode]), data]);
}
