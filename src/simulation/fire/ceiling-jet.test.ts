import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ceilingJetDepthMetres,
  ceilingJetExcessKelvin,
  ceilingJetMetresPerSecond,
  kilowattsOfCeilingJet,
} from "./ceiling-jet.ts";

test("the published excesses of the ceiling jet come out", () => {
  const rows: readonly (readonly [number, number, number, number])[] = [
    [20, 3, 0, 20],
    [20, 3, 3, 6.4],
    [100, 4, 5, 9.9],
    [1000, 3, 0, 271],
    [1000, 4, 3, 65],
  ];
  for (const [kilowatts, ceilingHeight, radius, kelvin] of rows) {
    const excess = ceilingJetExcessKelvin(kilowatts, { ceilingHeight, radius });
    assert.ok(Math.abs(excess - kelvin) < 0.02 * kelvin, `${excess} instead of ${kelvin}`);
  }
  const published = 22 + ceilingJetExcessKelvin(410, { radius: 5.9, ceilingHeight: 3.72 });
  assert.ok(Math.abs(published - 46.45) < 0.005 * 24.45, `${published} °C`);
});

test("the fire's size comes back from the temperature that its jet has", () => {
  for (const radius of [0, 1.3, 6])
    for (const kilowatts of [1, 50, 2000]) {
      const jet = { radius, ceilingHeight: 2.4 };
      const back = kilowattsOfCeilingJet(ceilingJetExcessKelvin(kilowatts, jet), jet);
      assert.ok(Math.abs(back - kilowatts) < 1e-9 * kilowatts);
    }
  assert.equal(kilowattsOfCeilingJet(-3, { radius: 0, ceilingHeight: 2.4 }), 0);
});

test("the jet slows down and thickens on its way outwards", () => {
  const at = (radius: number) => ({ radius, ceilingHeight: 3 });
  assert.ok(Math.abs(ceilingJetMetresPerSecond(100, at(0)) - 3.09) < 0.01);
  assert.ok(ceilingJetMetresPerSecond(100, at(3)) < ceilingJetMetresPerSecond(100, at(1)));
  assert.ok(ceilingJetDepthMetres(at(1)) < ceilingJetDepthMetres(at(3)));
  assert.ok(ceilingJetDepthMetres(at(30)) <= 0.112 * 3);
});
