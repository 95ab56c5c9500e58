import type { EventEmitter } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket, type Subscription } from "aedes";
import { badInput, type Failure, machineFault } from "#core/failure.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { deviceCommandsFilter, type ParsedTopic, parseTopic, receiptTopic } from "#wire/topics.ts";
import type { DeviceCredentials } from "./device-credentials.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import { isLoopbackHost, urlHost } from "./loopback-host.ts";

/** Connections at once, logged in or not; a further one is closed at once. */
export const brokerConnectionsMax = 96;
/** A picture of a 640×480 camera fits; a larger packet ends the connection. */
export const framePayloadBytesMax = 1024 * 1024;
/** Every other message; a whole alarm state with all its reasons fits. */
export const messagePayloadBytesMax = 256 * 1024;
/** Topic and header of a packet beside its payload. */
const packetOverheadBytesMax = 1024;
/** A client that has not said who it is by then is closed. */
const loginTimeoutMs = 10_000;
/** A client that does not read for so long is closed. */
const drainTimeoutMs = 20_000;

/** What a device published: who and what by the topic, the payload still as bytes. */
export interface Publication {
  readonly topic: ParsedTopic;
  readonly payload: Buffer;
}

/** What a broker needs. */
export interface BrokerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly credentials: DeviceCredentials;
  /** Called before a publication is acknowledged; when it throws, the device is disconnected and will send it again. */
  readonly onPublication: (publication: Publication) => void;
  readonly log: (line: string) => void;
}

/**
 * The embedded MQTT 3.1.1 broker. Devices log in with their own password, publish only under their own topics and
 * hear only their own commands and receipts; nothing else connects. It keeps no session, no subscription and no retained message:
 * the hub's store is the memory, and devices say their state anew whenever they connect.
 */
