import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket, type Subscription } from "aedes";
import { machineFault } from "#core/failure.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { deviceCommandsFilter, type ParsedTopic, parseTopic, receiptTopic } from "#wire/topics.ts";
import { type BrokerDoor, BrokerDoors, type Peer, type PlainDoor, type SecureDoor } from "./broker-doors.ts";
import { GuardedConnection, PacketTooLarge } from "./guarded-connection.ts";
import type { HubBroker } from "./hub-broker.ts";
import { urlHost } from "./loopback-host.ts";
import type { RefusalKind, Refusals } from "./refusals.ts";

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

/** Where a broker is to be found. */
export interface BrokerAddresses {
  /** Like mqtt://127.0.0.1:1883; null where there is no plain door. */
  readonly plainUrl: string | null;
  /** Like mqtts://192.168.1.10:8883; null where there is no secure door. */
  readonly secureUrl: string | null;
}

/** What a broker needs. */
export interface BrokerOptions {
  /** Passwords, for programs of this machine; null where there is no such door. */
  readonly plain: Omit<PlainDoor, "kind"> | null;
  /** TLS with certificates, for devices; null where there is no such door. */
  readonly secure: Omit<SecureDoor, "kind"> | null;
  readonly refusals: Refusals;
  /** Called before a publication is acknowledged; when it throws, the device is disconnected and will send it again. */
  readonly onPublication: (publication: Publication) => void;
  readonly log: (line: string) => void;
}

/**
 * The embedded MQTT 3.1.1 broker. A device is who its certificate (or, at the plain door, its password) says, publishes
 * only under its own topics and hears only its own commands and receipts; nothing else connects. It keeps no session, no
 * subscription and no retained message: the hub's store is the memory, and devices say their state anew whenever they
 * connect.
 */
