import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { flatFieldAt } from "./flat-field-schedule.ts";
import { highGainCeilingCounts, ThermalModule } from "./thermal-module.ts";

const framePeriod = 1 / 8.7;

function flat(celsius: number): Float32Array {
  return new Float32Array(leptonWidth * leptonHeight).fill(celsiusToRadiance(celsius));
}

/** The pictures from shortly before the first correction after the start until shortly after it. */
function framesAroundCorrection(): readonly ThermalFrame[] {
  const module = new ThermalModule(new Random(3));
  const take = (index: number): ThermalFrame =>
    module.take({
      capturedAtMicros: Math.round(index * framePeriod * 1e6),
      seconds: index * framePeriod,
      scene: () => flat(20 + 0.01 * index),
    });
  const uptime = take(0).telemetry!.uptimeMs! / 1000;
  const first = Math.floor((181.2 - uptime - 5) / framePeriod);
  return Array.from({ length: 60 }, (_, i) => take(first + i));
}

const frames = framesAroundCorrection();

test("the shutter announces itself 2 s before, closes for 0.88 s, and opens every 3 min", () => {
  assert.deepEqual(flatFieldAt(10, 1), { state: "complete", completed: 0, lastEndedAtSeconds: 1 });
  assert.equal(flatFieldAt(178.1, 1).state, "complete");
  assert.equal(flatFieldAt(178.2, 1).state, "imminent");
  assert.equal(flatFieldAt(180.1, 1).state, "imminent");
  assert.equal(flatFieldAt(180.2, 1).state, "in-progress");
  assert.equal(flatFieldAt(180.99, 1).state, "in-progress");
  assert.deepEqual(flatFieldAt(181, 1), { state: "complete", completed: 1, lastEndedAtSeconds: 181 });
});

test("while the shutter is closed the picture is frozen, and the counter and the clock go on", () => {
  const closed = frames.filter((frame) => frame.telemetry?.ffcState === "in-progress");
  assert.ok(closed.length >= 7 && closed.length <= 8, `${closed.length} frames`);
  const first = frames.indexOf(closed[0]!);
  for (const frame of closed) {
    assert.deepEqual(frame.pixels, frames[first - 1]!.pixels);
    assert.notEqual(frame.pixels, frames[first - 1]!.pixels, "each frame's pixels are its owner's");
  }
  assert.notDeepEqual(frames[first + closed.length]!.pixels, closed[0]!.pixels);
  for (let i = 1; i < frames.length; i += 1) {
    assert.equal(frames[i]!.frameCounter, frames[i - 1]!.frameCounter + 1);
    assert.ok(frames[i]!.telemetry!.uptimeMs! > frames[i - 1]!.telemetry!.uptimeMs!);
  }
});

test("the telemetry says that a correction took place by its time, and only afterwards", () => {
  const times = [...new Set(frames.map((frame) => frame.telemetry!.lastFfcUptimeMs))];
  assert.equal(times.length, 2);
  assert.equal(times[1]! - times[0]!, 180_000);
  const changed = frames.findIndex((frame) => frame.telemetry!.lastFfcUptimeMs === times[1]);
  assert.equal(frames[changed - 1]!.telemetry!.ffcState, "in-progress");
  assert.equal(frames[changed]!.telemetry!.ffcState, "complete");
  assert.ok(frames[changed]!.telemetry!.uptimeMs! >= times[1]!);
  const states = frames.map((frame) => frame.telemetry!.ffcState);
  assert.ok(states.indexOf("imminent") < states.indexOf("in-progress"));
  assert.deepEqual(
    frames.filter((frame) => frame.telemetry!.ffcDesired).map((frame) => frame.telemetry!.ffcState),
    states.filter((state) => state === "imminent"),
  );
});

test("what is hotter than the ceiling reads as the ceiling, like a valid number", () => {
  const module = new ThermalModule(new Random(1));
  const frame = module.take({ capturedAtMicros: 0, seconds: 0, scene: () => flat(600) });
  assert.equal(highGainCeilingCounts, 45_450);
  assert.ok(frame.pixels.every((counts) => counts === highGainCeilingCounts));
});

test("a scene at 30 °C is read within the unit's bias, with the bad pixels of a module in one row and far too warm", () => {
  const badPixels: number[] = [];
  for (let seed = 0; seed < 8; seed += 1) {
    const module = new ThermalModule(new Random(seed));
    const frame = module.take({ capturedAtMicros: 0, seconds: 0, scene: () => flat(30) });
    assert.equal(frame.telemetry?.effectiveGain, "high");
    assert.equal(frame.telemetry?.tLinearEnabled, true);
    assert.equal(frame.telemetry?.tLinearResolutionKelvin, 0.01);
    const sorted = [...frame.pixels].sort((a, b) => a - b);
    const median = sorted[sorted.length / 2]! / 100 - 273.15;
    assert.ok(Math.abs(median - 30) < 3, `${median} °C`);
    const bad = [...frame.pixels.keys()].filter((i) => frame.pixels[i]! / 100 - 273.15 > median + 4);
    assert.ok(new Set(bad.map((i) => Math.floor(i / leptonWidth))).size <= 1);
    badPixels.push(bad.length);
  }
  assert.ok(Math.min(...badPixels) === 0 && Math.max(...badPixels) >= 2, badPixels.join(" "));
  assert.ok(Math.max(...badPixels) <= 8, badPixels.join(" "));
});
