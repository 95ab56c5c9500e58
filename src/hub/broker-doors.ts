import type { Server, Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from "node:tls";
import { badInput } from "#core/failure.ts";
import type { DeviceCredentials } from "./device-credentials.ts";
import type { DeviceIdentities, Identification } from "./identity/device-identities.ts";
import type { IssuedCertificate } from "./identity/issued-certificates.ts";
import type { ServerCertificate } from "./identity/server-certificate.ts";
import { listen } from "./listening-port.ts";
import { isLoopbackHost } from "./loopback-host.ts";
import type { RefusalKind, Refusals } from "./refusals.ts";

/** Connections at once, logged in or not: 300 devices, and as many more as come back before their old ones are known dead. */
export const brokerConnectionsMax = 400;
/** Connections at once that have not logged in; strangers cannot take the places of devices. */
export const strangersMax = 100;
/** The same from one address. */
export const strangersPerAddressMax = 50;
/** A client that has not proven its certificate by then is closed. */
const handshakeTimeoutMs = 10_000;

/** A door with a password for each device, which only programs of this machine can reach: nothing is encrypted. */
export interface PlainDoor {
  readonly kind: "plain";
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly credentials: DeviceCredentials;
}

/** A door for devices with certificates of the hub's authority. */
export interface SecureDoor {
  readonly kind: "secure";
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly identities: DeviceIdentities;
  readonly certificate: ServerCertificate;
}

/** Where devices connect. */
export type BrokerDoor = PlainDoor | SecureDoor;

/** Who is at the other end of a connection. */
export interface Peer {
  readonly address: string;
  readonly door: BrokerDoor;
  /** What it has shown and proven; null at a plain door. */
  readonly identification: Identification | null;
  /** True once it has logged in. */
  admitted: boolean;
  readonly socket: Socket;
}

interface Stranger {
  readonly address: string;
  readonly socket: Socket;
  peer: Peer | null;
}

/**
 * Listens at the broker's doors and proves certificates. Whoever shows none that this hub has issued, or one that has
 * ended, gets no further than this.
 */
export class BrokerDoors {
  readonly #refusals: Refusals;
  readonly #onPeer: (socket: Socket, peer: Peer) => void;
  readonly #servers: {
    readonly server: Server;
    readonly secure: TlsServer | null;
    readonly door: BrokerDoor;
  }[] = [];
  /** By door and remote end, which is how a proven connection is known again. */
  readonly #connections = new Map<string, Stranger>();
  #problem: string | null = null;

  constructor(options: {
    readonly refusals: Refusals;
    readonly onPeer: (socket: Socket, peer: Peer) => void;
  }) {
    this.#refusals = options.refusals;
    this.#onPeer = options.onPeer;
  }

  /** Opens a door; its port. Throws badInput "not-loopback" and the failures of `portFailure`. */
  async open(door: BrokerDoor): Promise<number> {
    if (door.kind === "plain" && !isLoopbackHost(door.host)) {
      throw badInput(
        "not-loopback",
        `The MQTT broker does not listen on ${door.host} without TLS: such connections are not encrypted, so it listens on this machine only (use 127.0.0.1).`,
      );
    }
    const secure = door.kind === "secure" ? this.#secureServer(door) : null;
    const server = await listen({ ...door, onSocket: (socket) => this.#accept({ socket, door, secure }) });
    server.on("error", (error) => {
      this.#problem = `The MQTT broker failed: ${error.message}.`;
    });
    this.#servers.push({ server, secure, door });
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : door.port;
  }

  /** What is wrong with the doors, in one sentence; null while they are open. */
  get problem(): string | null {
    if (this.#problem !== null) return this.#problem;
    const isOpen = this.#servers.length > 0 && this.#servers.every(({ server }) => server.listening);
    return isOpen ? null : "The MQTT broker is not running.";
  }

  /** Takes over a new certificate of the hub; connections that stand go on. */
  renewCertificate(): void {
    for (const { secure, door } of this.#servers)
      if (door.kind === "secure") secure?.setSecureContext(door.certificate.secureContext);
  }

  /** Ends the connections whose certificates are revoked or have ended meanwhile. */
  endStale(): void {
    for (const { peer } of this.#connections.values()) {
      if (peer?.door.kind !== "secure" || peer.identification?.kind !== "device") continue;
      const { certificate } = peer.identification;
      if (peer.door.identities.stillHolds(certificate)) continue;
      this.#tellStale(peer.door.identities.isRevoked(certificate), certificate);
      peer.socket.destroy();
    }
  }

  /** Ends all connections and closes all doors; safe to call twice. */
  async close(): Promise<void> {
    const closed = this.#servers
      .splice(0)
      .map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const { socket } of this.#connections.values()) socket.destroy();
    await Promise.all(closed);
  }

  #tellStale(isRevoked: boolean, { device, serial }: IssuedCertificate): void {
    this.#refusals.count({
      kind: isRevoked ? "revoked-certificate" : "expired-certificate",
      peer: device,
      what: `was connected by the certificate ${serial}, which no longer holds: its connection is ended`,
    });
  }

  #accept(arrival: { socket: Socket; door: BrokerDoor; secure: TlsServer | null }): void {
    const { socket, door, secure } = arrival;
    socket.on("error", () => socket.destroy());
    const address = socket.remoteAddress;
    if (address === undefined || !this.#hasRoom(address)) {
      // Without the goodbye of TCP, which would keep the port of a flood's each connection for a minute.
      socket.resetAndDestroy();
      return;
    }
    const key = keyOf(door, socket);
    const stranger: Stranger = { address, socket, peer: null };
    this.#connections.set(key, stranger);
    socket.setNoDelay(true);
    socket.on("close", () => this.#connections.delete(key));
    if (secure !== null) secure.emit("connection", socket);
    else this.#meet(socket, stranger, { door, identification: null });
  }

  #hasRoom(address: string): boolean {
    let strangers = 0;
    let sameAddress = 0;
    for (const { peer, address: other } of this.#connections.values()) {
      if (peer?.admitted === true) continue;
      strangers += 1;
      if (other === address) sameAddress += 1;
    }
    const isFull = this.#connections.size >= brokerConnectionsMax;
    if (!isFull && strangers < strangersMax && sameAddress < strangersPerAddressMax) return true;
    const what = isFull
      ? `found ${brokerConnectionsMax} connections standing`
      : "found too many connections that have not logged in";
    this.#refusals.count({ kind: "too-many-connections", peer: address, what });
    return false;
  }

  #secureServer(door: SecureDoor): TlsServer {
    const server = createTlsServer({
      ...door.certificate.secureContext,
      requestCert: true,
      // Refused here by hand, because Node would do it without a word that could be counted.
      rejectUnauthorized: false,
      handshakeTimeout: handshakeTimeoutMs,
    });
    server.on("secureConnection", (socket) => this.#prove(socket, door));
    server.on("tlsClientError", (error, socket) => {
      const { code } = error as NodeJS.ErrnoException;
      // Who goes away in the middle of a handshake has said nothing wrong.
      if (code === "ECONNRESET" || code === "EPIPE") return;
      const peer = socket.remoteAddress ?? "somebody";
      this.#refusals.count({
        kind: "malformed-packet",
        peer,
        what: `cannot agree on TLS (${code ?? error.message})`,
      });
      socket.destroy();
    });
    return server;
  }

  #prove(socket: TLSSocket, door: SecureDoor): void {
    socket.on("error", () => socket.destroy());
    const stranger = this.#connections.get(keyOf(door, socket));
    if (stranger === undefined) {
      socket.destroy();
      return;
    }
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined || !socket.authorized) {
      const { kind, what } = whyNotProven(certificate === undefined, socket.authorizationError);
      this.#refusals.count({ kind, peer: stranger.address, what });
      socket.destroy();
      return;
    }
    this.#meet(socket, stranger, { door, identification: door.identities.identify(certificate) });
  }

  #meet(
    socket: Socket,
    stranger: Stranger,
    known: { readonly door: BrokerDoor; readonly identification: Identification | null },
  ): void {
    const peer: Peer = { address: stranger.address, socket: stranger.socket, admitted: false, ...known };
    stranger.peer = peer;
    this.#onPeer(socket, peer);
  }
}

function keyOf(door: BrokerDoor, socket: Socket): string {
  return `${door.kind} ${socket.remoteAddress} ${socket.remotePort}`;
}

function whyNotProven(isMissing: boolean, error: Error | string | null): { kind: RefusalKind; what: string } {
  if (isMissing) return { kind: "no-certificate", what: "shows no certificate" };
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : error;
  if (code === "CERT_HAS_EXPIRED")
    return { kind: "expired-certificate", what: "shows a certificate that has ended" };
  return { kind: "unknown-certificate", what: `shows a certificate that this hub has not issued (${code})` };
}
