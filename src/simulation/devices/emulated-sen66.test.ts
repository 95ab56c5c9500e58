import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "#support/assert-refused.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { SensirionMaster } from "#support/sensirion-master.ts";
import { EmulatedSen66 } from "./emulated-sen66.ts";
import type { Sen66Air } from "./emulated-sen66-core.ts";

const room: Sen66Air = {
  co2Ppm: 655,
  temperatureCelsius: 21.5,
  humidityPercent: 43.21,
  massMicrograms: [1.2, 2.3, 3.4, 4.5],
  perCubicCentimetre: [5, 6, 7, 8, 9],
  typicalSizeMicrometres: 0.5,
  vocIndex: 100,
  noxIndex: 1,
  vocTicks: 30_123,
  noxTicks: 15_321,
};

function bench() {
  const clock = new ManualClock();
  const air = { now: room };
  const chip = new EmulatedSen66({ clock, air: () => air.now, serial: "XYZ9" });
  const master = new SensirionMaster(chip, clock);
  const ask = (code: number, words: number): number[] => master.ask(code, { words, waitMs: 20 });
  const start = (): void => master.do(0x0021, { waitMs: 50 });
  const stop = (): void => master.do(0x0104, { waitMs: 1_000 });
  const status = (): number => {
    const [high, low] = ask(0xd206, 2);
    return high! * 2 ** 16 + low!;
  };
  return { clock, air, chip, master, ask, start, stop, status };
}

const measured = [12, 23, 34, 45, 4_321, 4_300, 1_000, 10, 655];
const unknown = [0xffff, 0xffff, 0xffff, 0xffff, 0x7fff, 0x7fff, 0x7fff, 0x7fff, 0xffff];

test("after warming up it gives particles, climate, indices and CO2 in its units", () => {
  const { clock, ask, start } = bench();
  start();
  clock.advanceMs(15_000);
  assert.deepEqual(ask(0x0202, 1), [1]);
  assert.deepEqual(ask(0x0300, 9), measured);
  assert.deepEqual(ask(0x0316, 5), [50, 60, 70, 80, 90]);
  assert.deepEqual(ask(0x0405, 5), [4_321, 4_300, 30_123, 15_321, 655]);
});

test("what it does not know yet is the highest word: all at first, CO2 for 6 s, NOx for 11 s", () => {
  const { clock, ask, start } = bench();
  assert.deepEqual(ask(0x0300, 9), unknown);
  start();
  assert.deepEqual(ask(0x0202, 1), [0]);
  assert.deepEqual(ask(0x0300, 9), unknown);
  clock.advanceMs(3_000);
  assert.deepEqual(ask(0x0300, 9), [...measured.slice(0, 7), 0x7fff, 0xffff]);
  clock.advanceMs(5_000);
  assert.deepEqual(ask(0x0300, 9), [...measured.slice(0, 7), 0x7fff, 655]);
  clock.advanceMs(5_000);
  assert.deepEqual(ask(0x0300, 9), measured);
});

test("reading takes the ready flag, and the values come again", () => {
  const { clock, ask, start } = bench();
  start();
  clock.advanceMs(20_150);
  const values = ask(0x0300, 9);
  assert.deepEqual(ask(0x0202, 1), [0]);
  assert.deepEqual(ask(0x0300, 9), values);
});

test("settings of the CO2 cell are volatile, and fixed while it measures", () => {
  const { master, ask, start, stop } = bench();
  assert.deepEqual([ask(0x6711, 1), ask(0x6720, 1), ask(0x6736, 1)], [[1], [1_013], [0]]);
  master.do(0x6711, { waitMs: 20, args: [0] });
  master.do(0x6736, { waitMs: 20, args: [500] });
  start();
  master.do(0x6711, { waitMs: 20, args: [1] });
  master.do(0x6736, { waitMs: 20, args: [100] });
  master.do(0x6720, { waitMs: 20, args: [900] });
  assertRefused(() => ask(0x6711, 1));
  stop();
  assert.deepEqual([ask(0x6711, 1), ask(0x6720, 1), ask(0x6736, 1)], [[0], [900], [500]]);
  master.do(0xd304, { waitMs: 1_200 });
  assert.deepEqual([ask(0x6711, 1), ask(0x6720, 1), ask(0x6736, 1)], [[1], [1_013], [0]]);
});

