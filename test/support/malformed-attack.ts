import { once } from "node:events";
import { request as requestByTls } from "node:https";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { CertificateIdentity } from "#core/messaging/broker-credentials.ts";
import type { Random } from "#core/random.ts";

/** What a hub is attacked with. */
export const malformedKinds = ["message", "before login", "after login", "request"] as const;
/** See `malformedKinds`. */
export type MalformedKind = (typeof malformedKinds)[number];

/** Whom to attack, and as whom. */
export interface Attacked {
  /** The broker's plain door. */
  readonly plainPort: number;
  readonly securePort: number;
  readonly enrolPort: number;
  /** Devices that have gone bad, `attackersMax` of them. */
  readonly attackers: readonly Attacker[];
}

/** A device that has gone bad. */
export interface Attacker {
  readonly device: string;
  readonly identity: CertificateIdentity;
}

/** How many were sent, by kind. */
export type Sent = Record<MalformedKind, number>;

const host = "127.0.0.1";
/** Shares of the kinds in a hundred: what needs no new connection makes up most of it. */
const shares: readonly (readonly [MalformedKind, number])[] = [
  ["message", 90],
  ["before login", 8],
  ["after login", 1],
  ["request", 1],
];
/** Connections of each kind at once; fewer than a hub takes from one address. */
const lanes = 8;
/** Devices that take part: one for messages, one for each lane after login. */
export const attackersMax = lanes + 1;
/** Messages written before the connection is asked whether it takes more. */
const burst = 200;

/** A packet of MQTT 3.1.1: a first byte, and what follows behind its length. */
function packet(first: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const length: number[] = [];
  let left = bytes.length;
  do {
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    left >>= 7;
  } while (left > 0);
  return Buffer.concat([Buffer.from([first, ...length]), bytes]);
}

function text(words: string): Buffer {
  const bytes = Buffer.from(words);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function connectPacket(name: string, flags: number, clientId: string): Buffer {
  return packet(0x10, Buffer.concat([text(name), Buffer.from([4, flags, 0, 60]), text(clientId)]));
}

function noise(random: Random, bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, () => random.integer(256)));
}

/** What is no first packet of a client. */
function beforeLogin(random: Random): Buffer {
  const made: readonly (() => Buffer)[] = [
    () => Buffer.from([0x00, 0x00]),
    () => Buffer.from([0xf0, 0x00]),
    () => Buffer.from([0x10, 0x00]),
    () => connectPacket("MQTX", 2, "kitchen"),
    () => connectPacket("MQTT", 3, "kitchen"),
    () => connectPacket("MQTT", 2, "kitchen"),
    () => packet(0x10, noise(random, 12 + random.integer(200))),
    () => packet(0x30, Buffer.concat([text("emberwatch/v1/kitchen/event"), noise(random, 40)])),
    () => Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]),
    () => Buffer.from([0x30, 0x80, 0x84, 0xaf, 0x5f]),
    () => Buffer.from(`GET / HTTP/1.1\r\nhost: ${"x".repeat(100)}\r\n\r\n`),
  ];
  return made[random.integer(made.length)]!();
}

/** What a client that has logged in may not send. */
function afterLogin(random: Random, device: string): Buffer {
  const made: readonly (() => Buffer)[] = [
    () => Buffer.from([0x00, 0x00]),
    () => Buffer.from([0x80, 0x00]),
    () => packet(0x36, Buffer.concat([text(`emberwatch/v1/${device}/event`), noise(random, 10)])),
    () => packet(0x30, Buffer.concat([text("emberwatch/v1/witness/event"), Buffer.from("{}")])),
    () => packet(0x30, Buffer.concat([text("emberwatch/v1/+/event"), Buffer.from("{}")])),
    () => packet(0x30, Buffer.concat([text(`emberwatch/v1/${device}/event`), Buffer.alloc(300 * 1024)])),
    () => Buffer.from([0x30, 0x80, 0x84, 0xaf, 0x5f]),
    () => packet(0x30, Buffer.from([0xff, 0xff, 0x61])),
  ];
  return made[random.integer(made.length)]!();
}

/** What is a publication, and none of ours. */
function nonsense(random: Random, device: string): Buffer {
  const channels = [
    "telemetry",
    "event",
    "state",
    "health",
    "regions",
    "reply/x",
    "telemetry-batch",
  ] as const;
  const bodies: readonly (() => Buffer)[] = [
    () => noise(random, random.integer(200)),
    () => Buffer.from("{"),
    () => Buffer.from("null"),
    () => Buffer.from('{"v":1}'),
    () => Buffer.from(`[${"[".repeat(100)}`),
    () => Buffer.from('{"v":1,"id":"x","event":{"type":"level","level":"none"}}'),
    () => Buffer.from(JSON.stringify({ v: 1, atMicros: Number.MAX_VALUE, hottest: "hot" })),
  ];
  const topic = `emberwatch/v1/${device}/${channels[random.integer(channels.length)]}`;
  return packet(0x30, Buffer.concat([text(topic), bodies[random.integer(bodies.length)]!()]));
}

