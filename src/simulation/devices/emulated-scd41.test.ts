import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "#support/assert-refused.ts";
import { Scd41Bench } from "#support/scd41-bench.ts";

test("the data sheet's examples come out byte for byte", () => {
  const { master, clock, ...bench } = new Scd41Bench();
  const examples: readonly (readonly [write: string, waitMs: number, answer: string])[] = [
    ["36 82", 1, "f8 96 31 9f 07 c2 3b be 89"],
    ["23 18", 1, "05 da 29"],
    ["23 13", 1, "00 01 b0"],
    ["23 3f", 1, "01 90 4c"],
    ["e4 b8", 1, "80 00 a2"],
    ["36 39", 10_000, "00 00 81"],
    ["e0 00", 1, "03 f5 db"],
  ];
  for (const [write, waitMs, answer] of examples) {
    master.bytes(write);
    clock.advanceMs(waitMs);
    assert.equal(master.bytes("", answer.split(" ").length), answer, write);
  }
  master.bytes("21 b1");
  clock.advanceMs(5_000);
  master.bytes("ec 05");
  clock.advanceMs(1);
  assert.equal(master.bytes("", 9), "01 f4 33 66 67 a2 5e b9 3c");
  assert.ok(bench.chip.mode === "measuring");
});

test("arguments are taken as the data sheet writes them", () => {
  const { master, clock, ...bench } = new Scd41Bench();
  for (const write of ["e0 00 03 db 42", "24 1d 07 e6 48", "24 27 07 9e 09", "24 16 00 00 81"]) {
    master.bytes(write);
    clock.advanceMs(1);
  }
  assert.deepEqual(bench.chip.settings, {
    temperatureOffsetTicks: 0x07e6,
    altitudeMetres: 1_950,
    selfCalibration: 0,
    selfCalibrationTargetPpm: 400,
    selfCalibrationInitialHours: 44,
    selfCalibrationStandardHours: 156,
  });
  master.bytes("e0 00");
  clock.advanceMs(1);
  assert.equal(master.bytes("", 3), "03 db 42");
});

test("an argument with a wrong checksum, or cut short, changes nothing and is not acknowledged", () => {
  const bench = new Scd41Bench();
  for (const write of [
    "24 16 00 00 80",
    "24 16 00 00",
    "24 16 00",
    "24 16",
    "24",
    "24 16 00 00 81 00 00 81",
  ]) {
    assertRefused(() => bench.master.bytes(write));
    bench.clock.advanceMs(1);
    assert.equal(bench.chip.settings.selfCalibration, 1, write);
  }
});

test("an unknown command is not acknowledged", () => {
  assertRefused(() => new Scd41Bench().master.send(0x1234));
});

test("a reading falls due every 5 s, can be had once, and carries the air of that moment", () => {
  const bench = new Scd41Bench();
  const startedAtMicros = bench.clock.nowMicros();
  bench.start();
  bench.clock.advanceMs(4_998);
  assert.equal(bench.ready(), false);
  bench.clock.advanceMs(1);
  assert.equal(bench.ready(), true);
  bench.read();
  assert.equal(bench.ready(), false);
  bench.master.send(0xec05);
  bench.clock.advanceMs(1);
  assertRefused(() => bench.master.bytes("", 9));
  bench.clock.advanceMs(7_300);
  assert.equal(bench.ready(), true);
  assert.deepEqual(
    bench.sampledAtMicros.map((atMicros) => (atMicros - startedAtMicros) / 1_000_000),
    [5, 10],
  );
});

test("a reading that nobody fetched is replaced by the next", () => {
  const bench = new Scd41Bench();
  bench.start();
  bench.clock.advanceMs(5_000);
  assert.equal(bench.ready(), true);
  bench.air = { ...bench.air, co2Ppm: 700 };
  assert.equal(bench.nextCo2(), 700);
  assert.equal(bench.ready(), false);
});

test("low power measures every 30 s", () => {
  const bench = new Scd41Bench();
  bench.master.send(0x21ac);
  bench.clock.advanceMs(29_998);
  assert.equal(bench.ready(), false);
  bench.clock.advanceMs(1);
  assert.equal(bench.ready(), true);
});

test("stopping takes 500 ms and drops the reading", () => {
  const bench = new Scd41Bench();
  bench.start();
  bench.clock.advanceMs(5_000);
  bench.master.send(0x3f86);
  bench.clock.advanceMs(499);
  assertRefused(() => bench.master.send(0xe4b8));
  bench.clock.advanceMs(1);
  assert.equal(bench.ready(), false);
  assert.equal(bench.chip.mode, "idle");
});

test("stopping what does not measure is acknowledged", () => {
  const bench = new Scd41Bench();
  bench.stop();
  assert.equal(bench.chip.mode, "idle");
});

test("an answer cannot be had before its time, nor in one go with the command", () => {
  const bench = new Scd41Bench();
  bench.master.send(0x3682);
  bench.clock.advanceMs(0.9);
  assertRefused(() => bench.master.bytes("", 9));
  bench.clock.advanceMs(0.1);
  assert.equal(bench.master.bytes("", 9), "f8 96 31 9f 07 c2 3b be 89");
  assertRefused(() => bench.master.bytes("", 9));
  assertRefused(() => bench.master.bytes("36 82", 9));
});

