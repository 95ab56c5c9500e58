import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  emptyFrameMoments,
  type FrameMoments,
  type FrameMomentsMeter,
  type FramePair,
  momentPixelsMax,
  referenceFrameMoments,
} from "#core/frames/frame-moments.ts";
import { Random } from "#core/random.ts";
import { FrameMomentsKernel } from "./frame-moments-kernel.ts";
import { loadKernel } from "./load-kernel.ts";

const module = loadKernel("frame-moments");

function measureBy(meter: FrameMomentsMeter, pair: FramePair): FrameMoments {
  const result = emptyFrameMoments();
  meter.measure(pair, result);
  return result;
}

test("the kernel gives the reference's numbers to the last bit, whatever the picture and its size", () => {
  const pixel = fc.oneof(fc.integer({ min: 0, max: 65_535 }), fc.constantFrom(0, 32_767, 32_768, 65_535));
  const pairs = fc.array(fc.tuple(pixel, pixel), { minLength: 1, maxLength: 300 }).map((pixels) => ({
    current: Uint16Array.from(pixels, ([now]) => now),
    previous: Uint16Array.from(pixels, ([, before]) => before),
  }));
  fc.assert(
    fc.property(pairs, (pair) => {
      const kernel = new FrameMomentsKernel(module, pair.current.length);
      assert.deepEqual(measureBy(kernel, pair), measureBy(referenceFrameMoments, pair));
    }),
    { seed: 7 },
  );
});

test("the largest picture at the hottest count overflows nothing", () => {
  const current = new Uint16Array(momentPixelsMax).fill(65_535);
  const previous = new Uint16Array(momentPixelsMax);
  const kernel = new FrameMomentsKernel(module, momentPixelsMax);
  const sum = momentPixelsMax * 65_535;
  const squareSum = sum * 65_535;
  assert.ok(Number.isSafeInteger(squareSum));
  const expected = { sum, squareSum, max: 65_535, differenceSum: sum, differenceSquareSum: squareSum };
  assert.deepEqual(measureBy(kernel, { current, previous }), expected);
  assert.deepEqual(measureBy(referenceFrameMoments, { current, previous }), expected);
});

test("one kernel measures picture after picture without remembering the last", () => {
  const random = new Random(3);
  const kernel = new FrameMomentsKernel(module, 160 * 120);
  for (let i = 0; i < 5; i += 1) {
    const draw = () => Uint16Array.from({ length: 160 * 120 }, () => random.integer(65_536));
    const pair = { current: draw(), previous: draw() };
    assert.deepEqual(measureBy(kernel, pair), measureBy(referenceFrameMoments, pair));
  }
});

test("a picture of another size is a programmer's error", () => {
  const kernel = new FrameMomentsKernel(module, 16);
  const pair = { current: new Uint16Array(8), previous: new Uint16Array(8) };
  assert.throws(() => measureBy(kernel, pair), /Programmer error/);
});
