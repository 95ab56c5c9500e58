import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "#support/assert-refused.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { SensirionMaster } from "#support/sensirion-master.ts";
import type { SensirionParticles } from "./emulated-sensirion-particles.ts";
import { EmulatedSps30 } from "./emulated-sps30.ts";

const dust: SensirionParticles = {
  massMicrograms: [1.5, 2, 3, 4],
  perCubicCentimetre: [10, 12, 12.5, 13, 13],
  typicalSizeMicrometres: 0.5,
};

function bench() {
  const clock = new ManualClock();
  const air = { now: dust };
  const chip = new EmulatedSps30({ clock, air: () => air.now, serial: "ABC123" });
  const master = new SensirionMaster(chip, clock);
  const ready = (): number => master.ask(0x0202, { words: 1, waitMs: 0 })[0]!;
  const status = (): number => {
    const [high, low] = master.ask(0xd206, { words: 2, waitMs: 0 });
    return high! * 2 ** 16 + low!;
  };
  return { clock, air, chip, master, ready, status };
}

test("it starts with the data sheet's bytes and gives floats every second", () => {
  const { master, clock, ready } = bench();
  master.bytes("00 10 03 00 ac");
  clock.advanceMs(20);
  assert.equal(ready(), 0);
  clock.advanceMs(1_000);
  assert.equal(ready(), 1);
  master.send(0x0300);
  // 1.5 and 2 as IEEE 754 singles, a checksum behind each half.
  assert.match(master.bytes("", 60), /^3f c0 .. 00 00 81 40 00 .. 00 00 81 /);
  assert.equal(ready(), 0);
});

test("whole numbers give micrograms, counts, and the size in nanometres", () => {
  const { master, clock } = bench();
  master.bytes("00 10 05 00 f6");
  clock.advanceMs(1_020);
  assert.deepEqual(master.ask(0x0300, { words: 10, waitMs: 0 }), [2, 2, 3, 4, 10, 12, 13, 13, 13, 500]);
});

test("before the first second all values are unknown, afterwards the last ones come again", () => {
  const { master, clock, ready } = bench();
  master.do(0x0010, { waitMs: 20, args: [0x0300] });
  assert.deepEqual(master.ask(0x0300, { words: 4, waitMs: 0 }), [0x7fc0, 0, 0x7fc0, 0]);
  clock.advanceMs(1_000);
  const first = master.ask(0x0300, { words: 20, waitMs: 0 });
  assert.equal(ready(), 0);
  assert.deepEqual(master.ask(0x0300, { words: 20, waitMs: 0 }), first);
});

test("values are read only while it measures, and it starts only from idle with a format it knows", () => {
  const { master, ready, clock } = bench();
  assertRefused(() => master.send(0x0300));
  master.do(0x0010, { waitMs: 20, args: [0x0100] });
  assertRefused(() => master.send(0x0300));
  master.do(0x0010, { waitMs: 20, args: [0x0300] });
  assertRefused(() => master.send(0x0010, 0x0300));
  assertRefused(() => master.send(0x1001));
  master.do(0x0104, { waitMs: 20 });
  clock.advanceMs(2_000);
  assert.equal(ready(), 0);
});

test("asleep it needs the wake-up twice within 100 ms", () => {
  const { master, clock } = bench();
  master.do(0x1001, { waitMs: 5 });
  assertRefused(() => master.send(0xd033));
  assertRefused(() => master.send(0x1103));
  clock.advanceMs(101);
  assertRefused(() => master.send(0x1103));
  clock.advanceMs(50);
  assertRefused(() => master.send(0xd033));
  master.do(0x1103, { waitMs: 5 });
  master.send(0xd033);
});

test("product, serial, firmware and cleaning interval can be read", async () => {
  const { master, chip, clock } = bench();
  const text = (code: number, words: number): string =>
    Buffer.from(
      master.ask(code, { words, waitMs: 0 }).flatMap((word) => [word >> 8, word & 0xff]),
    ).toString();
  assert.equal(text(0xd002, 4), "00080000");
  assert.equal(text(0xd033, 4), "ABC123\0\0");
  assert.deepEqual(master.ask(0xd100, { words: 1, waitMs: 0 }), [0x0203]);
  assert.deepEqual(master.ask(0x8004, { words: 2, waitMs: 5 }), [0x0009, 0x3a80]);
  master.do(0x8004, { waitMs: 20, args: [0, 0] });
  await chip.powerLine.set("low");
  await chip.powerLine.set("high");
  clock.advanceMs(100);
  assert.deepEqual(master.ask(0x8004, { words: 2, waitMs: 5 }), [0, 0]);
});

test("while the fan is cleaned, values stand still", () => {
  const { master, clock, air } = bench();
  const mass = (): number => master.ask(0x0300, { words: 10, waitMs: 0 })[0]!;
  assertRefused(() => master.send(0x5607));
  master.do(0x0010, { waitMs: 20, args: [0x0500] });
  clock.advanceMs(1_000);
  assert.equal(mass(), 2);
  master.do(0x5607, { waitMs: 5 });
  air.now = { ...dust, massMicrograms: [90, 90, 90, 90] };
  clock.advanceMs(5_000);
  assert.equal(mass(), 2);
  clock.advanceMs(6_000);
  assert.equal(mass(), 90);
});

test("status bits name fan and laser; errors stay until cleared, the warning goes by itself", () => {
  const { master, chip, status } = bench();
  master.do(0x0010, { waitMs: 20, args: [0x0300] });
  assert.equal(status(), 0);
  chip.setFault({ kind: "fan-slow" });
  assert.equal(status(), 2 ** 21);
  chip.setFault({ kind: "laser-failed" });
  chip.setFault({ kind: "fan-stopped" });
  chip.setFault(null);
  assert.equal(status(), 2 ** 5 + 2 ** 4);
  master.do(0xd210, { waitMs: 5 });
  assert.equal(status(), 0);
});

test("its faults can be seen on the bus", () => {
  const { master, chip, clock, ready, air } = bench();
  const values = (): number[] => {
    clock.advanceMs(1_000);
    return master.ask(0x0300, { words: 10, waitMs: 0 });
  };
  master.do(0x0010, { waitMs: 20, args: [0x0500] });
  chip.setFault({ kind: "stuck-value" });
  const stuck = values();
  air.now = { ...dust, massMicrograms: [90, 90, 90, 90] };
  assert.deepEqual(values(), stuck);
  chip.setFault({ kind: "laser-failed" });
  assert.deepEqual(
    values(),
    Array.from({ length: 10 }, () => 0),
  );
  chip.setFault({ kind: "never-ready" });
  clock.advanceMs(5_000);
  assert.equal(ready(), 0);
  assert.deepEqual(
    values(),
    Array.from({ length: 10 }, () => 0xffff),
  );
  chip.setFault({ kind: "power-cut" });
  assertRefused(ready);
  chip.setFault(null);
  clock.advanceMs(100);
  assertRefused(() => master.send(0x0300));
});
