import assert from "node:assert/strict";
import { test } from "node:test";
import { FireStage, hallScene, type SteadyFire, steadyFire } from "#support/fire-stage.ts";
import { celsiusToRadiance, radianceToCelsius } from "../scene/band-radiance.ts";
import { fuels } from "./fuel.ts";
import { puffingHertz } from "./plume-correlations.ts";

const still = hallScene();
const renderers = ["plume", "billow"] as const;
const pan = { fuel: fuels.heptane, kilowatts: 150, diameterMetres: 0.33 } as const;

function stageOf(fire: SteadyFire) {
  const thing = steadyFire(fire);
  return { thing, stage: new FireStage(still, thing) };
}

/** Mean over some pictures of the visible flame points and of the hottest apparent temperature. */
function meanLook(fire: SteadyFire, pictures = 20): { pixels: number; celsius: number } {
  const { thing, stage } = stageOf(fire);
  let pixels = 0;
  let celsius = 0;
  stage.lookAt(3);
  for (let i = 0; i < pictures; i += 1) {
    const radiance = stage.lookAt(3 + 0.23 * i);
    pixels += thing.truth.flamePixels / pictures;
    // The 30th hottest point is in the flame, not on its pan.
    celsius += radianceToCelsius(radiance.toSorted().at(-30)!) / pictures;
  }
  return { pixels, celsius };
}

/** Frequency of the strongest swing of a series above half a hertz, from the mean power of overlapping windows. */
function peakHertz(series: readonly number[], samplesPerSecond: number): number {
  const window = 128;
  const power = new Float64Array(window / 2);
  for (let from = 0; from + window <= series.length; from += window / 2) {
    const part = series.slice(from, from + window);
    const mean = part.reduce((sum, value) => sum + value, 0) / window;
    for (let k = 1; k < window / 2; k += 1) {
      let re = 0;
      let im = 0;
      part.forEach((value, i) => {
        const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / window);
        re += weight * (value - mean) * Math.cos((2 * Math.PI * k * i) / window);
        im += weight * (value - mean) * Math.sin((2 * Math.PI * k * i) / window);
      });
      power[k] = power[k]! + re * re + im * im;
    }
  }
  const hertz = samplesPerSecond / window;
  let best = Math.ceil(0.5 / hertz);
  for (let k = best; k < power.length - 1; k += 1) if (power[k]! > power[best]!) best = k;
  return best * hertz;
}

for (const flameRenderer of renderers) {
  test(`a flame drawn by ${flameRenderer} flickers most about 1.5/√D`, () => {
    for (const diameterMetres of [0.2, 0.5]) {
      const { stage } = stageOf({ ...pan, diameterMetres, kilowatts: 60, distanceMetres: 6, flameRenderer });
      const cold = celsiusToRadiance(20);
      const series: number[] = [];
      for (let i = 0; i < 640; i += 1) {
        const radiance = stage.lookAt(2 + i / 16);
        series.push(radiance.reduce((sum, value) => sum + value - cold, 0));
      }
      const peak = peakHertz(series, 16);
      const expected = puffingHertz(diameterMetres);
      assert.ok(Math.abs(peak / expected - 1) < 0.3, `${peak} Hz instead of ${expected}`);
    }
  });

  test(`drawn by ${flameRenderer}, a flame covers fewer points the farther it is, and shows a little at 25 m`, () => {
    const pixels = [5, 10, 20, 25].map(
      (distanceMetres) => meanLook({ ...pan, distanceMetres, flameRenderer }).pixels,
    );
    const [near, middle, far, farthest] = pixels as [number, number, number, number];
    // 0.33 m by 1.4 m at 29 pixels a metre are some 390 points; a flame tapers and its plume adds to it.
    assert.ok(near > 250 && near < 1000, `${near} points at 5 m`);
    assert.ok(near / middle > 2.5 && near / middle < 5.5, `${near} and ${middle}`);
    assert.ok(middle / far > 2.2 && middle / far < 5.5, `${middle} and ${far}`);
    assert.ok(farthest >= 8 && farthest < far, `${far} and ${farthest}`);
  });

  test(`drawn by ${flameRenderer}, a clean ethanol flame looks far cooler than a sooty one of its size`, () => {
    const size = { diameterMetres: 0.43, kilowatts: 75, distanceMetres: 5, flameRenderer };
    const ethanol = meanLook({ ...size, fuel: fuels.ethanol }).celsius;
    const heptane = meanLook({ ...size, fuel: fuels.heptane }).celsius;
    const foam = meanLook({ ...size, fuel: fuels.foam }).celsius;
    assert.ok(ethanol > 60 && ethanol < 260, `ethanol ${ethanol} °C`);
    assert.ok(heptane > ethanol + 150, `ethanol ${ethanol} °C, heptane ${heptane} °C`);
    assert.ok(foam > heptane, `heptane ${heptane} °C, foam ${foam} °C`);
  });
}

test("the two ways of drawing show flames of like size that are not alike in detail", () => {
  const looks = renderers.map((flameRenderer) => {
    const { stage } = stageOf({ ...pan, distanceMetres: 5, flameRenderer });
    return Float32Array.from(stage.lookAt(4));
  });
  const hot = celsiusToRadiance(150);
  const [one, other] = looks as [Float32Array, Float32Array];
  const counts = looks.map((look) => look.reduce((sum, value) => sum + (value > hot ? 1 : 0), 0));
  assert.ok(counts[1]! / counts[0]! > 0.5 && counts[1]! / counts[0]! < 2, `${counts}`);
  let differing = 0;
  for (let i = 0; i < one.length; i += 1) if (Math.abs(one[i]! - other[i]!) > 100) differing += 1;
  assert.ok(differing > 0.2 * counts[0]!, `${differing} of ${counts[0]} points`);
});
