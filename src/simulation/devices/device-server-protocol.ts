import { assert, badInput } from "#core/failure.ts";
import type { TransportCode } from "#sensors/transport/transport-failure.ts";

/** Version of the protocol, told in the description of what is served. */
export const deviceProtocolVersion = 1;

/** Longest request in bytes. A longer one ends the connection. */
export const requestBytesMax = 65_536;

/** Most bytes one SPI read may ask for; more is refused. A whole picture with telemetry is 40,016. */
export const spiReadBytesMax = 262_144;

/** Longest response: an SPI read and its status byte. */
export const responseBytesMax = spiReadBytesMax + 1;

/** First byte of a request. */
export const deviceOperation = { describe: 1, i2c: 2, spi: 3, line: 4, fault: 5 } as const;

/** First byte of a response: done, the request is not understood, or what a transport says. */
export const deviceStatus = { done: 0, badRequest: 100 } as const;

const transportStatus: readonly TransportCode[] = [
  "device-missing",
  "permission-denied",
  "no-answer",
  "gone",
  "bus-error",
  "busy",
];

/** What is served, as JSON: the numbers of links, lines and faults are their places in these lists. */
export interface ServedDescription {
  readonly protocol: number;
  /** SPI links by name. */
  readonly spi: readonly string[];
  /** Output lines by name. */
  readonly lines: readonly string[];
  /** Devices that can be made to fail, by name. */
  readonly faults: readonly string[];
}

const lengthBytes = 4;

/** Puts the length before a message: four bytes, most significant first. */
export function frameMessage(body: Uint8Array): Uint8Array {
  const framed = new Uint8Array(lengthBytes + body.length);
  new DataView(framed.buffer).setUint32(0, body.length);
  framed.set(body, lengthBytes);
  return framed;
}

/** Takes messages out of bytes that come in pieces of any size. */
export class MessageSplitter {
  readonly #bytesMax: number;
  #kept: Uint8Array = new Uint8Array(0);

  /** Messages have at most so many bytes. */
  constructor(bytesMax: number) {
    assert(bytesMax > 0, "a message may have bytes");
    this.#bytesMax = bytesMax;
  }

  /** Adds bytes and gives the messages that are whole now. Throws `Failure` for a message that is too long or empty. */
  add(chunk: Uint8Array): Uint8Array[] {
    let bytes = new Uint8Array(this.#kept.length + chunk.length);
    bytes.set(this.#kept);
    bytes.set(chunk, this.#kept.length);
    const messages: Uint8Array[] = [];
    while (bytes.length >= lengthBytes) {
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
      if (length === 0 || length > this.#bytesMax) {
        throw badInput(
          "bad-message",
          `A message of ${length} bytes is no message of the device protocol: connect a program that speaks it.`,
        );
      }
      if (bytes.length < lengthBytes + length) break;
      messages.push(bytes.slice(lengthBytes, lengthBytes + length));
      bytes = bytes.subarray(lengthBytes + length);
    }
    this.#kept = bytes.slice();
    return messages;
  }
}

/** A request for what is served. */
export function describeRequest(): Uint8Array {
  return Uint8Array.of(deviceOperation.describe);
}

/** One exchange on the I2C bus. */
export function i2cRequest(transfer: {
  readonly address: number;
  readonly write: Uint8Array;
  readonly readBytes: number;
}): Uint8Array {
  const { address, write, readBytes } = transfer;
  return Uint8Array.of(deviceOperation.i2c, address, readBytes >>> 8, readBytes & 0xff, ...write);
}

/** Clocks so many bytes out of link number `link`. */
export function spiRequest(link: number, bytes: number): Uint8Array {
  const request = new Uint8Array(6);
  request[0] = deviceOperation.spi;
  request[1] = link;
  new DataView(request.buffer).setUint32(2, bytes);
  return request;
}

/** Drives line number `line`. */
export function lineRequest(line: number, level: "high" | "low"): Uint8Array {
  return Uint8Array.of(deviceOperation.line, line, level === "high" ? 1 : 0);
}

/** Sets device number `device`'s fault, or takes it away with null. */
export function faultRequest(device: number, fault: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(fault));
  return Uint8Array.of(deviceOperation.fault, device, ...json);
}

/** A response that all is well, with what was asked for. */
export function doneResponse(payload: Uint8Array): Uint8Array {
  const response = new Uint8Array(1 + payload.length);
  response.set(payload, 1);
  return response;
}

/** A response that says what went wrong: a transport's code, or null for a request that is not understood. */
export function failedResponse(code: TransportCode | null, text: string): Uint8Array {
  const status = code === null ? deviceStatus.badRequest : 1 + transportStatus.indexOf(code);
  return Uint8Array.of(status, ...new TextEncoder().encode(text));
}

/** What a response says. */
export type DeviceResponse =
  | { readonly kind: "done"; readonly payload: Uint8Array }
  | { readonly kind: "failed"; readonly code: TransportCode | null; readonly text: string };

/** Reads a response. */
export function readResponse(body: Uint8Array): DeviceResponse {
  const payload = body.subarray(1);
  const status = body[0];
  if (status === deviceStatus.done) return { kind: "done", payload };
  return {
    kind: "failed",
    code: transportStatus[(status ?? 0) - 1] ?? null,
    text: new TextDecoder().decode(payload),
  };
}
