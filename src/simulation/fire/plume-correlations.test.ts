import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ceilingJetKelvinAtOneKilowatt,
  flameHeightMetres,
  plumeExcessKelvin,
  puffingHertz,
  virtualOriginMetres,
} from "./plume-correlations.ts";

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);
}

test("flame heights and virtual origins are those of the published examples", () => {
  const rows: readonly (readonly [number, number, number, number])[] = [
    [20, 0.3, 0.47, -0.03],
    [50, 0.3, 0.82, 0.09],
    [100, 0.5, 0.97, 0.01],
    [300, 0.6, 1.69, 0.2],
    [1000, 1, 2.7, 0.3],
  ];
  for (const [kilowatts, diameter, height, origin] of rows) {
    near(flameHeightMetres({ kilowatts, diameter }), height, 0.006);
    near(virtualOriginMetres({ kilowatts, diameter }), origin, 0.006);
  }
});

test("a fire too small for its base has a flame of no height, not a negative one", () => {
  assert.equal(flameHeightMetres({ kilowatts: 0.1, diameter: 0.5 }), 0);
});

test("the ceiling jet is Alpert's: 46.45 °C at 5.9 m from 410 kW under 3.72 m at 22 °C", () => {
  const jet = ceilingJetKelvinAtOneKilowatt({ radius: 5.9, ceilingHeight: 3.72 });
  near(22 + jet * 410 ** (2 / 3), 46.45, 0.02);
  const above = ceilingJetKelvinAtOneKilowatt({ radius: 0, ceilingHeight: 3 });
  near(above * 20 ** (2 / 3), 20, 0.5);
});

test("the plume's centreline is Heskestad's", () => {
  // The validation case has χr 0.40, T∞ 22 °C and 133.6 to 133.8 °C; ours has χr 0.35, hence (0.65/0.6)^(2/3) more.
  const diameter = Math.sqrt((4 * 1.075) / Math.PI);
  const excess = plumeExcessKelvin({ kilowatts: 1245, diameter }, 6);
  near(excess / (0.65 / 0.6) ** (2 / 3), 111.7, 1.5);
  assert.equal(plumeExcessKelvin({ kilowatts: 100, diameter: 0.3 }, 0), 900);
});

test("small fires puff fast, large ones slowly", () => {
  near(puffingHertz(0.1), 4.74, 0.01);
  near(puffingHertz(0.3), 2.74, 0.01);
  near(puffingHertz(1), 1.5, 0.001);
});
