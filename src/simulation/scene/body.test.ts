import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { celsiusToRadiance, radianceToCelsius } from "./band-radiance.ts";
import { type Build, drawBody, type Posture } from "./body.ts";
import { Picture } from "./picture.ts";
import { PinholeCamera } from "./pinhole-camera.ts";

const camera = new PinholeCamera({ position: { x: 0, y: 1.7, z: 0 }, tiltDownDegrees: 8 });
const build: Build = {
  heightMetres: 1.75,
  skinCelsius: 33.6,
  clothingCelsius: 29.3,
  trousersCelsius: 27.5,
  foldsPhase: 1,
};
const standing: Posture = { x: 0, z: 4, sitting: 0, stride: 1, swing: 0.2, lean: 0, reach: 0.5 };

function draw(posture: Posture, depth: number): Float64Array {
  const picture = new Picture(new Float32Array(leptonWidth * leptonHeight).fill(depth));
  picture.radiance.fill(celsiusToRadiance(21));
  drawBody(picture, { camera, build, posture });
  return Float64Array.from(picture.radiance, radianceToCelsius);
}

test("a person 4 m away is a warm shape of a person's size that nowhere exceeds 35 °C", () => {
  const celsius = draw(standing, 10);
  const warm = [...celsius.keys()].filter((i) => celsius[i]! > 23);
  const rows = warm.map((i) => Math.floor(i / leptonWidth));
  const tall = Math.max(...rows) - Math.min(...rows);
  assert.ok(Math.abs(tall - (1.75 * camera.focal) / 4) < 5, `${tall} rows`);
  assert.ok(warm.length > 500 && warm.length < 1600, `${warm.length} pixels`);
  const hottest = Math.max(...celsius);
  assert.ok(hottest > 31 && hottest < 35, `${hottest} °C`);
  assert.ok(Math.min(...celsius) > 20);
});

test("someone sitting is lower than someone standing", () => {
  const top = (celsius: Float64Array): number => celsius.findIndex((value) => value > 24) / leptonWidth;
  assert.ok(top(draw({ ...standing, sitting: 1, swing: 0 }, 10)) > top(draw(standing, 10)) + 8);
});

test("nobody is seen through what stands before them", () => {
  for (const value of draw(standing, 2)) assert.ok(Math.abs(value - 21) < 0.01);
});
