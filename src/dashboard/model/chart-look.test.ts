import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleLimits } from "./chart-look.ts";

test("a scale follows its data with some room around it", () => {
  assert.deepEqual(
    scaleLimits({ low: 100, high: 300 }, { spanMin: 10, fixed: null }).map(Math.round),
    [85, 315],
  );
});

test("noise does not fill a chart", () => {
  assert.deepEqual(
    scaleLimits({ low: 22, high: 22.1 }, { spanMin: 10, fixed: null }).map(Math.round),
    [17, 27],
  );
});

test("a fixed scale stays", () => {
  assert.deepEqual(scaleLimits({ low: 0, high: 9 }, { spanMin: 1, fixed: [0, 1] }), [0, 1]);
});
