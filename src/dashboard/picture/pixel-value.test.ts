import assert from "node:assert/strict";
import { test } from "node:test";
import { celsiusOfPixel, celsiusText, pixelOfCelsius, pixelText } from "./pixel-value.ts";

test("a centikelvin pixel is a temperature in °C, and back", () => {
  assert.equal(celsiusOfPixel(27_315), 0);
  assert.ok(Math.abs(celsiusOfPixel(29_650) - 23.35) < 1e-9);
  assert.equal(Math.round(pixelOfCelsius(60)), 33_315);
});

test("a pixel at the ceiling says that it may be hotter", () => {
  const low = { unit: "centikelvin", gain: "low" } as const;
  assert.equal(pixelText(65_535, low), "≥ 382.2 °C");
  assert.equal(pixelText(65_534, low), "382.2 °C");
});

test("no temperature is claimed beyond the range of high gain, nor where the gain is not known", () => {
  for (const camera of [{ unit: "centikelvin", gain: "high" } as const, { unit: "centikelvin" } as const]) {
    assert.equal(pixelText(45_455, camera), "≥ 140 °C");
    assert.equal(pixelText(41_315, camera), "≥ 140 °C");
    assert.equal(pixelText(41_305, camera), "139.9 °C");
  }
  assert.equal(celsiusText(181.4, "high"), "≥ 140 °C");
  assert.equal(celsiusText(181.4, "low"), "181.4 °C");
});

test("counts are never called degrees", () => {
  assert.equal(pixelText(2_871, { unit: "raw-counts" }), "2,871 counts");
});
