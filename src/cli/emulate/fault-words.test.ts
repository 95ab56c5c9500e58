import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { LiveRoom } from "#simulation/demo/live-room.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { emulatedBench } from "./emulated-bench.ts";
import { faultWish, parseFaultWishes } from "./fault-words.ts";

const wire = ["nack", "wrong-crc", "clock-stretch", "bus-stuck", "late-answer", "power-cut"];
const values = ["never-ready", "stuck-value", "implausible-value"];

const kinds: Readonly<Record<string, readonly string[]>> = {
  lepton: ["discards", "segment-zero", "byte-slip", "stall", "ffc-stuck", "cci-late", "wrong-part", "reboot"],
  scd41: [...wire, ...values, "drift", "asc-returns", "asc-locked", "self-test-fails", "other-serial"],
  sgp41: [...wire, ...values, "self-test-fails"],
  sps30: [...wire, ...values, "fan-stopped", "fan-slow", "laser-failed"],
  sen66: [...wire, ...values, "fan-stopped", "fan-slow", "part-failed"],
  sfa30: [...wire, ...values],
};

test("every fault of every device can be named by its kind alone, is taken by the device, and stands in a guide", () => {
  const clock = new ManualClock();
  const room = new LiveRoom({ seed: 1, startMicros: clock.nowMicros(), kind: "workshop" });
  const { served } = emulatedBench({ room, clock, seed: 1, segmentsKept: 1, pictures: null });
  const guide = ["emulated-devices", "emulated-air-sensors"]
    .map((name) => readFileSync(new URL(`../../../docs/guides/${name}.md`, import.meta.url), "utf8"))
    .join();
  for (const { name, set } of served.faults) {
    for (const kind of kinds[name]!) {
      set(faultWish(name, kind).fault);
      assert.ok(guide.includes(`\`${kind}\``), kind);
    }
    set(faultWish(name, "none").fault);
  }
  assert.equal(served.faults.length, Object.keys(kinds).length);
});

test("several faults can be planned, each for its time, and one written out", () => {
  assert.deepEqual(parseFaultWishes("lepton:stall@2.5,sps30:fan-stopped"), [
    { device: "lepton", fault: { kind: "stall" }, afterMs: 2_500 },
    { device: "sps30", fault: { kind: "fan-stopped" }, afterMs: 0 },
  ]);
  assert.deepEqual(faultWish("scd41", '{"kind":"nack","times":3}').fault, { kind: "nack", times: 3 });
});

test("what no device has is refused with a sentence", () => {
  for (const text of [
    "",
    "lepton",
    "toaster:nack",
    "sfa30:fan-stopped",
    "scd41:nack@",
    "scd41:nack@1e9",
    "a:b,",
  ]) {
    assert.throws(() => parseFaultWishes(text), Failure, text);
  }
  assert.throws(() => faultWish("scd41", "{nack"), /no JSON/);
  assert.throws(() => parseFaultWishes(Array(40).fill("scd41:nack").join(",")), /at most/);
});
