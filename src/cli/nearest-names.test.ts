import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestNames } from "./nearest-names.ts";

const names = [
  "steam",
  "wastebasket",
  "quiet-room",
  "grease-pan",
  "gas-stove",
  "electric-stove",
  "kettle-boils",
];

test("a mistyped name finds the nearest, part of a name all that have it, and another word none", () => {
  assert.deepEqual(nearestNames("waste-baskett", names), ["wastebasket"]);
  assert.deepEqual(nearestNames("Quiet-Rom", names), ["quiet-room"]);
  assert.deepEqual(nearestNames("steem", names), ["steam"]);
  assert.deepEqual(nearestNames("stove", names), ["gas-stove", "electric-stove"]);
  for (const word of ["volcano", "", "x", "a".repeat(100_000)])
    assert.deepEqual(nearestNames(word, names), [], word);
});
