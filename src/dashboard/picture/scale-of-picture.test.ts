import assert from "node:assert/strict";
import { test } from "node:test";
import { readViewSettings } from "../model/view-settings.ts";
import { pixelOfCelsius } from "./pixel-value.ts";
import { scaleOfPicture } from "./scale-of-picture.ts";

const settings = readViewSettings(null);
const frame = {
  width: 100,
  height: 2,
  unit: "centikelvin",
  capturedAtMicros: 0,
  frameCounter: 0,
  ffcState: null,
  pixels: Uint16Array.from({ length: 200 }, (_, index) => (index < 190 ? 29_300 + index : 50_000)),
} as const;

test("a fixed scale is the one that was set, in °C", () => {
  const fixed = { ...settings, scale: "fixed", lowCelsius: 0, highCelsius: 50 } as const;
  const { range } = scaleOfPicture(frame, { settings: fixed, previous: null });
  assert.deepEqual(range, { low: 27_315, high: 32_315 });
});

test("greys fit the room while the fire in it has the colours of the band", () => {
  const scale = scaleOfPicture(frame, { settings, previous: null });
  assert.ok(scale.range.high < pixelOfCelsius(30), `the greys end at ${scale.range.high}`);
  assert.equal(scale.threshold, pixelOfCelsius(60));
});

test("counts get an automatic scale and no band, whatever is set in °C", () => {
  const fixed = { ...settings, scale: "fixed" } as const;
  const scale = scaleOfPicture({ ...frame, unit: "raw-counts" }, { settings: fixed, previous: null });
  assert.equal(scale.threshold, null);
  assert.equal(scale.range.high, 50_000);
});
