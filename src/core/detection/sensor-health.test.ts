import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AirSample } from "../frames/air-sample.ts";
import type { FrameTelemetry } from "../frames/frame-telemetry.ts";
import {
  followReading,
  implausibleReading,
  isBelowOutdoorAir,
  isStuck,
  type RepeatedReading,
} from "./sensor-health-air.ts";
import { followFrameRate, isFfcOverdue, isSlow, newFrameRate } from "./sensor-health-camera.ts";
import { climateContradiction } from "./sensor-health-climate.ts";
import {
  coldestSketch,
  patternCorrelation,
  sketchContrastKelvin,
  sketchPicture,
} from "./sensor-health-picture.ts";

function reading(fields: Partial<AirSample>): AirSample {
  return { sampledAtMicros: 0, co2Ppm: 600, temperatureCelsius: 21, humidityPercent: 45, ...fields };
}

function repeat(count: number, everySeconds: number): RepeatedReading {
  let repeated: RepeatedReading | null = null;
  for (let k = 0; k < count; k += 1)
    repeated = followReading(repeated, reading({ sampledAtMicros: k * everySeconds * 1e6 }));
  return repeated!;
}

test("the same reading is stuck after 5 min of an SCD41, after 10 min of one in low-power mode, and never sooner", () => {
  assert.equal(isStuck(repeat(60, 5)), true);
  assert.equal(isStuck(repeat(55, 5)), false);
  assert.equal(isStuck(repeat(20, 30)), true);
  assert.equal(isStuck(repeat(19, 30)), false);
  assert.equal(isStuck(repeat(200, 1)), false);
  assert.equal(isStuck(followReading(repeat(100, 5), reading({ co2Ppm: 601, sampledAtMicros: 5e8 }))), false);
});

test("a source of CO2 alone is never stuck", () => {
  let repeated: RepeatedReading | null = null;
  for (let k = 0; k < 500; k += 1)
    repeated = followReading(
      repeated,
      reading({ sampledAtMicros: k * 5e6, temperatureCelsius: Number.NaN, humidityPercent: Number.NaN }),
    );
  assert.equal(isStuck(repeated!), false);
});

test("readings that no room has are named with what they read", () => {
  assert.equal(implausibleReading(reading({})), null);
  assert.match(implausibleReading(reading({ co2Ppm: 0 }))!, /0 ppm of CO2, which no room has/);
  assert.match(implausibleReading(reading({ co2Ppm: 48.900000000000006 }))!, /reads 49 ppm of CO2,/);
  assert.match(implausibleReading(reading({ co2Ppm: 67_620.2 }))!, /reads 67620 ppm of CO2,/);
  assert.match(implausibleReading(reading({ co2Ppm: 65_535 }))!, /treat the room as dangerous/);
  assert.match(implausibleReading(reading({ temperatureCelsius: 130 }))!, /130 °C/);
  assert.match(implausibleReading(reading({ humidityPercent: 101 }))!, /101 % of humidity/);
  assert.match(implausibleReading(reading({ temperatureCelsius: 61.14290074006256 }))!, /reads 61\.1 °C,/);
  assert.match(implausibleReading(reading({ temperatureCelsius: 60.0004 }))!, /reads 60\.1 °C, outside/);
  assert.match(implausibleReading(reading({ temperatureCelsius: -10.02 }))!, /reads -10\.1 °C, outside/);
  assert.match(implausibleReading(reading({ humidityPercent: 104.66666 }))!, /reads 104\.7 % of/);
  assert.match(implausibleReading(reading({ co2Ppm: 199.8 }))!, /reads 199 ppm of CO2, which no room/);
  assert.equal(implausibleReading(reading({ co2Ppm: Number.NaN, humidityPercent: Number.NaN })), null);
});

test("less CO2 than outdoors asks for calibration, and no CO2 asks for nothing", () => {
  assert.equal(isBelowOutdoorAir(reading({ co2Ppm: 349 })), true);
  assert.equal(isBelowOutdoorAir(reading({ co2Ppm: 410 })), false);
  assert.equal(isBelowOutdoorAir(reading({ co2Ppm: Number.NaN })), null);
});

function telemetry(fields: Partial<FrameTelemetry>): FrameTelemetry {
  return { uptimeMs: 900_000, lastFfcUptimeMs: 800_000, ffcState: "complete", ...fields } as FrameTelemetry;
}

