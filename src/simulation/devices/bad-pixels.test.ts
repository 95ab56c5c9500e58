import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { drawBadPixels } from "./bad-pixels.ts";

const units = Array.from({ length: 200 }, (_, seed) => drawBadPixels(new Random(seed), "any"));

test("a module's bad pixels lie in one row, some side by side, all of them too warm by about 10 K", () => {
  let pairs = 0;
  for (const pixels of units) {
    assert.ok(new Set(pixels.map(({ index }) => Math.floor(index / leptonWidth))).size <= 1);
    const indices = pixels.map(({ index }) => index);
    pairs += indices.filter((index) => indices.includes(index + 1)).length;
    for (const { offsetKelvin } of pixels) assert.ok(offsetKelvin >= 7 && offsetKelvin <= 12);
  }
  assert.ok(pairs > 50, `${pairs} pairs`);
});

test("some modules have none, most have a few, and a few as many as the real one that we know", () => {
  const counts = units.map((pixels) => pixels.length);
  const share = (of: (count: number) => boolean): number => counts.filter(of).length / counts.length;
  assert.ok(share((count) => count === 0) > 0.2);
  assert.ok(share((count) => count >= 1 && count <= 8) > 0.4);
  assert.ok(share((count) => count >= 10) > 0.02 && Math.max(...counts) <= 28);
  const few = Array.from({ length: 200 }, (_, seed) => drawBadPixels(new Random(seed), "few").length);
  assert.ok(Math.max(...few) <= 8);
});
