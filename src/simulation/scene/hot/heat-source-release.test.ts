import assert from "node:assert/strict";
import { test } from "node:test";
import { combustionRelease, dryHeatRelease } from "./heat-source-release.ts";

const place = { x: 0, y: 1, z: 3 };

test("two kilowatts of gas give 0.11 g of CO2 a second, about 1 ppm/s in 60 m³ (facts §4.4)", () => {
  const release = combustionRelease({
    place,
    diameterMetres: 0.1,
    kilowatts: 2,
    radiativeFraction: 0.12,
    fuel: "natural-gas",
    indoorShare: 1,
  });
  assert.ok(Math.abs(1000 * release.co2KilogramsPerSecond - 0.11) < 1e-6);
  const ppmPerSecond = (1e6 * release.co2KilogramsPerSecond * 0.547) / 60;
  assert.ok(ppmPerSecond > 0.95 && ppmPerSecond < 1.05, `${ppmPerSecond}`);
  // CH4 makes two molecules of water for one of CO2.
  const water = release.waterKilogramsPerSecond / release.co2KilogramsPerSecond;
  assert.ok(Math.abs(water - (2 * 18.015) / 44.01) < 0.01, `${water}`);
});

test("a chimney takes gases and warm air away, but no radiation", () => {
  const options = {
    place,
    diameterMetres: 0.5,
    kilowatts: 10,
    radiativeFraction: 0.35,
    fuel: "wood",
  } as const;
  const open = combustionRelease({ ...options, indoorShare: 1 });
  const chimney = combustionRelease({ ...options, indoorShare: 0.1 });
  assert.ok(Math.abs(chimney.co2KilogramsPerSecond / open.co2KilogramsPerSecond - 0.1) < 1e-12);
  const radiated = (release: typeof open): number => release.heatKilowatts * release.radiativeFraction;
  assert.ok(Math.abs(radiated(chimney) - radiated(open)) < 1e-9);
  assert.ok(Math.abs(chimney.heatKilowatts - (3.5 + 0.65)) < 1e-9);
});

test("electric heat brings no gas", () => {
  const release = dryHeatRelease({ place, diameterMetres: 0.2, kilowatts: 2, radiativeFraction: 0.5 });
  assert.equal(release.co2KilogramsPerSecond + release.waterKilogramsPerSecond, 0);
  assert.equal(release.heatKilowatts, 2);
});