export class Broker implements HubBroker {
  readonly #options: BrokerOptions;
  readonly #doors: BrokerDoors;
  readonly #peers = new WeakMap<object, Peer>();
  #aedes: Aedes | null = null;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#doors = new BrokerDoors({
      refusals: options.refusals,
      onPeer: (socket, peer) => this.#meet(socket, peer),
    });
  }

  /** Listens. Throws badInput "not-loopback" and machineFault "port-in-use" or "port-unusable". */
  async start(): Promise<BrokerAddresses> {
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
    aedes.on("clientError", (client, error) => this.#failed(client, error));
    aedes.on("connectionError", (client, error) => this.#failed(client, error));
    // Typed without it, but an emitted "error" that nobody hears would end the program.
    (aedes as EventEmitter).on("error", (error: Error) => this.#options.log(`MQTT broker: ${error.message}`));
    this.#aedes = aedes;
    const { plain, secure } = this.#options;
    try {
      return {
        plainUrl: plain === null ? null : await this.#open({ kind: "plain", ...plain }),
        secureUrl: secure === null ? null : await this.#open({ kind: "secure", ...secure }),
      };
    } catch (error) {
      await this.stop();
      throw error;
    }
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
    return this.#doors.problem;
  }

  /** Takes over a new certificate of the hub; connections that stand go on. */
  renewCertificate(): void {
    this.#doors.renewCertificate();
  }

  /** Ends the connections whose certificates are revoked or have ended meanwhile. */
  endStale(): void {
    this.#doors.endStale();
  }

  /** Disconnects everybody and frees the ports; safe to call twice. */
  async stop(): Promise<void> {
    const aedes = this.#aedes;
    this.#aedes = null;
    if (aedes !== null) await new Promise<void>((resolve) => aedes.close(() => resolve()));
    await this.#doors.close();
  }

  async #open(door: BrokerDoor): Promise<string> {
    const port = await this.#doors.open(door);
    return `${door.kind === "plain" ? "mqtt" : "mqtts"}://${urlHost(door.host)}:${port}`;
  }

  #meet(socket: Socket, peer: Peer): void {
    const aedes = this.#aedes;
    if (aedes === null) {
      socket.destroy();
      return;
    }
    const packetBytesMax = framePayloadBytesMax + packetOverheadBytesMax;
    const connection = new GuardedConnection(socket, { packetBytesMax });
    this.#peers.set(connection, peer);
    aedes.handle(connection);
  }

  #admits(login: { client: Client; username: string | undefined; password: Buffer | undefined }): boolean {
    const peer = this.#peers.get(login.client.conn);
    if (peer === undefined) return false;
    const refusal = whyNotAdmitted(login, peer);
    if (refusal === null) peer.admitted = true;
    else this.#options.refusals.count({ peer: peer.address, ...refusal });
    return refusal === null;
  }

  /** A connection ended by an error: of the one at its end, or of the line. */
  #failed(client: Client, error: Error): void {
    const address = this.#peers.get(client.conn)?.address ?? "somebody";
    const peer = client.id ? `${client.id} (${address})` : address;
    // Refused by us, and counted there.
    if (error instanceof Refused || "errorCode" in error) return;
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof PacketTooLarge) {
      this.#options.refusals.count({ kind: "oversized-message", peer, what: error.message });
    } else if (error instanceof NotStored) {
      this.#options.log(`MQTT ${peer}: ${error.message}`);
    } else if (code === undefined && !linesOwn.test(error.message)) {
      this.#options.refusals.count({ kind: "malformed-packet", peer, what: `is cut off: ${error.message}` });
    } else if (client.id) {
      this.#options.log(`MQTT ${peer}: ${error.message}`);
    }
  }

  /** Hands a publication on; an error instead of null ends the client's connection without acknowledgement. */
  #receive(client: Client | null, packet: PublishPacket): Error | null {
    // While stopping, last words are not taken: nobody is left to hear them.
    if (client === null || this.#aedes === null) return new Error("not taken");
    const topic = parseTopic(packet.topic);
    const refusal = refusePublication({ client, packet, topic });
    if (refusal !== null) {
      this.#options.refusals.count({ peer: client.id, ...refusal });
      return new Refused(refusal.what);
    }
    packet.retain = false;
    try {
      this.#options.onPublication({ topic: topic!, payload: asBuffer(packet.payload) });
      return null;
    } catch (error) {
      return new NotStored(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
}

/** What was refused and counted already. */
class Refused extends Error {}
/** What the hub itself could not take. */
class NotStored extends Error {}
/** What aedes says of a line, and not of what came over it. */
const linesOwn =
  /^(keep alive timeout|drain timeout|connection closed|connect did not arrive in time|not taken)$/;

type Refusal = { readonly kind: RefusalKind; readonly what: string };

function whyNotAdmitted(
  login: { client: Client; username: string | undefined; password: Buffer | undefined },
  { door, identification }: Peer,
): Refusal | null {
  const { client, username, password } = login;
  if (door.kind === "plain") {
    // The client id is the device id, so that a device that connects again takes over from its dead connection.
    const isKnown =
      username !== undefined &&
      password !== undefined &&
      deviceIdSchema.safeParse(username).success &&
      client.id === username &&
      door.credentials.admits({ deviceId: username, password });
    return isKnown ? null : { kind: "wrong-login", what: "does not have the password of a device" };
  }
  if (identification?.kind !== "device") return refusedCertificate(identification?.kind ?? "unknown");
  const { device } = identification.certificate;
  if (client.id === device) return null;
  return { kind: "wrong-login", what: `is ${device} by its certificate and calls itself ${client.id}` };
}

function refusedCertificate(why: "revoked" | "expired" | "unknown"): Refusal {
  switch (why) {
    case "revoked":
      return { kind: "revoked-certificate", what: "shows a certificate that is revoked" };
    case "expired":
      return { kind: "expired-certificate", what: "shows a certificate that has ended" };
    case "unknown":
      return { kind: "unknown-certificate", what: "shows a certificate that is not a device's" };
  }
}

function refusePublication(options: {
  client: Client;
  packet: PublishPacket;
  topic: ParsedTopic | null;
}): Refusal | null {
  const { client, packet, topic } = options;
  const isForDevices = topic?.kind === "command" || topic?.kind === "receipt";
  if (topic === null || isForDevices || topic.device !== client.id)
    return { kind: "foreign-topic", what: `may not publish to ${packet.topic}` };
  if (packet.qos === 2) return { kind: "malformed-message", what: "asks for QoS 2, which is not offered" };
  const bytes = asBuffer(packet.payload).length;
  const most = topic.kind === "frame" ? framePayloadBytesMax : messagePayloadBytesMax;
  const what = `sent ${bytes} bytes to ${packet.topic}, more than ${most}`;
  return bytes > most ? { kind: "oversized-message", what } : null;
}

function allowed(client: Client, subscription: Subscription): Subscription | null {
  const own = [deviceCommandsFilter(client.id), receiptTopic(client.id)];
  return own.includes(subscription.topic) ? subscription : null;
}

function asBuffer(payload: AedesPublishPacket["payload"]): Buffer {
  return typeof payload === "string" ? Buffer.from(payload) : payload;
}
