import assert from "node:assert/strict";
import { test } from "node:test";
import {
  celsiusToTicks,
  kelvinToTicks,
  percentToTicks,
  ticksToCelsius,
  ticksToKelvin,
  ticksToPercent,
} from "./ticks.ts";

test("temperatures and humidities are those of the data sheets' examples", () => {
  for (const [celsius, word] of [
    [25, 0x6666],
    [20, 0x5f16],
    [37, 0x77f4],
    [0, 0x41d4],
  ] as const)
    assert.ok(
      Math.abs(ticksToCelsius(word) - celsius) < 0.002 && Math.abs(celsiusToTicks(celsius) - word) <= 1,
    );
  assert.equal(ticksToCelsius(0x6667).toFixed(2), "25.00");
  assert.equal(ticksToPercent(0x5eb9).toFixed(2), "37.00");
  assert.equal(percentToTicks(50), 0x8000);
  assert.equal(kelvinToTicks(4), 0x05da);
  assert.equal(ticksToKelvin(0x07e6).toFixed(1), "5.4");
});

test("what lies outside of a word is cut off, and what is no number stays none", () => {
  assert.equal(celsiusToTicks(-100), 0);
  assert.equal(percentToTicks(130), 65_535);
  assert.ok(Number.isNaN(percentToTicks(Number.NaN)));
});
