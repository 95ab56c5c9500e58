import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "#support/assert-refused.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { SensirionMaster } from "#support/sensirion-master.ts";
import { EmulatedSgp41 } from "./emulated-sgp41.ts";

function bench() {
  const clock = new ManualClock();
  const air = { co2Ppm: 420, temperatureCelsius: 25, humidityPercent: 50, vocPpb: 0, noxPpb: 0 };
  const chip = new EmulatedSgp41({ clock, air: () => air, serial: 0x1_0002_0003 });
  const master = new SensirionMaster(chip, clock);
  const measure = (...args: number[]): number[] =>
    master.ask(0x2619, { words: 2, waitMs: 50, args: args.length > 0 ? args : [0x8000, 0x6666] });
  const warmUp = (): void => {
    for (let second = 0; second < 60; second += 1) {
      measure();
      clock.advanceMs(950);
    }
  };
  return { clock, air, chip, master, measure, warmUp };
}

test("it takes the command for conditioning with the data sheet's arguments", () => {
  const { master, clock } = bench();
  master.bytes("26 12 80 00 a2 66 66 93");
  clock.advanceMs(49);
  assertRefused(() => master.bytes("", 3));
  clock.advanceMs(1);
  assert.match(master.bytes("", 6), /^.. .. .. ff ff ff$/);
});

test("it refuses a measurement whose humidity arrived with a wrong checksum", () => {
  const { master } = bench();
  assertRefused(() => master.bytes("26 19 80 00 a3 66 66 93"));
  assertRefused(() => master.bytes("26 19"));
});

test("VOC ticks fall and NOx ticks rise with more gas, by the logarithm", () => {
  const { measure, warmUp, air } = bench();
  warmUp();
  const [voc0, nox0] = measure();
  air.vocPpb = 1_000;
  air.noxPpb = 100;
  const [voc1, nox1] = measure();
  air.vocPpb = 10_000;
  const [voc2] = measure();
  assert.ok(voc1! < voc0! && nox1! > nox0!);
  const decades = [voc0! - voc1!, voc1! - voc2!] as const;
  assert.ok(Math.abs(decades[0] - decades[1]) < 0.1 * decades[0]);
});

test("telling it a wrong humidity changes what it reports", () => {
  const { measure, warmUp } = bench();
  warmUp();
  assert.notDeepEqual(measure(0x4000, 0x6666), measure(0x8000, 0x6666));
});

test("a cold hotplate reads otherwise than a warm one, and is cold again after heater off", () => {
  const { measure, warmUp, master } = bench();
  const [cold] = measure();
  warmUp();
  const [warm] = measure();
  assert.ok(cold! - warm! > 1_000);
  master.do(0x3615, { waitMs: 1 });
  assert.deepEqual(measure()[0], cold);
});

test("ten seconds of conditioning are well, more is damage", () => {
  const { chip, master, clock } = bench();
  const condition = (): void => {
    master.ask(0x2612, { words: 1, waitMs: 50, args: [0x8000, 0x6666] });
    clock.advanceMs(950);
  };
  for (let second = 0; second < 11; second += 1) condition();
  assert.equal(chip.damaged, false);
  condition();
  assert.equal(chip.damaged, true);
  master.do(0x3615, { waitMs: 1 });
  assert.notEqual(master.ask(0x280e, { words: 1, waitMs: 320 })[0]! & 0xf, 0);
});

test("the self-test passes with the low four bits 0, names the failed hotplate, and wants a cold chip", () => {
  const { master, chip, measure } = bench();
  assert.equal(master.ask(0x280e, { words: 1, waitMs: 320 })[0]! & 0xf, 0);
  chip.setFault({ kind: "self-test-fails", pixel: "nox" });
  assert.equal(master.ask(0x280e, { words: 1, waitMs: 320 })[0]! & 0xf, 2);
  measure();
  assertRefused(() => master.send(0x280e));
});

test("the serial number has 48 bits", () => {
  assert.deepEqual(bench().master.ask(0x3682, { words: 3, waitMs: 1 }), [1, 2, 3]);
});

test("its faults can be seen on the bus", () => {
  const { master, chip, measure, warmUp, air } = bench();
  warmUp();
  chip.setFault({ kind: "stuck-value" });
  const stuck = measure();
  air.vocPpb = 5_000;
  assert.deepEqual(measure(), stuck);
  chip.setFault({ kind: "implausible-value", words: [0, 0xffff] });
  assert.deepEqual(measure(), [0, 0xffff]);
  chip.setFault({ kind: "never-ready" });
  assertRefused(measure);
  chip.setFault({ kind: "wrong-crc", times: 1 });
  assert.throws(measure, /checksum/);
  chip.setFault({ kind: "power-cut" });
  assertRefused(() => master.send(0x3682));
});
