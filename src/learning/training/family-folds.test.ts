import assert from "node:assert/strict";
import { test } from "node:test";
import { dealFamilies } from "./family-folds.ts";

test("rows of one family are in one fold, and every fold has fires to be judged by", () => {
  const keys = ["chair", "chair", "foam", "foam", "foam", "kettle", "people", "people", "pair 3"];
  const labels = [1, 0, 1, 1, 0, 0, 0, 0, 0];
  const folds = dealFamilies(keys, labels, 4)!;
  assert.equal(folds.count, 2);
  const of = (key: string) => new Set(keys.flatMap((one, row) => (one === key ? [folds.ofRow[row]!] : [])));
  for (const key of keys) assert.equal(of(key).size, 1, key);
  assert.notDeepEqual(of("chair"), of("foam"));
  assert.equal(new Set(folds.ofRow.slice(5)).size, 2, "what is no fire is in both folds");
});

test("one family of fires cannot be held out and learnt from at once", () => {
  assert.equal(dealFamilies(["chair", "kettle"], [1, 0], 4), null);
});
