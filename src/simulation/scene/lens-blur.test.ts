import assert from "node:assert/strict";
import { test } from "node:test";
import { LensBlur } from "./lens-blur.ts";

const width = 20;
const height = 15;

test("a point becomes a spot of the lens's width and keeps its light", () => {
  const picture = new Float32Array(width * height);
  picture[7 * width + 9] = 100;
  new LensBlur({ width, height }).apply(picture);
  let light = 0;
  let spread = 0;
  picture.forEach((value, i) => {
    light += value;
    spread += value * ((i % width) - 9) ** 2;
  });
  assert.ok(Math.abs(light - 100) < 1e-3);
  assert.ok(Math.abs(Math.sqrt(spread / light) - 0.6) < 0.02, `${Math.sqrt(spread / light)}`);
});

test("an even picture stays even, up to its borders", () => {
  const picture = new Float32Array(width * height).fill(50);
  new LensBlur({ width, height }).apply(picture);
  for (const value of picture) assert.ok(Math.abs(value - 50) < 1e-3);
});

test("a point at the border does not leave its row or column", () => {
  const picture = new Float32Array(width * height);
  picture[4 * width] = 100;
  new LensBlur({ width, height }).apply(picture);
  assert.ok(picture[4 * width]! > 40);
  assert.equal(picture[3 * width + width - 1], 0);
});