test("a master may read less than there is, or more and get an idle bus", () => {
  const bench = new Scd41Bench();
  bench.master.send(0x3682);
  bench.clock.advanceMs(1);
  assert.equal(bench.master.bytes("", 3), "f8 96 31");
  bench.master.send(0x3682);
  bench.clock.advanceMs(1);
  assert.equal(bench.master.bytes("", 11), "f8 96 31 9f 07 c2 3b be 89 ff ff");
});

test("the chip is deaf for the execution time of each command", () => {
  const table: readonly (readonly [code: number, args: number[], executionMs: number])[] = [
    [0x3f86, [], 500],
    [0xe4b8, [], 1],
    [0xec05, [], 1],
    [0x219d, [], 5_000],
    [0x2196, [], 50],
    [0x241d, [0x05da], 1],
    [0x2318, [], 1],
    [0x2427, [0], 1],
    [0x2322, [], 1],
    [0xe000, [1_013], 1],
    [0xe000, [], 1],
    [0x362f, [400], 400],
    [0x2416, [1], 1],
    [0x2313, [], 1],
    [0x243a, [400], 1],
    [0x233f, [], 1],
    [0x2445, [44], 1],
    [0x2340, [], 1],
    [0x244e, [156], 1],
    [0x234b, [], 1],
    [0x3615, [], 800],
    [0x3682, [], 1],
    [0x3639, [], 10_000],
    [0x3632, [], 1_200],
    [0x3646, [], 30],
    [0x202f, [], 1],
  ];
  for (const [code, args, executionMs] of table) {
    const bench = new Scd41Bench();
    bench.master.send(code, ...args);
    bench.clock.advanceMs(executionMs - 0.5);
    assertRefused(() => bench.master.send(0xe4b8));
    bench.clock.advanceMs(0.5);
    bench.master.send(0xe4b8);
  }
});

test("while it measures, it takes only reading, ready, stop and pressure", () => {
  const bench = new Scd41Bench();
  bench.start();
  const refused: readonly (readonly [code: number, args: number[]])[] = [
    [0x21b1, []],
    [0x21ac, []],
    [0x219d, []],
    [0x2196, []],
    [0x241d, [0]],
    [0x2318, []],
    [0x2427, [0]],
    [0x2322, []],
    [0x362f, [400]],
    [0x2416, [0]],
    [0x2313, []],
    [0x243a, [400]],
    [0x233f, []],
    [0x2445, [44]],
    [0x2340, []],
    [0x244e, [156]],
    [0x234b, []],
    [0x3615, []],
    [0x3682, []],
    [0x3639, []],
    [0x3632, []],
    [0x3646, []],
    [0x202f, []],
    [0x36e0, []],
    [0x36f6, []],
  ];
  for (const [code, args] of refused) assertRefused(() => bench.master.send(code, ...args));
  bench.set(0xe000, 987);
  assert.deepEqual(bench.ask(0xe000), [987]);
  assert.equal(bench.ready(), false);
  assert.equal(bench.chip.mode, "measuring");
  assert.equal(bench.chip.settings.selfCalibration, 1);
});

test("a single shot takes 5 s; the first after a start is wrong", () => {
  const bench = new Scd41Bench();
  bench.master.do(0x219d, { waitMs: 5_000 });
  assert.equal(bench.ready(), true);
  assert.notEqual(bench.read()[0], 500);
  assert.equal(bench.ready(), false);
  bench.master.do(0x219d, { waitMs: 5_000 });
  assert.deepEqual(bench.read(), [500, 0x6667, 0x5eb9]);
});

test("a single shot without CO2 reports 0 ppm", () => {
  const bench = new Scd41Bench();
  bench.master.do(0x2196, { waitMs: 50 });
  assert.deepEqual(bench.read(), [0, 0x6667, 0x5eb9]);
});

test("asleep it hears only the wake-up, and acknowledges not even that", () => {
  const bench = new Scd41Bench();
  bench.set(0x2427, 250);
  bench.master.do(0x36e0, { waitMs: 1 });
  assertRefused(() => bench.master.send(0x3682));
  assert.equal(bench.chip.mode, "asleep");
  assertRefused(() => bench.master.send(0x36f6));
  bench.clock.advanceMs(29);
  assertRefused(() => bench.master.send(0x3682));
  bench.clock.advanceMs(1);
  assert.deepEqual(bench.ask(0x3682, 3), [0xf896, 0x9f07, 0x3bbe]);
  assert.equal(bench.chip.settings.altitudeMetres, 250);
});

test("the variant tells the family apart, and the SCD40 has less to offer", () => {
  const variants = { scd40: 0, scd41: 1, scd43: 5 } as const;
  for (const variant of ["scd40", "scd41", "scd43"] as const) {
    assert.equal(new Scd41Bench({ variant }).ask(0x202f)[0]! >> 12, variants[variant]);
  }
  const older = new Scd41Bench({ variant: "scd40" });
  for (const code of [0x219d, 0x2196, 0x2340, 0x234b, 0x36e0]) assertRefused(() => older.master.send(code));
});

test("it sets no timer", () => {
  const bench = new Scd41Bench();
  bench.start();
  bench.clock.advanceMs(60_000);
  bench.stop();
  assert.equal(bench.clock.timersSet, 0);
});
