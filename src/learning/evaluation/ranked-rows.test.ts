import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RankedRows } from "./ranked-rows.ts";

function ranked(pairs: readonly (readonly [score: number, label: 0 | 1])[]): RankedRows {
  return new RankedRows({
    scores: Float64Array.from(pairs, ([score]) => score),
    labels: Uint8Array.from(pairs, ([, label]) => label),
    groups: Int32Array.from(pairs, (_, row) => row),
  });
}

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0 as const, 1 as const)), {
  minLength: 1,
  maxLength: 40,
});

test("the area is the share of pairs in the right order, ties counting half", () => {
  fc.assert(
    fc.property(pairs, (rows) => {
      const positives = rows.filter(([, label]) => label === 1);
      const negatives = rows.filter(([, label]) => label === 0);
      const area = ranked(rows).rocAuc();
      if (positives.length === 0 || negatives.length === 0) return assert.ok(Number.isNaN(area));
      let right = 0;
      for (const [high] of positives)
        for (const [low] of negatives) right += high > low ? 1 : high === low ? 0.5 : 0;
      assert.ok(Math.abs(area - right / (positives.length * negatives.length)) < 1e-12);
    }),
  );
});

test("a weight of two counts as the row written twice", () => {
  fc.assert(
    fc.property(pairs, (rows) => {
      const twice = ranked(rows.flatMap((row, i) => (i % 3 === 0 ? [row, row] : [row])));
      const weighted = ranked(rows);
      const weightOf = (row: number): number => (row % 3 === 0 ? 2 : 1);
      for (const measure of ["rocAuc", "averagePrecision"] as const) {
        const [one, other] = [weighted[measure](weightOf), twice[measure]()];
        assert.ok(Object.is(one, other) || Math.abs(one - other) < 1e-12, measure);
      }
    }),
  );
});

test("average precision of a known order is the textbook's", () => {
  // Positives at ranks 1, 3 and 4: (1/1 + 2/3 + 3/4) / 3.
  const rows = ranked([
    [0.9, 1],
    [0.8, 0],
    [0.7, 1],
    [0.6, 1],
    [0.1, 0],
  ]);
  assert.ok(Math.abs(rows.averagePrecision() - (1 + 2 / 3 + 3 / 4) / 3) < 1e-12);
});

test("the curve runs from nothing found to everything found, and never back", () => {
  const curve = ranked([
    [3, 1],
    [2, 0],
    [1, 1],
    [0, 0],
  ]).rocCurve(100);
  assert.deepEqual(curve, [
    { falseShare: 0, trueShare: 0 },
    { falseShare: 0, trueShare: 0.5 },
    { falseShare: 0.5, trueShare: 0.5 },
    { falseShare: 0.5, trueShare: 1 },
    { falseShare: 1, trueShare: 1 },
  ]);
});
