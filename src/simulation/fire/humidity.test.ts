import assert from "node:assert/strict";
import { test } from "node:test";
import { absoluteHumidity, relativeHumidityPercent } from "./humidity.ts";

test("air at 20 °C and 50 % holds 8.6 g of water in a cubic metre, and tells its 50 % again", () => {
  const vapour = absoluteHumidity(20, 50);
  assert.ok(Math.abs(vapour - 0.00864) < 5e-5, `${vapour} kg/m³`);
  assert.ok(Math.abs(relativeHumidityPercent({ celsius: 20, vapour }) - 50) < 1e-9);
});

test("warmed air is drier, cooled air at most saturated", () => {
  const vapour = absoluteHumidity(20, 50);
  assert.ok(relativeHumidityPercent({ celsius: 30, vapour }) < 29);
  assert.equal(relativeHumidityPercent({ celsius: 5, vapour }), 100);
});
