import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { DeviceClient } from "./device-client.ts";
import { SocketSpiLink } from "./socket-spi-link.ts";

const packetBytes = 164;
/** Far more packets than come before the first segment. */
const packetsMax = 100_000;

async function serveElsewhere(context: TestContext) {
  const path = join(await temporaryFolder(context), "devices.sock");
  const program = fileURLToPath(new URL("../../../test/support/emulated-device-process.ts", import.meta.url));
  const child = spawn(process.execPath, [program, path], { stdio: ["ignore", "pipe", "inherit"] });
  context.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return { path, child };
}

/** Reads packets until `isWanted`. */
function readUntil(link: SocketSpiLink, isWanted: (id: number) => boolean): Uint8Array {
  const packet = new Uint8Array(packetBytes);
  for (let count = 0; count < packetsMax; count += 1) {
    link.read(packet);
    if (isWanted((packet[0]! << 8) | packet[1]!)) return packet;
  }
  throw new Error("the packet did not come");
}

test("another process's video is read synchronously, packet by packet and segment by segment", async (context) => {
  const { path } = await serveElsewhere(context);
  const link = SocketSpiLink.open(path, 0);
  context.after(() => link.close());
  readUntil(link, (id) => id === 0x1014);
  const rest = new Uint8Array(39 * packetBytes);
  link.read(rest);
  assert.deepEqual(
    Array.from({ length: 39 }, (_, i) => rest[i * packetBytes + 1]),
    Array.from({ length: 39 }, (_, i) => 21 + i),
  );
  const pixel = (rest[4]! << 8) | rest[5]!;
  assert.equal(pixel, 29_000 + ((21 * 80) % 3_000));
});

test("bus and video go on side by side, and the end of the other process is told", async (context) => {
  const { path, child } = await serveElsewhere(context);
  const client = await DeviceClient.connect(path);
  context.after(() => client.close());
  const link = SocketSpiLink.open(path, 0);
  context.after(() => link.close());
  readUntil(link, (id) => (id & 0x0f00) === 0x0f00);
  const status = { address: 0x2a, write: Uint8Array.of(0x00, 0x02), readBytes: 2 };
  assert.deepEqual(Uint8Array.from(await client.i2c.transfer(status)), Uint8Array.of(0x00, 0x06));
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.throws(() => readUntil(link, () => false), { code: "gone" });
  await assert.rejects(client.i2c.transfer(status), { code: "gone" });
});

test("where nobody serves, the first read says so", async (context) => {
  const link = SocketSpiLink.open(join(await temporaryFolder(context), "nobody.sock"), 0);
  context.after(() => link.close());
  assert.throws(() => link.read(new Uint8Array(packetBytes)), { code: "gone", message: /nobody\.sock/ });
});
