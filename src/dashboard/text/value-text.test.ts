import assert from "node:assert/strict";
import { test } from "node:test";
import { valueText } from "./value-text.ts";

test("a value has its unit and its decimals", () => {
  assert.equal(valueText(22.449, { unit: "°C", decimals: 1 }), "22.4 °C");
  assert.equal(valueText(5_320, { unit: "ppm", decimals: 0 }), "5,320 ppm");
  assert.equal(valueText(0, { unit: "", decimals: 2 }), "0.00");
});

test("an absent value is a dash and never 0", () => {
  for (const absent of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    assert.equal(valueText(absent, { unit: "ppm", decimals: 0 }), "–");
});
