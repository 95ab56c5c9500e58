import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "#support/assert-refused.ts";
import { Scd41Bench } from "#support/scd41-bench.ts";
import { ticksToCelsius } from "./emulated-sensirion-words.ts";

test("settings are gone with the supply unless they were saved", async () => {
  const bench = new Scd41Bench();
  bench.set(0x2416, 0);
  bench.set(0x2427, 250);
  await bench.cyclePower();
  assert.deepEqual(bench.ask(0x2313), [1]);
  assert.deepEqual(bench.ask(0x2322), [0]);
  bench.set(0x2416, 0);
  bench.master.do(0x3615, { waitMs: 800 });
  bench.set(0x2427, 250);
  await bench.cyclePower();
  assert.deepEqual(bench.ask(0x2313), [0]);
  assert.deepEqual(bench.ask(0x2322), [0]);
  assert.equal(bench.chip.eepromWrites, 1);
});

test("a supply that goes while settings are being saved leaves the old ones", async () => {
  const bench = new Scd41Bench();
  bench.set(0x2416, 0);
  bench.master.send(0x3615);
  bench.clock.advanceMs(700);
  await bench.cyclePower();
  assert.deepEqual(bench.ask(0x2313), [1]);
  assert.equal(bench.chip.eepromWrites, 0);
});

test("reinit goes back to what was saved, factory reset to what was delivered", () => {
  const bench = new Scd41Bench();
  bench.set(0x2416, 0);
  bench.set(0x243a, 450);
  bench.master.do(0x3615, { waitMs: 800 });
  bench.set(0x243a, 500);
  bench.master.do(0x3646, { waitMs: 30 });
  assert.deepEqual(bench.ask(0x233f), [450]);
  assert.deepEqual(bench.ask(0x2313), [0]);
  bench.master.do(0x3632, { waitMs: 1_200 });
  assert.deepEqual(bench.ask(0x233f), [400]);
  assert.deepEqual(bench.ask(0x2313), [1]);
});

test("values that make no sense are ignored without a word", () => {
  const bench = new Scd41Bench();
  bench.set(0x2427, 3_001);
  bench.set(0xe000, 699);
  bench.set(0xe000, 1_201);
  bench.set(0x2416, 2);
  bench.set(0x2445, 45);
  assert.deepEqual(bench.ask(0x2322), [0]);
  assert.deepEqual(bench.ask(0xe000), [1_013]);
  assert.deepEqual(bench.ask(0x2313), [1]);
  assert.deepEqual(bench.ask(0x2340), [44]);
});

test("self-calibration periods are 44 h and 156 h and can be set", () => {
  const bench = new Scd41Bench();
  assert.deepEqual([bench.ask(0x2340), bench.ask(0x234b)], [[44], [156]]);
  bench.set(0x2445, 48);
  bench.set(0x244e, 160);
  assert.deepEqual([bench.ask(0x2340), bench.ask(0x234b)], [[48], [160]]);
});

test("thin air reads low until the chip knows the pressure or the altitude", () => {
  const bench = new Scd41Bench();
  bench.air = { ...bench.air, co2Ppm: 1_000, pressureHectopascals: 800 };
  bench.start();
  assert.equal(bench.nextCo2(), 790);
  bench.set(0xe000, 800);
  assert.equal(bench.nextCo2(), 1_000);
  bench.stop();
  bench.master.do(0x3646, { waitMs: 30 });
  bench.set(0x2427, 1_950);
  bench.start();
  assert.equal(bench.nextCo2(), 1_000);
});

test("a set pressure overrides the altitude and does not survive a restart", async () => {
  const bench = new Scd41Bench();
  bench.air = { ...bench.air, co2Ppm: 1_000 };
  bench.set(0x2427, 3_000);
  bench.set(0xe000, 1_013);
  bench.start();
  assert.equal(bench.nextCo2(), 1_000);
  await bench.cyclePower();
  assert.deepEqual(bench.ask(0xe000), [1_013]);
});

test("the temperature offset moves temperature and humidity, not CO2", () => {
  const bench = new Scd41Bench();
  bench.air = { co2Ppm: 600, temperatureCelsius: 25, humidityPercent: 40 };
  bench.set(0x241d, 0);
  bench.start();
  bench.clock.advanceMs(5_000);
  const [co2, temperature, humidity] = bench.read();
  assert.equal(co2, 600);
  assert.ok(Math.abs(ticksToCelsius(temperature!) - 29) < 0.01);
  // The same vapour at 29 °C: saturation rises from 31.7 to 40.1 hPa (tables), so 40 % becomes 31.6 %.
  assert.ok(Math.abs((100 * humidity!) / 65_535 - 31.6) < 0.1);
});

test("readings end at 40 000 ppm, and without a CO2 value it reports 0", () => {
  const bench = new Scd41Bench();
  bench.start();
  bench.air = { ...bench.air, co2Ppm: 55_000 };
  assert.equal(bench.nextCo2(), 40_000);
  bench.air = { ...bench.air, co2Ppm: Number.NaN };
  assert.equal(bench.nextCo2(), 0);
});

test("forced recalibration answers the data sheet's example and corrects what follows", () => {
  const bench = new Scd41Bench();
  bench.air = { ...bench.air, co2Ppm: 530 };
  bench.run(180);
  bench.master.bytes("36 2f 01 e0 b4");
  bench.clock.advanceMs(400);
  assert.equal(bench.master.bytes("", 3), "7f ce 7b");
  bench.start();
  assert.equal(bench.nextCo2(), 480);
});

test("forced recalibration fails without three minutes of measuring before it", () => {
  const bench = new Scd41Bench();
  const force = (): number[] => bench.master.ask(0x362f, { words: 1, waitMs: 400, args: [480] });
  assert.deepEqual(force(), [0xffff]);
  bench.run(170);
  assert.deepEqual(force(), [0xffff]);
  bench.run(180);
  assert.deepEqual(force(), [0x8000 - 20]);
  assert.deepEqual(force(), [0xffff]);
});

test("a recalibration survives the supply and not a factory reset", async () => {
  const bench = new Scd41Bench();
  bench.run(180);
  bench.master.ask(0x362f, { words: 1, waitMs: 400, args: [450] });
  await bench.cyclePower();
  bench.start();
  assert.equal(bench.nextCo2(), 450);
  bench.stop();
  bench.master.do(0x3632, { waitMs: 1_200 });
  bench.start();
  assert.equal(bench.nextCo2(), 500);
});

test("self-calibration takes the lowest air of 44 h for fresh, unless it is off", () => {
  const measured = (selfCalibration: number): number => {
    const bench = new Scd41Bench();
    bench.set(0x2416, selfCalibration);
    bench.air = { ...bench.air, co2Ppm: 650 };
    bench.start();
    for (let hour = 0; hour < 45; hour += 1) {
      bench.clock.advanceMs(3_600_000);
      bench.ready();
    }
    return bench.nextCo2();
  };
  assert.equal(measured(1), 400);
  assert.equal(measured(0), 650);
});

test("after power-up it is deaf for as long as its revision says", async () => {
  for (const bootMs of [30, 1_000] as const) {
    const bench = new Scd41Bench({ bootMs });
    await bench.cyclePower(bootMs - 1);
    assertRefused(() => bench.master.send(0x3682));
    bench.clock.advanceMs(1);
    assert.deepEqual(bench.ask(0x3682, 3), [0xf896, 0x9f07, 0x3bbe]);
  }
});
