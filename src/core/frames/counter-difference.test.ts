import assert from "node:assert/strict";
import { test } from "node:test";
import { counterDifference, uptimeSinceMs } from "./counter-difference.ts";

test("a counter of 32 bits that began anew has gone on, not back", () => {
  assert.equal(counterDifference({ before: 7, now: 9 }), 2);
  assert.equal(counterDifference({ before: 2 ** 32 - 2, now: 3 }), 5);
  assert.equal(counterDifference({ before: 9, now: 8 }), 2 ** 32 - 1);
});

test("time since a correction is right when the camera's milliseconds began anew in between", () => {
  assert.equal(uptimeSinceMs({ momentMs: 1_000, uptimeMs: 4_000 }), 3_000);
  assert.equal(uptimeSinceMs({ momentMs: 2 ** 32 - 1_000, uptimeMs: 4_000 }), 5_000);
  assert.equal(uptimeSinceMs({ momentMs: 5, uptimeMs: 2 ** 31 + 10 }), 2 ** 31 + 5);
});

test("a correction that is still to come was never", () => {
  assert.equal(uptimeSinceMs({ momentMs: 4_100, uptimeMs: 4_000 }), null);
});
