import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPixels } from "#support/drawn-frame.ts";
import { BadPixelReplacement } from "./bad-pixel-replacement.ts";

const size = { width: 16, height: 16 };

function at(x: number, y: number): number {
  return y * 16 + x;
}

function map(...pixels: readonly number[]): Uint8Array {
  const result = new Uint8Array(256);
  for (const pixel of pixels) result[pixel] = 1;
  return result;
}

function celsius(centikelvin: number | undefined): number {
  return (centikelvin! - 27_315) / 100;
}

test("a bad pixel takes the mean of its eight neighbours", () => {
  const replacement = new BadPixelReplacement({ ...size, masked: null });
  replacement.setMap(map(at(5, 5)));
  const pixels = drawPixels((x, y) => (x === 5 && y === 5 ? 99 : 20 + 0.1 * x + 0.2 * y), size);
  replacement.apply(pixels);
  assert.equal(celsius(pixels[at(5, 5)]), 21.5);
  assert.equal(replacement.excluded, null);
  assert.equal(replacement.ignored[at(5, 5)], 1);
});

test("only good, unmasked neighbours stand in", () => {
  const masked = map(at(4, 4), at(5, 4), at(6, 4));
  const replacement = new BadPixelReplacement({ ...size, masked });
  replacement.setMap(map(at(5, 5), at(6, 5)));
  const pixels = drawPixels((x, y) => (y === 4 ? 100 : y === 5 && (x === 5 || x === 6) ? 90 : 20), size);
  replacement.apply(pixels);
  assert.equal(celsius(pixels[at(5, 5)]), 20);
  // Its upper right neighbour is neither masked nor bad.
  assert.equal(celsius(pixels[at(6, 5)]), 36);
});

test("in the middle of a bad block the ring around it stands in; farther away nothing does", () => {
  const replacement = new BadPixelReplacement({ ...size, masked: null });
  const block = (radius: number) =>
    map(
      ...Array.from({ length: 256 }, (_, i) => i).filter(
        (i) => Math.max(Math.abs((i % 16) - 8), Math.abs((i >> 4) - 8)) <= radius,
      ),
    );
  replacement.setMap(block(2));
  const pixels = drawPixels((x, y) => (Math.max(Math.abs(x - 8), Math.abs(y - 8)) <= 2 ? 0 : 30), size);
  replacement.apply(pixels);
  assert.equal(celsius(pixels[at(8, 8)]), 30);
  replacement.setMap(block(3));
  assert.equal(replacement.excluded![at(8, 8)], 1);
  assert.equal(replacement.excluded![at(9, 8)], 0);
});

test("a mapped pixel beside two severe good ones counts for severe heat, beside one it does not", () => {
  const replacement = new BadPixelReplacement({ ...size, masked: null });
  replacement.setMap(map(at(5, 5)));
  const two = drawPixels((x, y) => (y === 4 && (x === 5 || x === 6) ? 150 : 20), size);
  replacement.apply(two);
  assert.equal(celsius(two[at(5, 5)]), 150);
  assert.equal(replacement.ignored[at(5, 5)], 0);
  const one = drawPixels((x, y) => (y === 4 && x === 5 ? 150 : 20), size);
  replacement.apply(one);
  assert.equal(celsius(one[at(5, 5)]), 36.25);
  assert.equal(replacement.ignored[at(5, 5)], 1);
});

test("bad severe neighbours do not vouch for each other", () => {
  const replacement = new BadPixelReplacement({ ...size, masked: null });
  replacement.setMap(map(at(5, 5), at(6, 5), at(7, 5)));
  replacement.apply(drawPixels((_, y) => (y === 5 ? 150 : 20), size));
  assert.deepEqual([...replacement.ignored.subarray(at(5, 5), at(8, 5))], [1, 1, 1]);
});

test("for the second, severe neighbours of the median picture decide", () => {
  const replacement = new BadPixelReplacement({ ...size, masked: null });
  replacement.setMap(map(at(0, 0)));
  const median = new Float32Array(256).fill(20);
  median[at(1, 0)] = 140;
  replacement.settle(median);
  assert.equal(replacement.ignored[0], 1);
  median[at(1, 1)] = 140;
  replacement.settle(median);
  assert.equal(replacement.ignored[0], 0);
});

test("a masked pixel stays ignored whatever the map says, and a new map forgets the old", () => {
  const replacement = new BadPixelReplacement({ ...size, masked: map(3) });
  replacement.setMap(map(3, 9));
  assert.deepEqual([replacement.ignored[3], replacement.ignored[9]], [1, 1]);
  replacement.setMap(map());
  assert.deepEqual([replacement.ignored[3], replacement.ignored[9]], [1, 0]);
  assert.equal(replacement.excluded![3], 1);
});