/** Sends so many malformed packets, messages and requests, by lot, and waits until each has had its effect. */
export async function attack(target: Attacked, count: number, random: Random): Promise<Sent> {
  const sent: Sent = { message: 0, "before login": 0, "after login": 0, request: 0 };
  await Promise.all(
    shares.map(async ([kind, share]) => {
      const wanted = Math.round((count * share) / 100);
      const lane = async (own: number, at: number): Promise<void> => {
        const attacker = target.attackers[kind === "message" ? 0 : 1 + at]!;
        if (kind === "message") await sendMessages(target, { attacker, count: own, random });
        else for (let n = 0; n < own; n += 1) await sendOne(kind, target, { attacker, random });
        sent[kind] += own;
      };
      const many = kind === "message" ? 1 : lanes;
      await Promise.all(Array.from({ length: many }, (_, n) => lane(Math.floor((wanted + n) / many), n)));
    }),
  );
  return sent;
}

async function sendOne(
  kind: Exclude<MalformedKind, "message">,
  target: Attacked,
  by: { readonly attacker: Attacker; readonly random: Random },
): Promise<void> {
  const { attacker, random } = by;
  if (kind === "request") return sendRequest(target, by);
  if (kind === "before login") {
    const socket = connectTcp(target.plainPort, host);
    return sendAndSeeClosed(socket, beforeLogin(random));
  }
  const socket = await loggedIn(target.securePort, attacker);
  return sendAndSeeClosed(socket, afterLogin(random, attacker.device));
}

async function sendAndSeeClosed(socket: Socket, bytes: Buffer): Promise<void> {
  socket.on("error", () => {});
  socket.resume();
  const closed = socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once("close", resolve));
  socket.write(bytes);
  await closed;
}

/** Resolves when the hub has answered with these bytes, and rejects when it answers otherwise. */
async function answered(socket: Socket, device: string, wanted: Buffer): Promise<void> {
  let answer = Buffer.alloc(0);
  while (answer.length < wanted.length) {
    const [chunk] = (await Promise.race([once(socket, "data"), cutOff(socket, device)])) as [Buffer];
    answer = Buffer.concat([answer, chunk]);
  }
  if (!answer.equals(wanted)) throw new Error(`the hub answered ${device} with ${answer.toString("hex")}`);
}

/** Rejects when the hub ends the connection. */
function cutOff(socket: Socket, device: string): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    socket.once("close", () => reject(new Error(`${device} was cut off`)));
  });
  ended.catch(() => {});
  return ended;
}

async function loggedIn(port: number, { identity, device }: Attacker): Promise<Socket> {
  const socket = connectTls({
    host,
    port,
    ca: identity.authority,
    cert: identity.certificate,
    key: identity.key,
  });
  socket.on("error", () => {});
  socket.write(connectPacket("MQTT", 2, device));
  // CONNACK with return code 0.
  await answered(socket, device, Buffer.from([0x20, 2, 0, 0]));
  return socket;
}

/** All over one connection of its own name, which the hub keeps. */
async function sendMessages(
  { securePort }: Attacked,
  by: { readonly attacker: Attacker; readonly count: number; readonly random: Random },
): Promise<void> {
  const { attacker, count, random } = by;
  const socket = await loggedIn(securePort, attacker);
  let left = count;
  const gone = cutOff(socket, attacker.device);
  while (left > 0) {
    const messages = Array.from({ length: Math.min(burst, left) }, () => nonsense(random, attacker.device));
    left -= messages.length;
    if (!socket.write(Buffer.concat(messages))) await Promise.race([once(socket, "drain"), gone]);
  }
  // PINGREQ: its answer says that all before it was taken.
  const taken = answered(socket, attacker.device, Buffer.from([0xd0, 0]));
  socket.write(Buffer.from([0xc0, 0x00]));
  await taken;
  socket.destroy();
}

function sendRequest(
  { enrolPort }: Attacked,
  { attacker, random }: { readonly attacker: Attacker; readonly random: Random },
): Promise<void> {
  const bodies = [
    "{",
    "null",
    '{"secret":1}',
    `{"secret":"${"0".repeat(20)}","request":"x"}`,
    "x".repeat(9_000),
  ];
  const paths = ["/v1/enrolments", "/v1/renewals", "/v1/enrolments/nobody", "/%00/../etc/passwd"];
  return new Promise((resolve) => {
    const request = requestByTls(
      {
        host,
        port: enrolPort,
        method: random.integer(4) === 0 ? "GET" : "POST",
        path: paths[random.integer(paths.length)],
        ca: attacker.identity.authority,
        agent: false,
      },
      (response) => {
        response.resume();
        response.on("close", () => resolve());
      },
    );
    request.on("error", () => resolve());
    request.end(bodies[random.integer(bodies.length)]);
  });
}
