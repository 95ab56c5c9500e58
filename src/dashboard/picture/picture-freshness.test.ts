import assert from "node:assert/strict";
import { test } from "node:test";
import { PictureFreshness } from "./picture-freshness.ts";

const frame = (seconds: number, frameCounter: number) => ({ capturedAtMicros: seconds * 1e6, frameCounter });

test("before the first picture there is no age", () => {
  assert.ok(Number.isNaN(new PictureFreshness().ageMs(1_000)));
});

test("the age counts from the arrival of the newest picture, whatever the device's clock says", () => {
  const freshness = new PictureFreshness();
  freshness.arrive(frame(5_000_000, 1), 100);
  assert.equal(freshness.ageMs(100), 0);
  assert.equal(freshness.ageMs(2_600), 2_500);
});

test("the same picture again is no sign of life", () => {
  const freshness = new PictureFreshness();
  assert.equal(freshness.arrive(frame(10, 1), 0), true);
  assert.equal(freshness.arrive(frame(10, 1), 5_000), false);
  assert.equal(freshness.ageMs(5_000), 5_000);
});

test("pictures held up on the way are as old as they are late", () => {
  const freshness = new PictureFreshness();
  freshness.arrive(frame(10, 1), 0);
  freshness.arrive(frame(11, 2), 4_000);
  assert.ok(Math.abs(freshness.ageMs(4_000) - 3_000) < 5);
});

test("a device whose clock was set back is fresh again", () => {
  const freshness = new PictureFreshness();
  freshness.arrive(frame(1_000, 1), 0);
  freshness.arrive(frame(10, 2), 100);
  assert.equal(freshness.ageMs(100), 0);
});

test("clocks that drift apart make no picture old, however long the page is open", () => {
  const freshness = new PictureFreshness();
  const driftPerSecond = 0.0004;
  for (let seconds = 0; seconds <= 24 * 3_600; seconds += 10)
    freshness.arrive(frame(seconds * (1 - driftPerSecond), seconds), seconds * 1_000);
  assert.equal(freshness.ageMs(24 * 3_600_000), 0);
});
