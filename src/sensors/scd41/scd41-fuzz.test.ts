import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzScd41, fuzzSensirionWords } from "#support/scd41-fuzz.ts";

test("of 10,000 damaged replies of any length a word is read only when its checksum is right", () => {
  const { read, refused } = fuzzSensirionWords({ seed: 20_250_102, damaged: 10_000 });
  assert.ok(read > 10_000 && refused > 10_000, "both happen");
});

test("the driver gets 2,000 damaged replies among whole ones: no crash, no hang, and no value with a wrong checksum", async () => {
  const { damaged, accepted } = await fuzzScd41({ seed: 20_250_101, damaged: 2_000 });
  assert.ok(damaged >= 2_000 && accepted > 0, `${damaged} damaged, ${accepted} accepted`);
});
