import assert from "node:assert/strict";
import { test } from "node:test";
import {
  celsiusToRadiance,
  integrateBandRadiance,
  radiancesToCelsius,
  radianceToCelsius,
} from "./band-radiance.ts";

// Facts sheet §2.2 (Planck integral, 8–14 µm, ideal flat response), four significant digits.
const sheet: readonly (readonly [celsius: number, radiance: number, slope: number])[] = [
  [-10, 29.14, 0.566],
  [0, 35.15, 0.637],
  [20, 49.37, 0.786],
  [25, 53.4, 0.824],
  [30, 57.61, 0.862],
  [37, 63.83, 0.916],
  [50, 76.39, 1.016],
  [60, 86.93, 1.093],
  [80, 110.3, 1.247],
  [100, 136.8, 1.397],
  [140, 198.5, 1.685],
  [181, 273.2, 1.955],
  [200, 311.4, 2.071],
  [300, 545.6, 2.588],
  [400, 824.4, 2.969],
  [450, 976.8, 3.12],
  [600, 1472, 3.46],
  [800, 2195, 3.742],
  [1000, 2962, 3.914],
  [1200, 3756, 4.027],
];

test("the band radiance of every published temperature agrees to four digits", () => {
  for (const [celsius, radiance, slope] of sheet) {
    assert.ok(Math.abs(celsiusToRadiance(celsius) / radiance - 1) < 5e-4, `radiance at ${celsius} °C`);
    const measured = (celsiusToRadiance(celsius + 1) - celsiusToRadiance(celsius - 1)) / 2;
    assert.ok(Math.abs(measured / slope - 1) < 2e-3, `slope at ${celsius} °C`);
  }
});

test("the table follows the integral between its points", () => {
  for (let celsius = -40; celsius < 1300; celsius += 7.13) {
    const error = celsiusToRadiance(celsius) / integrateBandRadiance(celsius) - 1;
    assert.ok(Math.abs(error) < 1e-5, `at ${celsius} °C`);
  }
});

test("going to radiance and back moves no temperature by more than 2 mK", () => {
  for (let celsius = -40; celsius < 1300; celsius += 0.37)
    assert.ok(Math.abs(radianceToCelsius(celsiusToRadiance(celsius)) - celsius) < 0.002, `at ${celsius} °C`);
});

test("temperatures outside the table stay at its ends", () => {
  assert.equal(radianceToCelsius(0), -60);
  assert.equal(radianceToCelsius(celsiusToRadiance(5000)), radianceToCelsius(celsiusToRadiance(1400)));
});

// Facts sheet §2.6: apparent temperature of a source that fills a share of a pixel over a 20 °C background.
test("a source that fills a part of a pixel is mixed in radiance, not in temperature", () => {
  const rows: readonly (readonly number[])[] = [
    [0.001, 20.6, 21.8, 22.7, 23.6],
    [0.01, 26.1, 36.7, 44.4, 52.1],
    [0.05, 47.8, 88.0, 113.7, 137.9],
    [0.1, 70.6, 135.9, 176, 214],
    [0.5, 193, 378, 496, 610],
  ];
  const sources = [300, 600, 800, 1000];
  for (const [fill = 0, ...expected] of rows)
    expected.forEach((celsius, i) => {
      const mixed = fill * celsiusToRadiance(sources[i]!) + (1 - fill) * celsiusToRadiance(20);
      assert.ok(Math.abs(radianceToCelsius(mixed) - celsius) < 0.6, `${fill} of ${sources[i]} °C`);
    });
});

test("a whole picture is turned into temperatures as its pixels are, ends included", () => {
  const radiance = Float32Array.from({ length: 4000 }, (_, i) => i * 1.37 - 20);
  const celsius = new Float32Array(radiance.length);
  radiancesToCelsius(radiance, celsius);
  radiance.forEach((value, i) => {
    assert.ok(Math.abs(celsius[i]! - radianceToCelsius(value)) < 1e-4, `at ${value}`);
  });
});
