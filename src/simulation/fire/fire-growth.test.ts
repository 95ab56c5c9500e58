import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { growthKilowattsPerSquareSecond, heatReleaseOf, tSquaredKilowatts } from "./fire-growth.ts";
import { fuels } from "./fuel.ts";

test("growth classes give the published heat release after 30, 60, 120 and 180 s, and 1055 kW on time", () => {
  const vectors = {
    slow: [2.6, 10.5, 42.2, 94.9],
    medium: [10.5, 42.2, 169, 380],
    fast: [42.2, 169, 675, 1520],
    "ultra-fast": [169, 675, 2701, 6078],
  } as const;
  const timesTo1055 = { slow: 600, medium: 300, fast: 150, "ultra-fast": 75 } as const;
  for (const name of ["slow", "medium", "fast", "ultra-fast"] as const) {
    const growth = growthKilowattsPerSquareSecond[name];
    [30, 60, 120, 180].forEach((seconds, i) => {
      const kilowatts = tSquaredKilowatts(growth, seconds);
      assert.ok(
        Math.abs(kilowatts / vectors[name][i]! - 1) < 0.02,
        `${name} after ${seconds} s: ${kilowatts}`,
      );
    });
    assert.ok(Math.abs(tSquaredKilowatts(growth, timesTo1055[name]) - 1055) < 2);
  }
});

test("a fire releases its fuel's mass times its heat of combustion, whatever its growth and peak", () => {
  const heat = fuels.heptane.heatOfCombustionKilojoulesPerKilogram;
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 10, noNaN: true }),
      fc.double({ min: 1, max: 5000, noNaN: true }),
      fc.double({ min: 0.05, max: 30, noNaN: true }),
      fc.double({ min: 0.03, max: 0.6, noNaN: true }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      (growth, peakKilowatts, kilograms, decayShare, kindling) => {
        const fire = {
          growth,
          peakKilowatts,
          fuelKilojoules: kilograms * heat,
          decayShare,
          kindlingKilowatts: kindling * peakKilowatts,
        };
        const curve = heatReleaseOf(fire);
        assert.ok(Math.abs(curve.integral() / (kilograms * heat) - 1) < 0.01, `${curve.integral()} kJ`);
        assert.ok(curve.peak <= peakKilowatts * 1.0001);
        assert.equal(curve.at(curve.endSeconds), 0);
      },
    ),
    { numRuns: 200 },
  );
});

test("650 g of heptane at 150 kW burn for about three minutes", () => {
  const curve = heatReleaseOf({
    growth: 3,
    peakKilowatts: 150,
    fuelKilojoules: 0.65 * 41_200,
    decayShare: 0.06,
  });
  assert.ok(curve.at(160) === 150 || curve.at(160) > 149);
  assert.ok(curve.at(230) < 10, `${curve.at(230)} kW`);
});
