import assert from "node:assert/strict";
import { test } from "node:test";
import { reconnectDelayMs } from "./reconnect-delay.ts";

test("waits double from half a second and never pass 15 s", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 50].map((failures) => reconnectDelayMs(failures, 1)),
    [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000],
  );
});

test("chance shortens a wait by at most a quarter", () => {
  assert.equal(reconnectDelayMs(5, 0), 11_250);
});
