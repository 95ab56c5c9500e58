import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { GuardedConnection } from "./guarded-connection.ts";

const packetBytesMax = 300;

async function joined(t: TestContext): Promise<{ near: Socket; far: GuardedConnection }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const near = connect((server.address() as AddressInfo).port, "127.0.0.1");
  near.on("error", () => {});
  const [socket] = (await once(server, "connection")) as [Socket];
  t.after(() => {
    near.destroy();
    server.close();
  });
  return { near, far: new GuardedConnection(socket, { packetBytesMax }) };
}

/** A packet with a payload of so many bytes, its length in as many bytes as MQTT needs. */
function packet(payloadBytes: number): Buffer {
  const length = payloadBytes < 128 ? [payloadBytes] : [(payloadBytes & 0x7f) | 0x80, payloadBytes >> 7];
  return Buffer.concat([Buffer.from([0x30, ...length]), Buffer.alloc(payloadBytes, 0x5a)]);
}

test("packets up to the maximum pass unchanged, however they are cut on their way", {
  timeout: 20_000,
}, async (t) => {
  const { near, far } = await joined(t);
  const sent = Buffer.concat([0, 1, 127, 128, 300, 2, 0, 299].map(packet));
  const received: Buffer[] = [];
  far.on("data", (chunk: Buffer) => received.push(chunk));
  near.setNoDelay(true);
  for (let at = 0; at < sent.length; at += 7) {
    near.write(sent.subarray(at, at + 7));
    if (at % 70 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  near.end();
  await once(far, "end");
  assert.deepEqual(Buffer.concat(received), sent);
});

test("a packet above the maximum ends the connection at its announcement", { timeout: 20_000 }, async (t) => {
  const { near, far } = await joined(t);
  far.resume();
  const failed = once(far, "error");
  near.write(packet(5));
  near.write(packet(301).subarray(0, 3));
  const [error] = (await failed) as [Error];
  assert.match(error.message, /more than 300 bytes/);
  if (!near.destroyed) await once(near, "close");
});

test("a length of more than four bytes ends the connection", { timeout: 20_000 }, async (t) => {
  const { near, far } = await joined(t);
  far.resume();
  const failed = once(far, "error");
  near.write(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]));
  await failed;
});

test("what is written arrives, and an end ends both sides", { timeout: 20_000 }, async (t) => {
  const { near, far } = await joined(t);
  far.resume();
  far.write("hello");
  assert.equal(String((await once(near, "data"))[0]), "hello");
  near.end();
  await once(far, "close");
});
