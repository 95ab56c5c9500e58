import assert from "node:assert/strict";
import { test } from "node:test";
import { wireTelemetry } from "#support/vospi-wire.ts";
import { radiometricFrame } from "./radiometric-frame.ts";

/** Words of row C that say what a pixel means: TLinear on, and its resolution (facts sheet §1.6). */
const tLinearEnabledWord = 208;
const tLinearResolutionWord = 209;

function frameOf(raw: number, set: Readonly<Record<number, number>> = {}) {
  const pixels = new Uint16Array(19_200).fill(raw);
  return radiometricFrame({ pixels, telemetryWords: wireTelemetry(set), arrivedAtMicros: 0 });
}

/** Every row of the facts sheet's table (§1.8). */
const golden: readonly (readonly [raw: number, resolutionKelvin: 0.01 | 0.1, celsius: number])[] = [
  [0x66cb, 0.01, -10],
  [0x6ab3, 0.01, 0],
  [0x7283, 0.01, 20],
  [0x7530, 0.01, 26.85],
  [0x766b, 0.01, 30],
  [0x91c3, 0.01, 100],
  [0xa163, 0.01, 140],
  [0xb18a, 0.01, 181.35],
  [0xffff, 0.01, 382.2],
  [0x0b74, 0.1, 20.05],
  [0x0bb8, 0.1, 26.85],
];

test("pixels are the temperatures of the data sheet facts, at either resolution", () => {
  for (const [raw, resolutionKelvin, celsius] of golden) {
    const { unit, pixels } = frameOf(raw, { [tLinearResolutionWord]: resolutionKelvin === 0.01 ? 1 : 0 });
    assert.equal(unit, "centikelvin");
    assert.equal((pixels[19_199]! / 100 - 273.15).toFixed(2), celsius.toFixed(2), `${raw}`);
  }
});

test("what is hotter than 382.2 °C stays there, and without TLinear nothing is a temperature", () => {
  for (const raw of [0x1a4c, 0x1c40])
    assert.equal(frameOf(raw, { [tLinearResolutionWord]: 0 }).pixels[0], 65_535);
  const counts = frameOf(4_096, { [tLinearEnabledWord]: 0 });
  assert.deepEqual([counts.unit, counts.pixels[0]], ["raw-counts", 4_096]);
});
