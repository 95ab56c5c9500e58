import assert from "node:assert/strict";
import { test } from "node:test";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { writeReadings } from "./detector-counts.ts";
import { PlainCameraLoops } from "./plain-camera-loops.ts";

function readings(celsius: readonly number[], gain: "high" | "low"): readonly number[] {
  const loops = new PlainCameraLoops();
  loops.detected.set(celsius.map(celsiusToRadiance));
  loops.countRadiance(writeReadings(loops.readings, { gain, biasCentikelvin: 0 }));
  return [...loops.detected.subarray(0, celsius.length)].map((value) => value / 100 - 273.15);
}

test("a count is 22 mK at room temperature, as in a real Lepton's pictures, and less on hot things", () => {
  const stepsAt = (celsius: number): number => {
    const scene = Array.from({ length: 1_000 }, (_, i) => celsius + i / 1_000);
    const seen = new Set(readings(scene, "high"));
    return (Math.max(...seen) - Math.min(...seen)) / (seen.size - 1);
  };
  assert.ok(Math.abs(stepsAt(22) - 0.0218) < 0.0005, `${stepsAt(22)}`);
  assert.ok(stepsAt(120) < 0.012, `${stepsAt(120)}`);
});

test("counting ends a little above the ceiling in high gain, and beyond 450 °C in low gain", () => {
  const [high] = readings([700], "high");
  const [low] = readings([900], "low");
  assert.ok(high! > 181.35 && high! < 200, `${high}`);
  assert.ok(low! > 500 && low! < 700, `${low}`);
});

test("what is read is what was there, within half a count", () => {
  for (const celsius of [-20, 0, 25, 80, 140]) {
    assert.ok(Math.abs(readings([celsius], "high")[0]! - celsius) < 0.02, `${celsius}`);
    assert.ok(Math.abs(readings([celsius], "low")[0]! - celsius) < 0.08, `${celsius}`);
  }
});
