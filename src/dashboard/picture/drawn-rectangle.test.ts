import assert from "node:assert/strict";
import { test } from "node:test";
import { rasterize } from "#core/regions/outline.ts";
import { outlineOfDrawn, rectangleBetween } from "./drawn-rectangle.ts";

const size = { width: 8, height: 6 };

test("a rectangle is drawn from any corner, and holds the pixels at both", () => {
  const drawn = { left: 3, top: 2, right: 6, bottom: 4 };
  assert.deepEqual(rectangleBetween({ x: 2, y: 1 }, { x: 5, y: 3 }), drawn);
  assert.deepEqual(rectangleBetween({ x: 5, y: 1 }, { x: 2, y: 3 }), drawn);
  const covered = rasterize(outlineOfDrawn(drawn), size);
  assert.equal(
    covered.reduce((sum, pixel) => sum + pixel, 0),
    4 * 3,
  );
  assert.deepEqual([covered[1 * 8 + 2], covered[3 * 8 + 5]], [1, 1]);
});

test("sides the wrong way round are the same rectangle, and one pixel is one", () => {
  const drawn = { left: 3, top: 2, right: 6, bottom: 4 };
  assert.deepEqual(outlineOfDrawn({ left: 6, top: 4, right: 3, bottom: 2 }), outlineOfDrawn(drawn));
  const one = rasterize(outlineOfDrawn({ left: 1, top: 1, right: 1, bottom: 1 }), size);
  assert.equal(one.indexOf(1), 0);
  assert.equal(one.lastIndexOf(1), 0);
});
