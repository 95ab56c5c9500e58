import assert from "node:assert/strict";
import { test } from "node:test";
import { durationText } from "./duration-text.ts";

const table = [
  [-5, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_600_000, "1 h"],
  [7_500_000, "2 h 5 min"],
  [3 * 86_400_000, "3 days"],
] as const;

for (const [milliseconds, text] of table)
  test(`${milliseconds} ms is "${text}"`, () => {
    assert.equal(durationText(milliseconds), text);
  });
