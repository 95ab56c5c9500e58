import assert from "node:assert/strict";
import { test } from "node:test";
import { HotStage } from "#support/hot-stage.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";

const { still } = new HotStage();

function excessOf(warmth: RadiantWarmth): Float32Array {
  const excess = new Float32Array(still.depth.length);
  warmth.addTo(still, excess);
  return excess;
}

test("a heater warms the floor before it within minutes, nothing behind it, and the warmth fades when it is off", () => {
  const warmth = new RadiantWarmth({ place: { x: 0, y: 0.3, z: 5 }, facing: { x: 0, y: 0, z: -1 } });
  warmth.step(600, 1);
  const excess = excessOf(warmth);
  const highest = Math.max(...excess);
  assert.ok(highest > 10 && highest < 80, `${highest} K`);
  excess.forEach((kelvin, i) => {
    if (still.places[3 * i + 2]! > 5.01) assert.equal(kelvin, 0);
  });
  warmth.step(220, 0);
  const faded = Math.max(...excessOf(warmth)) / highest;
  assert.ok(Math.abs(faded - Math.exp(-1)) < 0.02, `${faded} is left`);
});

test("twice as far it warms about a quarter", () => {
  const warmth = new RadiantWarmth({ place: { x: 0, y: 1.7, z: 7 }, facing: null });
  warmth.step(1e5, 5);
  const farther = new RadiantWarmth({ place: { x: 0, y: 1.7, z: 6 }, facing: null });
  farther.step(1e5, 5);
  const onWall = (excess: Float32Array): number => {
    let highest = 0;
    excess.forEach((kelvin, i) => {
      if (still.normals[3 * i + 2]! < -0.5) highest = Math.max(highest, kelvin);
    });
    return highest;
  };
  const share = onWall(excessOf(farther)) / onWall(excessOf(warmth));
  assert.ok(share > 0.15 && share < 0.26, `${share}`);
});
