import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bootedHost } from "#support/lepton-host.ts";
import { DeviceServer } from "./device-server.ts";
import {
  describeRequest,
  faultRequest,
  frameMessage,
  i2cRequest,
  lineRequest,
  MessageSplitter,
  readResponse,
  spiRequest,
} from "./device-server-protocol.ts";
import { EmulatedI2cBus } from "./emulated-i2c-bus.ts";

function serve() {
  const host = bootedHost();
  const faults: unknown[] = [];
  const server = new DeviceServer({
    i2c: new EmulatedI2cBus([host.lepton.cci], { clock: host.clock }),
    spi: [{ name: "lepton", link: host.lepton.spi }],
    lines: [{ name: "lepton-power", line: host.lepton.powerLine }],
    faults: [{ name: "lepton", set: (fault) => void faults.push(fault) }],
  });
  const ask = async (request: Uint8Array) => readResponse(await server.answer(request));
  return { host, faults, server, ask };
}

test("the documented bytes are understood and answered", async () => {
  const { server } = serve();
  // I2C 0x2A: write 00 02, read 2 bytes: the status register.
  const answer = await server.answer(Uint8Array.of(0x02, 0x2a, 0x00, 0x02, 0x00, 0x02));
  assert.deepEqual(answer, Uint8Array.of(0x00, 0x00, 0x06));
  assert.deepEqual(frameMessage(answer), Uint8Array.of(0, 0, 0, 3, 0x00, 0x00, 0x06));
});

test("a description names what is served", async () => {
  const { ask } = serve();
  const response = await ask(describeRequest());
  assert.ok(response.kind === "done");
  assert.deepEqual(JSON.parse(Buffer.from(response.payload).toString()), {
    protocol: 1,
    spi: ["lepton"],
    lines: ["lepton-power"],
    faults: ["lepton"],
  });
});

test("video, lines and faults go through", async () => {
  const { ask, host, faults } = serve();
  await ask(spiRequest(0, 164));
  host.clock.advanceMs(10);
  const read = await ask(spiRequest(0, 60 * 164));
  assert.ok(read.kind === "done" && read.payload.length === 60 * 164);
  assert.equal(read.payload[59 * 164 + 1], 59, "packet 59 is the last");
  await ask(lineRequest(0, "low"));
  const off = await ask(spiRequest(0, 164));
  assert.ok(off.kind === "done" && off.payload.every((byte) => byte === 0));
  await ask(faultRequest(0, { kind: "discards" }));
  await ask(faultRequest(0, null));
  assert.deepEqual(faults, [{ kind: "discards" }, null]);
});

test("what a chip refuses comes back as its transport's code", async () => {
  const { ask } = serve();
  const response = await ask(i2cRequest({ address: 0x62, write: Uint8Array.of(1), readBytes: 0 }));
  assert.ok(response.kind === "failed");
  assert.equal(response.code, "no-answer");
  assert.match(response.text, /0x62/);
});

test("what is no request is refused and breaks nothing", async () => {
  const { ask } = serve();
  const bad = [
    [0x09],
    [0x02, 0x2a],
    [0x03, 0x00, 0x7f, 0xff, 0xff, 0xff],
    [0x03, 0x05, 0, 0, 0, 1],
    [0x04, 0x07, 1],
    [0x05, 0, 0x7b],
  ];
  for (const request of bad) {
    const response = await ask(Uint8Array.from(request));
    assert.ok(response.kind === "failed" && response.code === null, JSON.stringify(request));
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), async (request) => {
      // Reads of up to 256 KiB are allowed; here only that nothing is thrown matters.
      const { kind } = await ask(request);
      assert.ok(kind === "done" || kind === "failed");
    }),
    { numRuns: 300 },
  );
});

test("messages come out whole however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 8 }),
      fc.array(fc.nat(400), { maxLength: 12 }),
      (messages, cuts) => {
        const stream = Uint8Array.from(messages.flatMap((message) => [...frameMessage(message)]));
        const places = [0, ...cuts.map((cut) => Math.min(cut, stream.length)), stream.length].sort(
          (a, b) => a - b,
        );
        const splitter = new MessageSplitter(50);
        const found = places.slice(1).flatMap((end, i) => splitter.add(stream.subarray(places[i], end)));
        assert.deepEqual(found, messages);
      },
    ),
  );
});

test("a message that is too long or empty is refused at its length", () => {
  assert.throws(() => new MessageSplitter(50).add(Uint8Array.of(0, 0, 0, 51)), { code: "bad-message" });
  assert.throws(() => new MessageSplitter(50).add(Uint8Array.of(0, 0, 0, 0)), { code: "bad-message" });
});
