import assert from "node:assert/strict";
import { test } from "node:test";
import { PNG } from "pngjs";
import { type Colour, encodeIndexedPng } from "./indexed-png.ts";

test("a picture of palette indices is read back in its colours", () => {
  const palette: readonly Colour[] = [
    [0, 0, 0],
    [255, 128, 7],
    [1, 2, 3],
  ];
  const pixels = Uint8Array.of(0, 1, 2, 2, 1, 0);
  const { width, height, data } = PNG.sync.read(encodeIndexedPng({ width: 3, height: 2, pixels, palette }));
  assert.deepEqual([width, height], [3, 2]);
  const colours = Array.from(pixels, (_, i) => [...data.subarray(4 * i, 4 * i + 3)]);
  assert.deepEqual(
    colours,
    Array.from(pixels, (index) => [...palette[index]!]),
  );
});
