import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { assertRefused } from "#support/assert-refused.ts";
import { Scd41Bench } from "#support/scd41-bench.ts";
import { EmulatedI2cBus } from "./emulated-i2c-bus.ts";
import { sensirionChecksum, wordsToBus } from "./emulated-sensirion-words.ts";

test("it does not acknowledge so many times, or for ever", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "nack", times: 2 });
  assertRefused(() => bench.master.send(0x3682));
  assertRefused(() => bench.master.send(0x3682));
  bench.ask(0x3682, 3);
  bench.chip.setFault({ kind: "nack", times: Number.POSITIVE_INFINITY });
  for (let i = 0; i < 100; i += 1) assertRefused(() => bench.master.send(0x3682));
  bench.chip.setFault(null);
  bench.ask(0x3682, 3);
});

test("with wrong checksums the words are right and every checksum is not", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "wrong-crc", times: 1 });
  bench.master.send(0x3682);
  bench.clock.advanceMs(1);
  const bytes = bench.master
    .bytes("", 9)
    .split(" ")
    .map((byte) => Number.parseInt(byte, 16));
  for (const at of [0, 3, 6]) {
    const word = (bytes[at]! << 8) | bytes[at + 1]!;
    assert.equal(word, [0xf896, 0x9f07, 0x3bbe][at / 3]);
    assert.notEqual(bytes[at + 2], sensirionChecksum(word));
  }
  bench.ask(0x3682, 3);
});

test("a bus that is held down is another failure than no answer", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "bus-stuck", times: 1 });
  assert.throws(
    () => bench.master.send(0x3682),
    (error) => error instanceof TransportFailure && error.code === "bus-error",
  );
  bench.ask(0x3682, 3);
});

test("clock stretching makes the bus wait", async () => {
  const bench = new Scd41Bench();
  const bus = new EmulatedI2cBus([bench.chip], { clock: bench.clock });
  bench.chip.setFault({ kind: "clock-stretch", stretchMs: 40 });
  const seen: string[] = [];
  const exchange = bus
    .transfer({ address: 0x62, write: Uint8Array.from([0x36, 0x82]), readBytes: 0 })
    .then(() => seen.push("done"));
  await Promise.resolve();
  bench.clock.advanceMs(39);
  await Promise.resolve();
  assert.deepEqual(seen, []);
  bench.clock.advanceMs(1);
  await exchange;
  assert.deepEqual(seen, ["done"]);
});

test("a late answer comes when the data sheet's time is long over", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "late-answer", extraMs: 20 });
  bench.master.send(0x3682);
  bench.clock.advanceMs(20);
  assertRefused(() => bench.master.bytes("", 9));
  bench.clock.advanceMs(1);
  assert.equal(bench.master.bytes("", 9), "f8 96 31 9f 07 c2 3b be 89");
});

test("never ready: it measures, and has nothing to show", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "never-ready" });
  bench.start();
  for (let i = 0; i < 10; i += 1) {
    bench.clock.advanceMs(5_000);
    assert.equal(bench.ready(), false);
  }
  bench.master.send(0xec05);
  bench.clock.advanceMs(1);
  assertRefused(() => bench.master.bytes("", 9));
});

test("a stuck value repeats itself whatever the air does", () => {
  const bench = new Scd41Bench();
  bench.start();
  assert.equal(bench.nextCo2(), 500);
  bench.chip.setFault({ kind: "stuck-value" });
  bench.air = { ...bench.air, co2Ppm: 800 };
  assert.equal(bench.nextCo2(), 800);
  bench.air = { ...bench.air, co2Ppm: 3_000 };
  assert.equal(bench.nextCo2(), 800);
  bench.chip.setFault(null);
  assert.equal(bench.nextCo2(), 3_000);
});

test("implausible values are those asked for", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "implausible-value", words: [0xffff, 0, 0xffff] });
  bench.start();
  bench.clock.advanceMs(5_000);
  assert.deepEqual(bench.read(), [0xffff, 0, 0xffff]);
});

test("drift runs away by the hour", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "drift", ppmPerHour: 36 });
  bench.start();
  bench.clock.advanceMs(3_600_000 - 5_000);
  assert.equal(bench.nextCo2(), 536);
});

test("without supply nothing answers, and afterwards everything volatile is gone", () => {
  const bench = new Scd41Bench();
  bench.set(0x2416, 0);
  bench.start();
  bench.clock.advanceMs(5_000);
  bench.chip.setFault({ kind: "power-cut" });
  assertRefused(() => bench.master.send(0xe4b8));
  bench.clock.advanceMs(60_000);
  bench.chip.setFault(null);
  bench.clock.advanceMs(999);
  assertRefused(() => bench.master.send(0xe4b8));
  bench.clock.advanceMs(1);
  assert.equal(bench.ready(), false);
  assert.equal(bench.chip.mode, "idle");
  assert.deepEqual(bench.ask(0x2313), [1]);
});

test("a wrong revision switches self-calibration on again after every restart", async () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "asc-returns" });
  bench.set(0x2416, 0);
  bench.master.do(0x3615, { waitMs: 800 });
  assert.deepEqual(bench.ask(0x2313), [0]);
  await bench.cyclePower();
  assert.deepEqual(bench.ask(0x2313), [1]);
  bench.set(0x2416, 0);
  bench.master.do(0x3646, { waitMs: 30 });
  assert.deepEqual(bench.ask(0x2313), [1]);
});

test("another wrong revision never lets it be switched off", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "asc-locked" });
  bench.set(0x2416, 0);
  assert.deepEqual(bench.ask(0x2313), [1]);
});

test("a failing self-test says so after its 10 s", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "self-test-fails" });
  assert.notDeepEqual(bench.master.ask(0x3639, { words: 1, waitMs: 10_000 }), [0]);
});

test("another unit has another serial number", () => {
  const bench = new Scd41Bench();
  bench.chip.setFault({ kind: "other-serial", serial: 0x1_0002_0003 });
  assert.deepEqual(bench.ask(0x3682, 3), [1, 2, 3]);
});

test("whatever a master sends, it gets an answer or a TransportFailure", () => {
  const known = fc
    .record({
      code: fc.constantFrom(0x21b1, 0xec05, 0x3f86, 0xe4b8, 0x2416, 0xe000, 0x362f, 0x36e0, 0x36f6, 0x3646),
      words: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 2 }),
    })
    .map(({ code, words }) => Uint8Array.from([code >> 8, code & 0xff, ...wordsToBus(words)]));
  const step = fc.record({
    write: fc.oneof(known, fc.uint8Array({ maxLength: 8 })),
    readBytes: fc.integer({ min: 0, max: 12 }),
    waitMs: fc.constantFrom(0, 1, 30, 500, 5_000),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const bench = new Scd41Bench();
      for (const { write, readBytes, waitMs } of steps) {
        try {
          assert.equal(bench.chip.transfer(write, readBytes).length, readBytes);
        } catch (error) {
          assert.ok(error instanceof TransportFailure, String(error));
        }
        bench.clock.advanceMs(waitMs);
      }
    }),
  );
});
