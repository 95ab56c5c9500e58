import { badInput, Failure } from "#core/failure.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import {
  deviceOperation,
  deviceProtocolVersion,
  doneResponse,
  failedResponse,
  type ServedDescription,
  spiReadBytesMax,
} from "./device-server-protocol.ts";

/** Emulated devices that another program may drive. */
export interface ServedDevices {
  readonly i2c: I2cBus;
  readonly spi: readonly { readonly name: string; readonly link: SpiLink }[];
  readonly lines: readonly { readonly name: string; readonly line: GpioLine }[];
  readonly faults: readonly {
    readonly name: string;
    /** Sets a fault that came as JSON, or takes it away with null. Throws `Failure` for what is none. */
    set(fault: unknown): void;
  }[];
}

const nothing = new Uint8Array(0);

/**
 * Answers the requests of the device protocol over emulated devices: byte arrays in, byte arrays out, whatever carries
 * them. Requests of one connection are to be answered one after the other.
 */
export class DeviceServer {
  readonly #devices: ServedDevices;

  constructor(devices: ServedDevices) {
    this.#devices = devices;
  }

  /** Answers one request. What a device refuses, and what is no request, is an answer too; nothing is thrown. */
  async answer(request: Uint8Array): Promise<Uint8Array> {
    try {
      return doneResponse(await this.#do(request));
    } catch (error) {
      if (error instanceof TransportFailure) return failedResponse(error.code, error.message);
      if (error instanceof Failure) return failedResponse(null, error.message);
      throw error;
    }
  }

  async #do(request: Uint8Array): Promise<Uint8Array> {
    const view = new DataView(request.buffer, request.byteOffset, request.byteLength);
    switch (request[0]) {
      case deviceOperation.describe:
        return new TextEncoder().encode(JSON.stringify(this.#describe()));
      case deviceOperation.i2c:
        requireBytes(request, 4);
        return this.#devices.i2c.transfer({
          address: request[1]!,
          readBytes: view.getUint16(2),
          write: request.slice(4),
        });
      case deviceOperation.spi:
        requireBytes(request, 6);
        return this.#read(request[1]!, view.getUint32(2));
      case deviceOperation.line:
        requireBytes(request, 3);
        await find(this.#devices.lines, request[1]!).line.set(request[2] === 0 ? "low" : "high");
        return nothing;
      case deviceOperation.fault:
        requireBytes(request, 3);
        find(this.#devices.faults, request[1]!).set(parseJson(request.subarray(2)));
        return nothing;
      default:
        throw badInput("bad-request", `Operation ${request[0]} is none of the device protocol.`);
    }
  }

  #describe(): ServedDescription {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    const { spi, lines, faults } = this.#devices;
    return {
      protocol: deviceProtocolVersion,
      spi: names(spi),
      lines: names(lines),
      faults: names(faults),
    };
  }

  #read(link: number, bytes: number): Uint8Array {
    if (bytes > spiReadBytesMax) {
      throw badInput("bad-request", `A read has at most ${spiReadBytesMax} bytes, ${bytes} are too many.`);
    }
    const into = new Uint8Array(bytes);
    find(this.#devices.spi, link).link.read(into);
    return into;
  }
}

function requireBytes(request: Uint8Array, count: number): void {
  if (request.length < count) {
    throw badInput("bad-request", `Request ${request[0]} has ${request.length} bytes, it needs ${count}.`);
  }
}

function find<Each>(list: readonly Each[], index: number): Each {
  const found = list[index];
  if (found === undefined) throw badInput("bad-request", `There is no number ${index} of ${list.length}.`);
  return found;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw badInput("bad-request", "A fault is given as JSON, and this is none.", { cause: error });
  }
}
