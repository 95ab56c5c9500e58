import assert from "node:assert/strict";
import { test } from "node:test";
import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { regionColumn, regionsPerRow } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { ruleScores } from "./rule-scores.ts";

/** Sixty seconds of one region at rest that appears at a second, of one temperature and size. */
function tableOf(region: { readonly from: number; readonly celsius: number }): DatasetTable {
  const rows = 60;
  const column = (value: (row: number) => number) =>
    Float32Array.from({ length: rows }, (_, row) => value(row));
  const numbers = new Map<string, Float32Array>(
    wholePictureFeatureNames.map((name) => [name, column(() => (name.startsWith("gas") ? Number.NaN : 20))]),
  );
  const resting: Readonly<Record<string, number>> = {
    r_area: 100,
    r_peak: region.celsius,
    r_area_vel: 0,
    r_peak_vel: 0,
    r_move: 0.2,
    r_overlap: 0.95,
    r_saturated: region.celsius >= 140 ? 1 : 0,
    track: 1,
  };
  for (let k = 0; k < regionsPerRow; k += 1)
    for (const name of [...regionFeatureNames, "track"])
      numbers.set(
        regionColumn(k, name),
        column((row) => (k === 0 && row + 1 >= region.from ? (resting[name] ?? Number.NaN) : Number.NaN)),
      );
  numbers.set(
    "second",
    column((row) => row + 1),
  );
  const groups = new Int32Array(rows);
  const words = new Map();
  const splits = new Uint8Array(rows);
  return { rows, labels: new Uint8Array(rows), groups, pairs: groups, splits, numbers, words };
}

test("a new region of 130 °C brings the rules to their alarm, and one that was there at the start does not", () => {
  const fresh = ruleScores(tableOf({ from: 30, celsius: 130 }));
  assert.ok(fresh[10]! < 0.1);
  assert.equal(fresh.at(-1), 1);
  const old = ruleScores(tableOf({ from: 1, celsius: 130 }));
  assert.ok(Math.max(...old) < 0.5);
});

test("severe heat is quicker than heat", () => {
  const severe = ruleScores(tableOf({ from: 30, celsius: 160 }));
  const hot = ruleScores(tableOf({ from: 30, celsius: 130 }));
  assert.equal(severe[36], 1);
  assert.ok(hot[36]! < 1);
});
