import assert from "node:assert/strict";
import { test } from "node:test";
import { distributionChart } from "./description-charts.ts";
import { distributionOf } from "./feature-distributions.ts";
import type { DatasetTable } from "./open-dataset.ts";

/** A table of one feature, all rows labelled `none`. */
function tableOf(values: readonly number[]): DatasetTable {
  const rows = values.length;
  return {
    rows,
    labels: new Uint8Array(rows),
    groups: new Int32Array(rows),
    pairs: new Int32Array(rows),
    splits: new Uint8Array(rows),
    numbers: new Map([["feature", Float32Array.from(values)]]),
    words: new Map(),
  };
}

test("the range leaves out the farthest values, and says how many lie beyond", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i / 1000 + 0.0005);
  values[7] = 5000;
  values[8] = -5000;
  const found = distributionOf(tableOf(values), "feature")!;
  assert.ok(found.low > 0 && found.low < 0.02, `${found.low}`);
  assert.ok(found.high > 0.98 && found.high < 1, `${found.high}`);
  assert.ok(found.beyondShare > 0.005 && found.beyondShare <= 0.01, `${found.beyondShare}`);
  assert.match(distributionChart(found), /beyond 0\.\d+ %/);
  assert.ok(Math.abs(found.shares[0]!.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
});

test("whole numbers fall into bars of equally many of them, so that an even spread is level", () => {
  for (const numbers of [12, 55, 97]) {
    const values = Array.from({ length: numbers * 20 }, (_, i) => i % numbers);
    const { shares, low, high } = distributionOf(tableOf(values), "feature")!;
    assert.equal(low, 0);
    assert.ok(high >= numbers - 1);
    // The last bar may reach beyond the largest.
    const whole = shares[0]!.slice(0, -1);
    assert.ok(whole.length >= 10 && whole.length < 40);
    for (const share of whole)
      assert.ok(Math.abs(share - whole[1]!) < 1e-9, `${numbers}: ${whole.join(" ")}`);
  }
});

test("a feature that never varies and one that is never there are told apart", () => {
  assert.equal(distributionOf(tableOf([Number.NaN, Number.NaN]), "feature"), null);
  const still = distributionOf(tableOf([4.5, 4.5]), "feature")!;
  assert.deepEqual([still.low, still.beyondShare], [4.5, 0]);
  assert.equal(distributionOf(tableOf([3, 3]), "feature")!.shares[0]!.length, 1);
});
