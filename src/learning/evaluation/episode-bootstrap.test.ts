import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { bootstrapByEpisode, poissonUpperBound, shareUpperBound } from "./episode-bootstrap.ts";

test("rows of one episode count as one draw: the interval does not shrink when rows are repeated", () => {
  const values = Array.from({ length: 60 }, (_, i) => i % 7);
  const interval = (repeats: number): number => {
    const groups = Int32Array.from({ length: 60 * repeats }, (_, row) => row % 60);
    const mean = (weightOf: (row: number) => number): number => {
      let [sum, total] = [0, 0];
      for (let row = 0; row < groups.length; row += 1) {
        sum += weightOf(row) * values[row % 60]!;
        total += weightOf(row);
      }
      return sum / total;
    };
    const { low, high } = bootstrapByEpisode(mean, { groups, resamples: 400, random: new Random(1) });
    return high - low;
  };
  assert.ok(Math.abs(interval(1) - interval(10)) < 1e-9);
  // Standard error of the mean of 60 draws with deviation 2: 0.26; the interval is 3.92 of those.
  assert.ok(Math.abs(interval(1) - 3.92 * (2 / Math.sqrt(60))) < 0.15);
});

test("upper bounds are those of the tables", () => {
  // Garwood's exact one-sided 95 % bounds: 0 events 2.996, 1 event 4.744, 3 events 7.754, 10 events 16.962.
  for (const [events, bound] of [
    [0, 2.996],
    [1, 4.744],
    [3, 7.754],
    [10, 16.962],
  ] as const)
    assert.ok(Math.abs(poissonUpperBound(events, 1) / bound - 1) < 0.01, `${events} events`);
  assert.ok(Math.abs(shareUpperBound(0, 300) - 0.00994) < 1e-4);
  assert.ok(Math.abs(shareUpperBound(5, 5) - 1) < 1e-12);
  assert.equal(shareUpperBound(0, 0), 1);
});
