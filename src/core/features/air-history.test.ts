import assert from "node:assert/strict";
import { test } from "node:test";
import { AirHistory } from "./air-history.ts";

const second = 1_000_000;

function reading(seconds: number, co2Ppm: number) {
  return {
    sampledAtMicros: Math.round(seconds * second),
    co2Ppm,
    temperatureCelsius: 21,
    humidityPercent: 40,
  };
}

function history(to: number, co2: (t: number) => number, period = 5): AirHistory {
  const air = new AirHistory();
  for (let t = 0; t <= to; t += period) air.add(reading(t, co2(t)));
  return air;
}

function near(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

test("a steady rise gives level, change over a minute and slope over two", () => {
  const air = history(200, (t) => 600 + 2 * t).featuresAt(200 * second);
  assert.equal(air.co2Ppm, 1_000);
  near(air.co2DeltaPpm, 120);
  near(air.co2SlopePpmPerSecond, 2);
});

test("a reading counts for 12 s and then everything is absent", () => {
  const air = history(200, () => 700);
  assert.equal(air.featuresAt(212 * second).co2Ppm, 700);
  const stale = air.featuresAt(212.000001 * second);
  for (const value of [stale.co2Ppm, stale.co2DeltaPpm, stale.co2SlopePpmPerSecond])
    assert.ok(Number.isNaN(value));
});

test("at start-up the change and the slope are absent until there is enough of them", () => {
  const air = history(200, (t) => 600 + t);
  assert.equal(air.featuresAt(10 * second).co2Ppm, 610);
  assert.ok(Number.isNaN(air.featuresAt(55 * second).co2DeltaPpm));
  near(air.featuresAt(60 * second).co2DeltaPpm, 60);
  // 60 % of 24 readings are 15, the fifteenth comes at 70 s, but 60 % of the window are 72 s.
  assert.ok(Number.isNaN(air.featuresAt(70 * second).co2SlopePpmPerSecond));
  near(air.featuresAt(75 * second).co2SlopePpmPerSecond, 1);
});

test("a reading later than the asked time is not looked at", () => {
  const air = history(10, () => 600);
  air.add(reading(14.9, 900));
  assert.equal(air.featuresAt(14 * second).co2Ppm, 600);
  assert.equal(air.featuresAt(15 * second).co2Ppm, 900);
});

test("invalid readings change nothing", () => {
  const air = history(10, () => 600);
  for (const bad of [Number.NaN, 0, -5, Number.POSITIVE_INFINITY]) air.add(reading(12, bad));
  air.add(reading(8, 700));
  assert.equal(air.featuresAt(13 * second).co2Ppm, 600);
});

test("a fast source does not push the window out", () => {
  const air = history(200, (t) => 600 + 2 * t, 0.125);
  near(air.featuresAt(200 * second).co2SlopePpmPerSecond, 2);
});
