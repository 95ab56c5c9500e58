import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameFeatures } from "#core/features/frame-features.ts";
import { highestOfRows } from "#core/features/highest-of-rows.ts";
import { medianOfNine } from "#core/features/median-of-nine.ts";
import { Random } from "#core/random.ts";
import { loadFeatureKernel } from "./web-assembly-feature-kernel.ts";

const makeKernel = loadFeatureKernel();

/** Pictures like a camera's: a level, a slope, noise, and patches up to the ends of the 16 bits. */
function drawPictures(seed: number, size: { width: number; height: number }, count: number): Uint16Array[] {
  const random = new Random(seed);
  const noise = 10 ** random.between(0, 4.8);
  const patchShare = random.between(0, 0.2);
  let level = random.integer(65_536);
  const slope = random.between(-300, 300);
  return Array.from({ length: count }, () => {
    level += random.integer(50);
    const patch = random.integer(65_536);
    return Uint16Array.from({ length: size.width * size.height }, (_, i) => {
      const value = level + slope * (i % size.width) + noise * random.uniform();
      return random.uniform() < patchShare ? patch : Math.min(65_535, Math.max(0, value));
    });
  });
}

test("the kernel gives the reference's features to the last bit, whatever the pictures and their size", () => {
  const side = fc.integer({ min: 16, max: 70 });
  fc.assert(
    fc.property(fc.record({ width: side, height: side }), fc.integer(), (size, seed) => {
      const reference = new FrameFeatures(size);
      const kernel = new FrameFeatures(size, makeKernel(size));
      for (const picture of drawPictures(seed, size, 4)) {
        reference.measure(picture, "adjacent");
        kernel.measure(picture, "adjacent");
        assert.deepEqual(kernel.values, reference.values);
        assert.equal(kernel.saturatedPixels("high"), reference.saturatedPixels("high"));
      }
    }),
    { seed: 7, numRuns: 150 },
  );
});

test("features stay the reference's when pixels are excluded and counted again", () => {
  const size = { width: 160, height: 120 };
  const reference = new FrameFeatures(size);
  const kernel = new FrameFeatures(size, makeKernel(size));
  const excluded = new Uint8Array(160 * 120).fill(1, 3_000, 3_050);
  for (const [k, picture] of drawPictures(3, size, 9).entries()) {
    if (k === 3 || k === 6) {
      reference.setExcluded(k === 3 ? excluded : null);
      kernel.setExcluded(k === 3 ? excluded : null);
    }
    reference.measure(picture, "adjacent");
    kernel.measure(picture, "adjacent");
    assert.deepEqual(kernel.values, reference.values, `picture ${k}`);
  }
});

test("features stay the reference's beside any excluded pixels, whatever the pictures and their size", () => {
  const side = fc.integer({ min: 16, max: 70 });
  fc.assert(
    fc.property(fc.record({ width: side, height: side }), fc.integer(), (size, seed) => {
      const reference = new FrameFeatures(size);
      const kernel = new FrameFeatures(size, makeKernel(size));
      const random = new Random(seed);
      const share = random.uniform() ** 4;
      const left = random.integer(size.width);
      const excluded = Uint8Array.from({ length: size.width * size.height }, (_, i) =>
        random.uniform() < share || (i % size.width >= left && i > 100) ? 1 : 0,
      );
      reference.setExcluded(excluded);
      kernel.setExcluded(excluded);
      for (const picture of drawPictures(seed, size, 4)) {
        reference.measure(picture, "adjacent");
        kernel.measure(picture, "adjacent");
        assert.deepEqual(kernel.values, reference.values);
        assert.equal(kernel.saturatedPixels("high"), reference.saturatedPixels("high"));
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

test("medians and maxima of each pixel are the reference's", () => {
  const pixels = fc.integer({ min: 256, max: 700 });
  fc.assert(
    fc.property(pixels, fc.integer(), (width, seed) => {
      const size = { width, height: 16 };
      const kernel = makeKernel(size);
      const rows = drawPictures(seed, size, 9);
      const results = [new Uint16Array(width * 16), new Uint16Array(width * 16)] as const;
      kernel.medianOfNine(rows, results[0]);
      medianOfNine(rows, results[1]);
      assert.deepEqual(results[0], results[1]);
      for (const count of [1, 2, 7, 9]) {
        kernel.highestOfRows(rows.slice(0, count), results[0]);
        highestOfRows(rows.slice(0, count), results[1]);
        assert.deepEqual(results[0], results[1]);
      }
    }),
    { seed: 7, numRuns: 10 },
  );
});

test("a picture of another size is a programmer's error", () => {
  const kernel = makeKernel({ width: 32, height: 16 });
  assert.throws(() => kernel.take(new Uint16Array(16 * 16)), /Programmer error/);
});