export class Broker {
  readonly #options: BrokerOptions;
  readonly #sockets = new Set<Socket>();
  #aedes: Aedes | null = null;
  #server: Server | null = null;
  #problem: string | null = null;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  /** Listens. Throws badInput "not-loopback" and machineFault "port-in-use" or "port-unusable". */
  async start(): Promise<{ readonly url: string }> {
    const { host, port } = this.#options;
    if (!isLoopbackHost(host)) {
      throw badInput(
        "not-loopback",
        `The MQTT broker does not listen on ${host}: its connections are not encrypted, so it listens on this machine only (use 127.0.0.1).`,
      );
    }
    const aedes = await Aedes.createBroker({
      connectTimeout: loginTimeoutMs,
      drainTimeout: drainTimeoutMs,
      maxTopicLevels: 5,
      authenticate: (client, username, password, done) => {
        done(null, this.#admits({ client, username, password }));
      },
      authorizePublish: (client, packet, done) => done(this.#receive(client, packet)),
      authorizeSubscribe: (client, subscription, done) => done(null, allowed(client, subscription)),
      preConnect: (_client, packet, done) => {
        // Sessions that outlive a connection would grow without bound in memory.
        packet.clean = true;
        done(null, true);
      },
    });
    aedes.on("clientError", (client, error) => this.#options.log(`MQTT ${client.id}: ${error.message}`));
    aedes.on("connectionError", (_client, error) => this.#options.log(`MQTT: ${error.message}`));
    // Typed without it, but an emitted "error" that nobody hears would end the program.
    (aedes as EventEmitter).on("error", (error: Error) => this.#options.log(`MQTT broker: ${error.message}`));
    this.#aedes = aedes;
    try {
      this.#server = await listen({ host, port, onSocket: (socket) => this.#accept(socket) });
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#server.on("error", (error) => {
      this.#problem = `The MQTT broker failed: ${error.message}.`;
    });
    const address = this.#server.address() as AddressInfo;
    return { url: `mqtt://${urlHost(host)}:${address.port}` };
  }

  /** Sends a message to whoever subscribed to the topic; resolves when it is handed over, not when it arrived. */
  publish(message: { readonly topic: string; readonly payload: string; readonly qos: 0 | 1 }): Promise<void> {
    const aedes = this.#aedes;
    if (aedes === null) return Promise.reject(machineFault("broker-stopped", "The MQTT broker is stopped."));
    return new Promise((resolve, reject) => {
      const packet = { cmd: "publish" as const, dup: false, retain: false, ...message };
      aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** What is wrong with the broker, in one sentence; null while it works. */
  get problem(): string | null {
    if (this.#problem !== null) return this.#problem;
    return this.#server?.listening === true ? null : "The MQTT broker is not running.";
  }

  /** Disconnects everybody and frees the port; safe to call twice. */
  async stop(): Promise<void> {
    const aedes = this.#aedes;
    const server = this.#server;
    this.#aedes = null;
    this.#server = null;
    const closed = server === null ? null : new Promise<void>((resolve) => server.close(() => resolve()));
    if (aedes !== null) await new Promise<void>((resolve) => aedes.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    const aedes = this.#aedes;
    if (aedes === null || this.#sockets.size >= brokerConnectionsMax) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => this.#sockets.delete(socket));
    aedes.handle(
      new GuardedConnection(socket, { packetBytesMax: framePayloadBytesMax + packetOverheadBytesMax }),
    );
  }

  #admits(login: { client: Client; username: string | undefined; password: Buffer | undefined }): boolean {
    const { client, username, password } = login;
    if (username === undefined || password === undefined || !deviceIdSchema.safeParse(username).success) {
      return false;
    }
    // The client id is the device id, so that a device that connects again takes over from its dead connection.
    return client.id === username && this.#options.credentials.admits({ deviceId: username, password });
  }

  /** Hands a publication on; an error instead of null ends the client's connection without acknowledgement. */
  #receive(client: Client | null, packet: PublishPacket): Error | null {
    // While stopping, last words are not taken: nobody is left to hear them.
    if (client === null || this.#aedes === null) return new Error("not taken");
    const topic = parseTopic(packet.topic);
    const refusal = refusePublication({ client, packet, topic });
    if (refusal !== null) return new Error(refusal);
    packet.retain = false;
    try {
      this.#options.onPublication({ topic: topic!, payload: asBuffer(packet.payload) });
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

function refusePublication(options: {
  client: Client;
  packet: PublishPacket;
  topic: ParsedTopic | null;
}): string | null {
  const { client, packet, topic } = options;
  const isForDevices = topic?.kind === "command" || topic?.kind === "receipt";
  if (topic === null || isForDevices || topic.device !== client.id) {
    return `may not publish to ${packet.topic}`;
  }
  if (packet.qos === 2) return "QoS 2 is not offered";
  const bytes = asBuffer(packet.payload).length;
  const most = topic.kind === "frame" ? framePayloadBytesMax : messagePayloadBytesMax;
  return bytes > most ? `sent ${bytes} bytes to ${packet.topic}, more than ${most}` : null;
}

function allowed(client: Client, subscription: Subscription): Subscription | null {
  const own = [deviceCommandsFilter(client.id), receiptTopic(client.id)];
  return own.includes(subscription.topic) ? subscription : null;
}

function asBuffer(payload: AedesPublishPacket["payload"]): Buffer {
  return typeof payload === "string" ? Buffer.from(payload) : payload;
}

/** Opens a listening TCP server; throws the failures of `portFailure`. */
function listen(options: {
  host: string;
  port: number;
  onSocket: (socket: Socket) => void;
}): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(options.onSocket);
    server.maxConnections = brokerConnectionsMax;
    const fail = (error: NodeJS.ErrnoException): void => reject(portFailure({ ...options, error }));
    server.once("error", fail);
    server.listen(options.port, options.host.replace(/^\[|\]$/g, ""), () => {
      server.off("error", fail);
      resolve(server);
    });
  });
}

/** Opens a port and frees it again, which leaves no trace; throws the failures of `portFailure`. Port 0 is free. */
export async function checkPortFree(place: { readonly host: string; readonly port: number }): Promise<void> {
  if (place.port === 0) return;
  const server = await listen({ ...place, onSocket: (socket) => socket.destroy() });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** Says in one sentence why a port could not be opened and what to do. */
export function portFailure(options: {
  readonly host: string;
  readonly port: number;
  readonly error: NodeJS.ErrnoException;
}): Failure {
  const { host, port, error } = options;
  return error.code === "EADDRINUSE"
    ? machineFault(
        "port-in-use",
        `Port ${port} on ${host} is already in use: stop the other program or choose another port.`,
      )
    : machineFault("port-unusable", `Port ${port} on ${host} cannot be opened (${error.message}).`, {
        cause: error,
      });
}