test("a camera's calibration is overdue 9 min after the last, or when it never came", () => {
  assert.equal(isFfcOverdue(telemetry({})), false);
  assert.equal(isFfcOverdue(telemetry({ lastFfcUptimeMs: 359_000 })), true);
  assert.equal(isFfcOverdue(telemetry({ ffcState: "never", lastFfcUptimeMs: 0 })), true);
  assert.equal(isFfcOverdue(telemetry({ ffcState: "never", uptimeMs: 20_000 })), false);
  assert.equal(isFfcOverdue(telemetry({ uptimeMs: 9_000, lastFfcUptimeMs: 2 ** 32 - 9_000 })), false);
  assert.equal(isFfcOverdue(telemetry({ uptimeMs: 9_000, lastFfcUptimeMs: 2 ** 32 - 600_000 })), true);
  assert.equal(isFfcOverdue(telemetry({ uptimeMs: 9_000, lastFfcUptimeMs: 9_500 })), null);
  assert.equal(isFfcOverdue(telemetry({ uptimeMs: null })), null);
  assert.equal(isFfcOverdue(null), null);
});

test("a camera is slow by its own best, and by what it should send", () => {
  const isSlowAfter = (rates: readonly number[], framesPerSecond = 8.7) => {
    const memory = rates.reduce(
      (before, frames) => followFrameRate(before, { frames, seconds: 1 }),
      newFrameRate,
    );
    return isSlow(memory, { framesPerSecond });
  };
  const steady = (frames: number, seconds: number): number[] => new Array<number>(seconds).fill(frames);
  assert.equal(isSlowAfter(steady(9, 9)), null);
  assert.equal(isSlowAfter(steady(9, 30)), false);
  assert.equal(isSlowAfter(steady(1, 30)), true);
  assert.equal(isSlowAfter(steady(1, 30), 1), false);
  assert.equal(isSlowAfter(steady(5, 30)), false);
  assert.equal(isSlowAfter([...steady(9, 30), ...steady(5, 10)]), true);
  assert.equal(isSlowAfter([...steady(9, 30), 0, 0, ...steady(9, 8)]), false);
});

test("camera and air contradict each other only far from what errors and self-heating explain", () => {
  assert.equal(climateContradiction({ sceneCelsius: 26, housingCelsius: 34, airCelsius: 21 }), null);
  assert.match(
    climateContradiction({ sceneCelsius: 40, housingCelsius: 34, airCelsius: 21 })!,
    /40 °C.*21 °C/,
  );
  assert.match(
    climateContradiction({ sceneCelsius: 21, housingCelsius: 60, airCelsius: 21 })!,
    /housing has 60 °C/,
  );
  const unknown = Number.NaN;
  assert.equal(
    climateContradiction({ sceneCelsius: 21, housingCelsius: unknown, airCelsius: unknown }),
    null,
  );
});

test("a sketch has each block's mean in °C, for any size of picture", () => {
  const pixels = new Uint16Array(160 * 120).fill(29_415);
  for (let y = 0; y < 8; y += 1) pixels.fill(30_415, y * 160, y * 160 + 8);
  const sketch = sketchPicture({ width: 160, height: 120, pixels });
  assert.ok(Math.abs(sketch[0]! - 31) < 1e-4 && Math.abs(sketch[1]! - 21) < 1e-4);
  assert.equal(sketchContrastKelvin(sketch), 0);
  const small = sketchPicture({ width: 30, height: 20, pixels: new Uint16Array(600).fill(29_415) });
  assert.ok(small.every((celsius) => Math.abs(celsius - 21) < 1e-4));
});

test("a pattern is like itself at any temperature, like no other, and none is no answer", () => {
  const pattern = Float32Array.from({ length: 300 }, (_, k) => 20 + ((k * 7) % 11) / 4);
  const warmer = pattern.map((celsius) => celsius + 8);
  const other = Float32Array.from({ length: 300 }, (_, k) => 20 + ((k * 5) % 13) / 4);
  assert.ok(patternCorrelation({ reference: pattern, now: warmer })! > 0.999);
  assert.ok(Math.abs(patternCorrelation({ reference: pattern, now: other })!) < 0.4);
  assert.equal(patternCorrelation({ reference: new Float32Array(300).fill(20), now: pattern }), null);
  assert.equal(patternCorrelation({ reference: pattern, now: new Float32Array(300).fill(20) }), 0);
});

test("the correlation is between -1 and 1, and the coldest sketch is no warmer than any", () => {
  const sketches = fc.array(fc.double({ min: -40, max: 300, noNaN: true }), {
    minLength: 300,
    maxLength: 300,
  });
  fc.assert(
    fc.property(sketches, sketches, (a, b) => {
      const one = Float32Array.from(a);
      const other = Float32Array.from(b);
      const correlation = patternCorrelation({ reference: one, now: other });
      assert.ok(correlation === null || Math.abs(correlation) <= 1 + 1e-9);
      const coldest = coldestSketch([one, other]);
      assert.ok(coldest.every((celsius, k) => celsius <= one[k]! && celsius <= other[k]!));
    }),
    { numRuns: 50 },
  );
});
