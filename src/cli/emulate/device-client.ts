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

/**
 * Emulated devices in another process, over its Unix socket: I2C bus, lines and faults. Video: `SocketSpiLink`. What
 * waits when the server goes fails with "gone"; the next request looks for it again.
 */
export class DeviceClient {
  readonly #path: string;
  readonly #description: ServedDescription;
  #connection: DeviceConnection;
  #reconnecting: Promise<DeviceConnection> | null = null;
  #isClosed = false;

  private constructor(path: string, connection: DeviceConnection) {
    this.#path = path;
    this.#connection = connection;
    this.#description = connection.description;
  }

  /** Connects and asks what is served. Throws `TransportFailure` when nobody serves there, or another protocol. */
  static async connect(path: string): Promise<DeviceClient> {
    return new DeviceClient(path, await DeviceConnection.open(path));
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

  /** Hangs up for good; safe to call twice. */
  close(): void {
    this.#isClosed = true;
    this.#connection.close();
  }

  async #request(body: Uint8Array): Promise<Uint8Array> {
    if (this.#isClosed) throw gone(this.#path);
    if (this.#connection.isOpen) return this.#connection.request(body);
    this.#reconnecting ??= this.#reconnect();
    try {
      return await (await this.#reconnecting).request(body);
    } finally {
      this.#reconnecting = null;
    }
  }

  /** Links, lines and devices are asked for by their numbers, so they have to be the same as before. */
  async #reconnect(): Promise<DeviceConnection> {
    const connection = await DeviceConnection.open(this.#path).catch((cause: unknown) => {
      throw new TransportFailure("gone", gone(this.#path).message, { cause });
    });
    const isSame = JSON.stringify(connection.description) === JSON.stringify(this.#description);
    if (isSame && !this.#isClosed) {
      this.#connection = connection;
      return connection;
    }
    connection.close();
    if (this.#isClosed) throw gone(this.#path);
    throw new TransportFailure(
      "gone",
      `${this.#path}: other devices are served there than before: start this program again.`,
    );
  }
}

/** One connection to a device server, from its beginning to its end. */
class DeviceConnection {
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

  static async open(path: string): Promise<DeviceConnection> {
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
    const connection = new DeviceConnection(socket, path);
    const json = new TextDecoder().decode(await connection.request(describeRequest()));
    const description = JSON.parse(json) as ServedDescription;
    if (description.protocol !== deviceProtocolVersion) {
      connection.close();
      throw new TransportFailure(
        "bus-error",
        `${path}: speaks version ${description.protocol} of the device protocol, not ${deviceProtocolVersion}.`,
      );
    }
    connection.#description = description;
    return connection;
  }

  get description(): ServedDescription {
    return this.#description;
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  close(): void {
    this.#socket.destroy();
  }

  async request(body: Uint8Array): Promise<Uint8Array> {
    if (!this.isOpen) throw gone(this.#path);
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
