import { type AddressInfo, BlockList, createServer, isIPv6, type Server, type Socket } from "node:net";
import type { Cancel, Clock } from "#core/time.ts";
import { portFailure } from "../../listening-port.ts";
import { isLoopbackHost } from "../../loopback-host.ts";
import type { IntegrationsConfig } from "../integrations-config.ts";
import { answerRequest, modbusFrameBytesMax, takeRequest } from "./answer-request.ts";
import type { RegisterBlock } from "./register-map.ts";

/** Connections at once; a further one is closed at once. */
export const modbusConnectionsMax = 32;
/** A connection that asks nothing for so long is closed. */
export const modbusIdleMs = 120_000;
/** A client for which more than this waits does not read, and is closed. */
const backlogBytesMax = 64 * 1024;
const idleCheckMs = 10_000;

/** What the server stands on. */
export interface ModbusServerOptions {
  readonly clock: Clock;
  readonly config: IntegrationsConfig["modbus"] & { readonly port: number };
  /** The registers now; asked for each request. */
  readonly blocks: () => readonly RegisterBlock[];
  readonly log: (line: string) => void;
}

/**
 * A Modbus TCP server that answers reads and nothing else. Modbus knows no login and no encryption: it listens on this
 * machine unless the configuration says otherwise, and then answers only the addresses that it names.
 */
export class ModbusServer {
  readonly #options: ModbusServerOptions;
  readonly #heardMs = new Map<Socket, number>();
  readonly #clients: BlockList | null;
  #turnedAway = 0;
  #server: Server | null = null;
  #cancel: Cancel | null = null;

  constructor(options: ModbusServerOptions) {
    this.#options = options;
    const { host, clients } = options.config;
    this.#clients = clients.length === 0 && isLoopbackHost(host) ? null : new BlockList();
    for (const client of clients) this.#clients?.addAddress(client, isIPv6(client) ? "ipv6" : "ipv4");
  }

  /** Listens; the port. Throws machineFault "port-in-use" or "port-unusable". */
  async start(): Promise<number> {
    const { clock, config } = this.#options;
    const { host, port } = config;
    const server = createServer((socket) => this.#accept(socket));
    server.maxConnections = modbusConnectionsMax;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => reject(portFailure({ host, port, error })));
      server.listen(port, host.replace(/^\[|\]$/g, ""), resolve);
    });
    server.on("error", (error) => this.#options.log(`Modbus: ${error.message}`));
    this.#server = server;
    this.#cancel = clock.every(idleCheckMs, () => this.#closeIdle());
    return (server.address() as AddressInfo).port;
  }

  /** Closes all connections and frees the port; safe to call twice. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#heardMs.keys()) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    const { remoteAddress = "", remoteFamily = "IPv4" } = socket;
    const isNamed = this.#clients?.check(remoteAddress, remoteFamily === "IPv6" ? "ipv6" : "ipv4") ?? true;
    socket.on("error", () => socket.destroy());
    if (!isNamed) {
      this.#turnAway(remoteAddress);
      socket.destroy();
      return;
    }
    this.#heardMs.set(socket, this.#options.clock.monotonicMs());
    socket.setNoDelay(true);
    socket.on("close", () => this.#heardMs.delete(socket));
    let received: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = this.#serve(socket, Buffer.concat([received, chunk]));
    });
  }

  #turnAway(remoteAddress: string): void {
    this.#turnedAway += 1;
    // One that tries on and on would flood the log.
    if (this.#turnedAway > 10 && this.#turnedAway % 100 !== 0) return;
    this.#options.log(
      `Modbus: ${remoteAddress} is not among the clients of the configuration (${this.#turnedAway} turned away so far).`,
    );
  }

  /** Answers all whole requests; what is left of the bytes. */
  #serve(socket: Socket, bytes: Buffer): Buffer {
    let rest = bytes;
    for (let taken = takeRequest(rest); taken.kind !== "incomplete"; taken = takeRequest(rest)) {
      if (taken.kind === "no-modbus" || socket.writableLength > backlogBytesMax) {
        socket.destroy();
        return Buffer.alloc(0);
      }
      rest = taken.rest;
      this.#heardMs.set(socket, this.#options.clock.monotonicMs());
      socket.write(answerRequest(taken.request, this.#options.blocks()));
    }
    // Never longer than one request, whose length has been checked.
    return Buffer.from(rest.subarray(0, modbusFrameBytesMax));
  }

  #closeIdle(): void {
    const nowMs = this.#options.clock.monotonicMs();
    for (const [socket, heardMs] of this.#heardMs) if (nowMs - heardMs > modbusIdleMs) socket.destroy();
  }
}
