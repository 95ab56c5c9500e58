import { once } from "node:events";
import { Socket } from "node:net";
import { assert, Failure, machineFault } from "#core/failure.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import {
  describeRequest,
  deviceProtocolVersion,
  faultRequest,
  frameMessage,
  i2cRequest,
  lineRequest,
  MessageSplitter,
  readResponse,
  responseBytesMax,
  type ServedDescription,
} from "#simulation/devices/device-server-protocol.ts";

/** Requests that may wait for their answers. */
export const waitingRequestsMax = 1_000;

interface Waiting {
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** Emulated devices in another process, over its Unix socket: I2C bus, lines and faults. Video: `SocketSpiLink`. */
export class DeviceClient {
  readonly #socket: Socket;
  readonly #splitter = new MessageSplitter(responseBytesMax);
  readonly #waiting: Waiting[] = [];
  readonly #path: string;
  #description: ServedDescription = { protocol: 0, spi: [], lines: [], faults: [] };

  private constructor(socket: Socket, path: string) {
    this.#socket = socket;
    this.#path = path;
    socket.on("data", (chunk) => this.#receive(chunk));
    // An error is followed by "close", which tells whoever waits.
    socket.on("error", () => {});
    socket.on("close", () => this.#fail(gone(path)));
  }

  /** Connects and asks what is served. Throws `TransportFailure` when nobody serves there, or another protocol. */
  static async connect(path: string): Promise<DeviceClient> {
    const socket = new Socket();
    socket.connect(path);
    try {
      await once(socket, "connect");
    } catch (error) {
      throw new TransportFailure(
        "device-missing",
        `${path}: no emulated devices are served there (${(error as Error).message}): start emberwatch emulate.`,
        { cause: error },
      );
    }
    const client = new DeviceClient(socket, path);
    const json = new TextDecoder().decode(await client.#request(describeRequest()));
    const description = JSON.parse(json) as ServedDescription;
    if (description.protocol !== deviceProtocolVersion) {
      client.close();
      throw new TransportFailure(
        "bus-error",
        `${path}: speaks version ${description.protocol} of the device protocol, not ${deviceProtocolVersion}.`,
      );
    }
    client.#description = description;
    return client;
  }

  /** What is served. */
  get description(): ServedDescription {
    return this.#description;
  }

  /** The I2C bus with all chips on it; closing it hangs up. */
  get i2c(): I2cBus {
    return {
      transfer: (transfer) => this.#request(i2cRequest(transfer)),
      close: async () => this.close(),
    };
  }

  /** A line by its name. Closing it does nothing: the line stays as it is. */
  line(name: string): GpioLine {
    const index = this.#description.lines.indexOf(name);
    assert(index >= 0, `a line ${name} is served`);
    return {
      set: async (level) => void (await this.#request(lineRequest(index, level))),
      close: async () => {},
    };
  }

  /** Sets a device's fault, or takes it away with null. Throws `Failure` for a fault that the device does not have. */
  async setFault(name: string, fault: unknown): Promise<void> {
    const index = this.#description.faults.indexOf(name);
    assert(index >= 0, `a device ${name} that can fail is served`);
    await this.#request(faultRequest(index, fault));
  }

  /** Hangs up; safe to call twice. */
  close(): void {
    this.#socket.destroy();
  }

  async #request(body: Uint8Array): Promise<Uint8Array> {
    if (this.#socket.destroyed) throw gone(this.#path);
    assert(this.#waiting.length < waitingRequestsMax, "answers are waited for");
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#waiting.push({ resolve, reject });
    this.#socket.write(frameMessage(body));
    return promise;
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const message of this.#splitter.add(chunk)) this.#settle(message);
    } catch (error) {
      this.#fail(error as Failure);
      this.close();
    }
  }

  #settle(message: Uint8Array): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined)
      throw machineFault("unasked", `${this.#path}: an answer that nobody asked for.`);
    const response = readResponse(message);
    if (response.kind === "done") waiting.resolve(response.payload);
    else waiting.reject(failureOf(response));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

function failureOf(response: {
  readonly code: TransportFailure["code"] | null;
  readonly text: string;
}): Failure {
  return response.code === null
    ? new Failure("input", "refused", response.text)
    : new TransportFailure(response.code, response.text);
}

function gone(path: string): TransportFailure {
  return new TransportFailure(
    "gone",
    `${path}: whoever served the emulated devices is gone: start it again.`,
  );
}
