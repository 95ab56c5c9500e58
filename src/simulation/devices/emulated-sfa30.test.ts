import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "#support/assert-refused.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { SensirionMaster } from "#support/sensirion-master.ts";
import { EmulatedSfa30 } from "./emulated-sfa30.ts";

function bench() {
  const clock = new ManualClock();
  const air = { co2Ppm: 420, temperatureCelsius: -2.5, humidityPercent: 41.5, formaldehydePpb: 22 };
  const chip = new EmulatedSfa30({ clock, air: () => air, marking: "0123456789ABCDEF" });
  const master = new SensirionMaster(chip, clock);
  const read = (): number[] => master.ask(0x0327, { words: 3, waitMs: 5 });
  return { clock, air, chip, master, read };
}

test("formaldehyde comes in fifths of a ppb, humidity in hundredths, temperature in signed two-hundredths", () => {
  const { master, clock, read } = bench();
  master.do(0x0006, { waitMs: 1 });
  clock.advanceMs(500);
  assert.deepEqual(read(), [110, 4_150, 0x1_0000 - 500]);
});

test("there is nothing to read before the first half second or while it is idle", () => {
  const { master, clock, read } = bench();
  assertRefused(read);
  master.do(0x0006, { waitMs: 1 });
  assertRefused(read);
  clock.advanceMs(500);
  read();
  master.do(0x0104, { waitMs: 50 });
  assertRefused(read);
});

test("stopping what does not run is not acknowledged, nor starting what runs", () => {
  const { master } = bench();
  assertRefused(() => master.send(0x0104));
  master.do(0x0006, { waitMs: 1 });
  assertRefused(() => master.send(0x0006));
});

test("it carries its marking, and a reset takes a second", () => {
  const { master, clock, read } = bench();
  const marking = master.ask(0xd060, { words: 16, waitMs: 2 }).flatMap((word) => [word >> 8, word & 0xff]);
  assert.equal(Buffer.from(marking).toString().replaceAll("\0", ""), "0123456789ABCDEF");
  master.do(0x0006, { waitMs: 600 });
  master.send(0xd304);
  clock.advanceMs(999);
  assertRefused(() => master.send(0xd060));
  clock.advanceMs(1);
  assertRefused(read);
  master.send(0x0006);
});

test("its range ends at 1000 ppb", () => {
  const { master, clock, read, air } = bench();
  air.formaldehydePpb = 4_000;
  master.do(0x0006, { waitMs: 1 });
  clock.advanceMs(500);
  assert.equal(read()[0], 5_000);
});

test("its faults can be seen on the bus", () => {
  const { master, clock, read, air, chip } = bench();
  master.do(0x0006, { waitMs: 1 });
  chip.setFault({ kind: "stuck-value" });
  clock.advanceMs(500);
  const stuck = read();
  air.formaldehydePpb = 300;
  clock.advanceMs(500);
  assert.deepEqual(read(), stuck);
  chip.setFault({ kind: "implausible-value", words: [0x7fff, 0x7fff, 0x7fff] });
  clock.advanceMs(500);
  assert.deepEqual(read(), [0x7fff, 0x7fff, 0x7fff]);
  chip.setFault({ kind: "never-ready" });
  assertRefused(read);
  chip.setFault({ kind: "nack", times: 1 });
  assertRefused(() => master.send(0x0327));
  chip.setFault({ kind: "power-cut" });
  assertRefused(read);
  chip.setFault(null);
  clock.advanceMs(1_000);
  assertRefused(read);
  master.send(0x0006);
});
