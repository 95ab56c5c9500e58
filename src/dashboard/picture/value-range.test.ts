import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { autoRange, easeRange } from "./value-range.ts";

const pixels = (values: readonly number[]) => Uint16Array.from(values);

test("the automatic range ends at the hottest pixel and leaves out one cold bad pixel", () => {
  const picture = pixels([100, ...Array.from({ length: 198 }, (_, index) => 5_000 + 10 * index), 9_000]);
  assert.deepEqual(autoRange(picture, { spanMin: 100, below: null }), { low: 5_010, high: 9_000 });
});

test("an even picture keeps the least span around its value", () => {
  const range = autoRange(new Uint16Array(19_200).fill(29_500), { spanMin: 1_000, below: null });
  assert.deepEqual(range, { low: 29_000, high: 30_000 });
});

test("with a limit the range fits what is colder, however hot the rest is", () => {
  const picture = pixels([
    ...Array.from({ length: 900 }, (_, index) => 29_000 + index),
    ...new Array<number>(100).fill(60_000),
  ]);
  const range = autoRange(picture, { spanMin: 100, below: 33_315 });
  assert.ok(range.high > 29_800 && range.high < 29_900, `high is ${range.high}`);
});

test("any picture gives a range at least as wide as asked", () => {
  fc.assert(
    fc.property(
      fc.uint16Array({ maxLength: 300 }),
      fc.option(fc.integer({ min: 0, max: 65_535 })),
      (picture, below) => {
        const range = autoRange(picture, { spanMin: 200, below });
        assert.ok(range.high - range.low >= 200 - 1e-6);
      },
    ),
    { numRuns: 200 },
  );
});

test("a range opens at once and closes little by little", () => {
  const from = { low: 100, high: 200 };
  assert.deepEqual(easeRange({ from, to: { low: 50, high: 400 }, closing: 0.1 }), { low: 50, high: 400 });
  assert.deepEqual(easeRange({ from, to: { low: 150, high: 180 }, closing: 0.1 }), { low: 105, high: 198 });
  assert.deepEqual(easeRange({ from: null, to: from, closing: 0.1 }), from);
});
