import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameRate } from "./frame-rate.ts";

test("the rate counts unique pictures of the last five seconds", () => {
  const rate = new FrameRate();
  assert.equal(rate.at(0), 0);
  for (let n = 0; n < 90; n += 1) rate.add({ frameCounter: n >> 1, atMs: n * 100 });
  assert.equal(rate.at(8_950), 5);
  assert.equal(rate.at(20_000), 0);
});

test("a repeated picture is told apart from a new one", () => {
  const rate = new FrameRate();
  assert.equal(rate.add({ frameCounter: 1, atMs: 0 }), true);
  assert.equal(rate.add({ frameCounter: 1, atMs: 100 }), false);
  assert.equal(rate.add({ frameCounter: 2, atMs: 200 }), true);
});
