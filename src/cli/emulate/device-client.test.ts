import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { LiveRoom } from "#simulation/demo/live-room.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { DeviceClient } from "./device-client.ts";
import { emulatedBench } from "./emulated-bench.ts";
import { deviceConnectionsMax, startDeviceServer } from "./start-device-server.ts";

async function serve(context: TestContext) {
  const clock = new ManualClock();
  const room = new LiveRoom({ seed: 3, startMicros: clock.nowMicros(), kind: "workshop" });
  const bench = emulatedBench({ room, clock, seed: 3, segmentsKept: 1, pictures: null });
  const path = join(await temporaryFolder(context), "devices.sock");
  const log: string[] = [];
  const options = { path, devices: bench.served, log: (line: string) => void log.push(line) };
  const server = await startDeviceServer(options);
  context.after(() => server.stop());
  clock.advanceMs(2_500);
  return { clock, bench, path, server, log, options };
}

async function connected(context: TestContext, path: string): Promise<DeviceClient> {
  const client = await DeviceClient.connect(path);
  context.after(() => client.close());
  return client;
}

test("another process finds the chips on the bus, the lines and the faults", async (context) => {
  const { path, clock } = await serve(context);
  const client = await connected(context, path);
  assert.deepEqual(client.description.faults, ["lepton", "scd41", "sgp41", "sps30", "sen66", "sfa30"]);
  const status = { address: 0x2a, write: Uint8Array.of(0x00, 0x02), readBytes: 2 };
  assert.deepEqual(Uint8Array.from(await client.i2c.transfer(status)), Uint8Array.of(0x00, 0x06));
  await client.i2c.transfer({ address: 0x62, write: Uint8Array.of(0x36, 0x82), readBytes: 0 });
  clock.advanceMs(2);
  const serial = await client.i2c.transfer({ address: 0x62, write: new Uint8Array(0), readBytes: 9 });
  assert.equal(Buffer.from(serial).toString("hex"), "f896319f07c23bbe89");
  await client.setFault("lepton", { kind: "cci-no-answer", times: 1 });
  await assert.rejects(client.i2c.transfer(status), { code: "no-answer" });
  await client.i2c.transfer(status);
  await client.line("lepton-power").set("low");
  await assert.rejects(client.i2c.transfer(status), { code: "no-answer" });
});

test("requests are answered in their order, however many wait", async (context) => {
  const { path } = await serve(context);
  const { i2c } = await connected(context, path);
  const results = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const write = Uint8Array.of(0x00, 0x08, i, i);
      await i2c.transfer({ address: 0x2a, write, readBytes: 0 });
      return i;
    }),
  );
  assert.equal(results.length, 100);
  const last = await i2c.transfer({ address: 0x2a, write: Uint8Array.of(0x00, 0x08), readBytes: 2 });
  assert.deepEqual(Uint8Array.from(last), Uint8Array.of(99, 99));
});

test("a fault that the device does not have is refused in words", async (context) => {
  const { path } = await serve(context);
  const client = await connected(context, path);
  for (const fault of [
    { kind: "explodes" },
    { kind: "crc-error", packet: 99 },
    { kind: "stall", forMs: -1 },
    { kind: "discards", extra: 1 },
    7,
  ]) {
    await assert.rejects(client.setFault("lepton", fault), { code: "refused", message: /no such fault/ });
  }
  await assert.rejects(client.setFault("scd41", { kind: "nack" }), { code: "refused" });
  await client.setFault("scd41", { kind: "nack", times: 1 });
  await client.setFault("scd41", null);
});

test("a program that does not speak the protocol is hung up on, and the others go on", async (context) => {
  const { path, log } = await serve(context);
  const client = await connected(context, path);
  const stranger = connect(path);
  const closed = new Promise((resolve) => stranger.on("close", resolve));
  stranger.resume();
  stranger.write("GET / HTTP/1.1\r\n\r\n");
  await closed;
  assert.match(log.join("\n"), /hung up on/);
  await client.setFault("lepton", null);
});

test("a path in use or too long is refused", async (context) => {
  const { server, options, path } = await serve(context);
  await assert.rejects(startDeviceServer(options), { code: "in-use" });
  const long = { ...options, path: `/tmp/${"x".repeat(120)}` };
  await assert.rejects(startDeviceServer(long), { code: "bad-path" });
  await server.stop();
  await server.stop();
  await assert.rejects(DeviceClient.connect(path), { code: "device-missing" });
  writeFileSync(path, "somebody's letter");
  await assert.rejects(startDeviceServer(options), { code: "in-use", message: /no socket/ });
  assert.equal(readFileSync(path, "utf8"), "somebody's letter");
});

test("a socket that a killed program left behind is replaced", async (context) => {
  const { options } = await serve(context);
  const path = join(await temporaryFolder(context), "left.sock");
  const program = `require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;
  spawnSync(process.execPath, ["-e", program, path]);
  assert.ok(lstatSync(path).isSocket());
  const server = await startDeviceServer({ ...options, path });
  context.after(() => server.stop());
  await connected(context, path);
});

test("when the server goes, what waits fails and says so", async (context) => {
  const { path, server, bench } = await serve(context);
  const client = await connected(context, path);
  bench.lepton.setFault({ kind: "cci-late", ms: 60_000 });
  const waiting = client.i2c.transfer({ address: 0x2a, write: Uint8Array.of(0, 2), readBytes: 2 });
  await Promise.all([server.stop(), assert.rejects(waiting, { code: "gone" })]);
  await assert.rejects(client.line("lepton-power").set("low"), { code: "gone" });
});

test("only so many programs are let in", async (context) => {
  const { path, log } = await serve(context);
  for (let i = 0; i < deviceConnectionsMax; i += 1) await connected(context, path);
  await assert.rejects(DeviceClient.connect(path), { code: "gone" });
  assert.match(log.join("\n"), /turned away/);
});
