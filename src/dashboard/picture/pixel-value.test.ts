import assert from "node:assert/strict";
import { test } from "node:test";
import { celsiusOfPixel, pixelOfCelsius, pixelText } from "./pixel-value.ts";

test("a centikelvin pixel is a temperature in °C, and back", () => {
  assert.equal(celsiusOfPixel(27_315), 0);
  assert.ok(Math.abs(celsiusOfPixel(29_650) - 23.35) < 1e-9);
  assert.equal(Math.round(pixelOfCelsius(60)), 33_315);
});

test("a pixel at the ceiling says that it may be hotter", () => {
  assert.equal(pixelText(65_535, "centikelvin"), "≥ 382.2 °C");
  assert.equal(pixelText(65_534, "centikelvin"), "382.2 °C");
});

test("counts are never called degrees", () => {
  assert.equal(pixelText(2_871, "raw-counts"), "2,871 counts");
});
