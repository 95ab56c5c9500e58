import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { regionDefinition } from "./region-definition.ts";
import { RegionSurroundings } from "./region-surroundings.ts";

const size = { width: 14, height: 9 };
const whole = { left: 0, top: 0, right: size.width - 1, bottom: size.height - 1 };
const none = new Uint8Array(size.width * size.height);

function listOf(surroundings: RegionSurroundings, track: number): number[] {
  const from = track === 0 ? 0 : surroundings.ends[track - 1]!;
  return [...surroundings.pixels.slice(from, surroundings.ends[track])];
}

function margins(...values: readonly number[]): Uint8Array {
  const all = new Uint8Array(regionDefinition.tracksMax);
  all.set(values);
  return all;
}

function chessboard(a: number, b: number): number {
  const dx = (a % size.width) - (b % size.width);
  const dy = Math.floor(a / size.width) - Math.floor(b / size.width);
  return Math.max(Math.abs(dx), Math.abs(dy));
}

test("each pixel belongs to the nearest track within that track's margin, by definition", () => {
  const pixel = fc.integer({ min: 0, max: none.length - 1 });
  fc.assert(
    fc.property(pixel, pixel, fc.nat(5), fc.nat(5), (a, b, marginA, marginB) => {
      fc.pre(a !== b);
      const surroundings = new RegionSurroundings(size);
      surroundings.claim(0, { from: a, to: a + 1 });
      surroundings.claim(1, { from: b, to: b + 1 });
      surroundings.spread(whole, margins(marginA, marginB), none);
      for (let p = 0; p < none.length; p += 1) {
        const toA = chessboard(p, a);
        const toB = chessboard(p, b);
        assert.equal(
          listOf(surroundings, 0).includes(p),
          toA <= toB && toA <= marginA,
          `pixel ${p}, first track`,
        );
        assert.equal(
          listOf(surroundings, 1).includes(p),
          toB < toA && toB <= marginB,
          `pixel ${p}, second track`,
        );
      }
    }),
    { numRuns: 100, seed: 2 },
  );
});

test("a run's pixels are counted for the track they are nearest to, and for none beyond its margin", () => {
  const surroundings = new RegionSurroundings(size);
  surroundings.claim(3, { from: 2, to: 4 });
  surroundings.spread(whole, margins(0, 0, 0, 2), none);
  const counts = new Int32Array(32);
  surroundings.countOwners({ from: 0, to: size.width }, counts, 16);
  assert.deepEqual(
    [...counts.entries()].filter(([, n]) => n > 0),
    [[19, 6]],
  );
});

test("ignored pixels are left out of the lists, and a cleared table is empty", () => {
  const surroundings = new RegionSurroundings(size);
  const ignored = new Uint8Array(none.length);
  ignored[1] = 1;
  surroundings.claim(0, { from: 0, to: 1 });
  surroundings.spread({ left: -1, top: -1, right: 1, bottom: 1 }, margins(1), ignored);
  assert.deepEqual(listOf(surroundings, 0), [0, size.width, size.width + 1]);
  surroundings.clear();
  assert.deepEqual(listOf(surroundings, 0), []);
});
