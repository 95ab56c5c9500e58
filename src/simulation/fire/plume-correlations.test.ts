import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ceilingJetKelvinAtOneKilowatt,
  flameHeightMetres,
  mcCaffreyExcessKelvin,
  plumeExcessKelvin,
  plumeKilogramsPerSecond,
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

/** The published case: 1,245 kW on 1.075 m², χr 0.40, 22 °C, 6 m up. */
const published = {
  kilowatts: 1245,
  diameter: Math.sqrt((4 * 1.075) / Math.PI),
  radiativeFraction: 0.4,
  ambientKelvin: 295.15,
};

test("the plume's centreline is Heskestad's: 133.8 °C, and McCaffrey's: 153.2 °C", () => {
  near(22 + plumeExcessKelvin(published, 6), 133.78, 0.005 * 133.78);
  near(22 + mcCaffreyExcessKelvin(published, 6), 153.21, 0.005 * 153.21);
  assert.equal(plumeExcessKelvin({ kilowatts: 100, diameter: 0.3 }, 0), 900);
});

test("McCaffrey's regions meet, and the flame is as hot as flames are", () => {
  const fire = { kilowatts: 100, diameter: 0.3 };
  const scale = 100 ** 0.4;
  near(mcCaffreyExcessKelvin(fire, 0.05 * scale), 850, 50);
  for (const border of [0.08, 0.2]) {
    const below = mcCaffreyExcessKelvin(fire, (border - 1e-6) * scale);
    near(mcCaffreyExcessKelvin(fire, (border + 1e-6) * scale), below, 0.04 * below);
  }
});

test("a plume carries up its heat: flow times excess is what it convects", () => {
  // Mean excess of a Gaussian profile is about half of the centreline's.
  const meanExcess = (0.6 * 1245) / (1.005 * plumeKilogramsPerSecond(published, 6));
  const centre = plumeExcessKelvin(published, 6);
  assert.ok(meanExcess > 0.4 * centre && meanExcess < 0.6 * centre, `${meanExcess} of ${centre} K`);
  assert.equal(plumeKilogramsPerSecond(published, 0), 0);
  assert.ok(plumeKilogramsPerSecond(published, 1) < plumeKilogramsPerSecond(published, 4));
});

test("small fires puff fast, large ones slowly", () => {
  near(puffingHertz(0.1), 4.74, 0.01);
  near(puffingHertz(0.3), 2.74, 0.01);
  near(puffingHertz(1), 1.5, 0.001);
});
