import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { Picture } from "../picture.ts";
import { PinholeCamera } from "../pinhole-camera.ts";
import { SparkStream } from "./spark-stream.ts";

const kind = {
  perSecond: 90,
  squareMillimetres: 8,
  metresPerSecond: 5,
  spread: 0.1,
  startCelsius: 1300,
  lifeSeconds: [0.2, 0.5],
} as const;
const camera = new PinholeCamera({ position: { x: 0, y: 1.5, z: 0 }, tiltDownDegrees: 0 });
const source = { place: { x: 0, y: 1.2, z: 4 }, direction: { x: 1, y: 0, z: 0 }, floorY: 0 };

test("sparks fly away from the tool, each warming little, and go out within a second of the last", () => {
  const stream = new SparkStream(kind, new Random(3));
  for (let i = 1; i <= 20; i += 1) stream.step(0.1, { seconds: 0.1 * i, source });
  const picture = new Picture(new Float32Array(160 * 120).fill(100));
  stream.draw(picture, camera, 2.05);
  const tool = camera.project(source.place)!;
  let right = 0;
  let left = 0;
  picture.radiance.forEach((radiance, i) => {
    if (i % 160 >= tool.x) right += radiance;
    else left += radiance;
  });
  assert.ok(right > 10 * left, `${right} to the right, ${left} to the left`);
  const hottest = Math.max(...picture.radiance);
  assert.ok(hottest > 2 && hottest < 400, `${hottest} W/(m²·sr) in the brightest point`);
  for (let i = 21; i <= 30; i += 1) stream.step(0.1, { seconds: 0.1 * i, source: null });
  assert.equal(stream.glowing, 0);
  picture.radiance.fill(0);
  stream.draw(picture, camera, 3);
  assert.ok(picture.radiance.every((radiance) => radiance === 0));
});

test("however many are made, only a few dozen are kept", () => {
  const stream = new SparkStream({ ...kind, perSecond: 1e5 }, new Random(3));
  stream.step(0.1, { seconds: 0.1, source });
  assert.ok(stream.glowing <= 48);
});
