import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureRegions } from "#support/fixture-regions.ts";
import { blindedLines } from "./blinded-lines.ts";
import { pictureParts } from "./picture-part.ts";

const size = { width: 160, height: 120 };

test("a mask says what it blinds of the picture, and of the parts that it covers", () => {
  const parts = pictureParts(fixtureRegions, { disabled: [], hidden: [] });
  assert.deepEqual(blindedLines(parts[0]!, { parts, size }), [
    "It blinds 12 % of the picture, 25 % of 2 (stove).",
  ]);
  assert.deepEqual(blindedLines(parts[1]!, { parts, size }), []);
});
