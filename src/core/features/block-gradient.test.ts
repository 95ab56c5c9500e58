import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPixels, type Scene } from "#support/drawn-frame.ts";
import { BlockGradient } from "./block-gradient.ts";

const size = { width: 40, height: 24 };

function near(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

function measured(scene: Scene, excluded: Uint8Array | null = null): BlockGradient {
  const gradient = new BlockGradient(size);
  gradient.measure(drawPixels(scene, size), excluded);
  return gradient;
}

test("a uniform picture has no gradient", () => {
  const g = measured(() => 20);
  assert.equal(g.meanKelvinPerPixel, 0);
  assert.equal(g.stdKelvinPerPixel, 0);
});

test("a ramp has its slope everywhere, borders included", () => {
  const g = measured((x, y) => 20 + 0.3 * x + 0.4 * y);
  near(g.meanKelvinPerPixel, 0.5);
  near(g.stdKelvinPerPixel, 0, 1e-6);
});

test("differences are central inside and one-sided at the borders, like numpy.gradient", () => {
  const g = measured((x) => 20 + 0.01 * x * x);
  const slopes = Array.from({ length: 40 }, (_, x) => (x === 0 ? 0.01 : x === 39 ? 0.77 : 0.02 * x));
  const mean = slopes.reduce((a, b) => a + b) / 40;
  near(g.meanKelvinPerPixel, mean);
  near(g.stdKelvinPerPixel, Math.sqrt(slopes.reduce((sum, s) => sum + (s - mean) ** 2, 0) / 40));
});

test("beside an excluded pixel the difference is one-sided, so a mask over a hot spot leaves no edge", () => {
  const inMask = (x: number, y: number) => x >= 10 && x < 15 && y >= 5 && y < 9;
  const excluded = Uint8Array.from({ length: 960 }, (_, i) => (inMask(i % 40, Math.floor(i / 40)) ? 1 : 0));
  const g = measured((x, y) => (inMask(x, y) ? 200 : 20 + 0.3 * x + 0.4 * y), excluded);
  assert.equal(g.pixels, 960 - 20);
  near(g.meanKelvinPerPixel, 0.5);
});

test("a pixel between two excluded ones has no gradient along that axis", () => {
  const excluded = Uint8Array.from({ length: 960 }, (_, i) => ((i % 40) % 2 === 1 ? 1 : 0));
  near(measured((x, y) => 20 + 5 * x + 0.4 * y, excluded).meanKelvinPerPixel, 0.4);
});

test("an exclusion map without any exclusion changes nothing", () => {
  const scene: Scene = (x, y) => 20 + 3 * Math.sin(x / 3) * Math.cos(y / 4);
  const plain = measured(scene);
  const mapped = measured(scene, new Uint8Array(960));
  near(mapped.meanKelvinPerPixel, plain.meanKelvinPerPixel, 1e-12);
  near(mapped.stdKelvinPerPixel, plain.stdKelvinPerPixel, 1e-9);
  assert.deepEqual(mapped.sumXx, plain.sumXx);
  assert.deepEqual(mapped.sumXy, plain.sumXy);
  assert.deepEqual(mapped.sumYy, plain.sumYy);
});
