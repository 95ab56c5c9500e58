import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { crc8 } from "./crc8.ts";

/** Words and their checksums: the maker's example, data sheets, and every example that was verified by calculation. */
const golden: readonly (readonly [word: number, crc: number])[] = [
  [0xbeef, 0x92],
  [0x0000, 0x81],
  [0x0001, 0xb0],
  [0x8000, 0xa2],
  [0xffff, 0xac],
  [0x01e0, 0xb4],
  [0x7fce, 0x7b],
  [0x07e6, 0x48],
  [0x0912, 0x63],
  [0x044c, 0x42],
  [0x079e, 0x09],
  [0xf896, 0x31],
  [0x9f07, 0xc2],
  [0x3bbe, 0x89],
  [0x004c, 0xc1],
  [0x009c, 0xc5],
  [0x05da, 0x29],
  [0x0258, 0x9f],
  [0x0500, 0xf6],
  [0x0300, 0xac],
  [0x2710, 0xb0],
  [0x07d0, 0x2b],
  [0x6666, 0x93],
  [0x6667, 0xa2],
  [0x5f16, 0x1a],
  [0x77f4, 0x52],
  [0x41d4, 0x3c],
  [0x5eb9, 0x3c],
  [0x0190, 0x4c],
  [0x03e8, 0xd4],
  [0x1388, 0x01],
  [0x9c40, 0x45],
  [0x03f5, 0xdb],
];

test("checksums are those of the data sheets", () => {
  for (const [word, crc] of golden) assert.equal(crc8(word), crc, `0x${word.toString(16)}`);
});

test("the two misprints of the SCD4x data sheet 1.5 are not followed", () => {
  // It prints 0x7B for 0x01F4 and 0xB6 for 0x03DB, against its own polynomial and all its other examples.
  assert.equal(crc8(0x01f4), 0x33);
  assert.equal(crc8(0x03db), 0x42);
});

test("every single wrong bit is noticed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 15 }), (word, bit) => {
      assert.notEqual(crc8(word), crc8(word ^ (1 << bit)));
    }),
  );
});