test("forced recalibration works as in an SCD4x", () => {
  const { master, clock, ask, start, stop } = bench();
  const force = (): number[] => master.ask(0x6707, { words: 1, waitMs: 500, args: [420] });
  assert.deepEqual(force(), [0xffff]);
  start();
  for (let second = 0; second < 200; second += 1) {
    clock.advanceMs(1_000);
    ask(0x0300, 9);
  }
  assertRefused(force);
  stop();
  assert.deepEqual(force(), [0x8000 + 420 - 655]);
  start();
  clock.advanceMs(15_000);
  assert.equal(ask(0x0300, 9)[8], 420);
});

test("temperature slots add up and pull humidity with them", () => {
  const { master, clock, ask, start } = bench();
  master.do(0x60b2, { waitMs: 20, args: [0x1_0000 - 200, 0, 0, 0] });
  master.do(0x60b2, { waitMs: 20, args: [0, 1_000, 0, 4] });
  master.do(0x60b2, { waitMs: 20, args: [5_000, 0, 0, 5] });
  start();
  clock.advanceMs(2_000);
  const values = ask(0x0300, 9);
  assert.equal(values[5], 200 * (21.5 - 1 + 2.15));
  assert.ok(values[4]! < 4_321);
  assert.equal(ask(0x0405, 5)[1], 4_300);
});

test("it says who it is", () => {
  const { ask } = bench();
  const text = (code: number): string =>
    Buffer.from(ask(code, 16).flatMap((word) => [word >> 8, word & 0xff]))
      .toString()
      .replaceAll("\0", "");
  assert.equal(text(0xd014), "SEN66");
  assert.equal(text(0xd033), "XYZ9");
});

test("a failed part leaves its values unknown and its bit in the status until that is cleared", () => {
  const parts = [
    { part: "particles", bit: 11, words: [0, 1, 2, 3] },
    { part: "climate", bit: 6, words: [4, 5] },
    { part: "gas", bit: 7, words: [6, 7] },
    { part: "co2", bit: 9, words: [8] },
  ] as const;
  for (const { part, bit, words } of parts) {
    const { chip, clock, ask, start, status } = bench();
    start();
    clock.advanceMs(15_000);
    chip.setFault({ kind: "part-failed", part });
    clock.advanceMs(1_000);
    const expected = measured.map((word, index) =>
      (words as readonly number[]).includes(index) ? unknown[index] : word,
    );
    assert.deepEqual(ask(0x0300, 9), expected, part);
    chip.setFault(null);
    assert.equal(status(), 2 ** bit, part);
    ask(0xd210, 2);
    assert.equal(status(), 0, part);
  }
});

test("its other faults can be seen on the bus", () => {
  const { chip, clock, ask, start, status, air } = bench();
  start();
  clock.advanceMs(15_000);
  chip.setFault({ kind: "fan-slow" });
  assert.equal(status(), 2 ** 21);
  chip.setFault({ kind: "stuck-value" });
  clock.advanceMs(1_000);
  const stuck = ask(0x0300, 9);
  air.now = { ...room, co2Ppm: 2_000 };
  clock.advanceMs(1_000);
  assert.deepEqual(ask(0x0300, 9), stuck);
  chip.setFault({ kind: "wrong-crc", times: 1 });
  assert.throws(() => ask(0x0300, 9), /checksum/);
  chip.setFault({ kind: "power-cut" });
  assertRefused(() => ask(0x0202, 1));
  chip.setFault(null);
  clock.advanceMs(1_200);
  assert.deepEqual(ask(0x0300, 9), unknown);
});
