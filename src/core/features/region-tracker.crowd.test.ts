import assert from "node:assert/strict";
import { test } from "node:test";
import { commissioned, type Paint, paintBox, RegionScene } from "#support/region-scene.ts";
import type { RegionObservation } from "./feature-second.ts";
import { regionDefinition } from "./region-definition.ts";
import { RegionTracker } from "./region-tracker.ts";

/** Six bodies that warm up from 34 °C, each larger than the thing of 2×2 pixels at 130 °C below them. */
const crowd: Paint = (picture, seconds) => {
  for (const left of [0, 6, 12, 18, 24, 30])
    paintBox(picture, { left, top: 0, right: left + 4, bottom: 20 }, 34 + seconds / 20);
};
const crowdAndFire: Paint = (picture, seconds) => {
  crowd(picture, seconds);
  paintBox(picture, { left: 20, top: 25, right: 21, bottom: 26 }, 130);
};

const isFire = (region: RegionObservation) => region.peakY === 25;

test("a crowd may keep a fire from being reported, but not from being tracked", () => {
  const scene = commissioned();
  scene.close(40, crowdAndFire);
  assert.equal(scene.last.reported.some(isFire), false);
  assert.equal(scene.last.tracked.filter(isFire).length, 1);
  assert.equal(scene.last.tracked.length, 7);
});

test("the reported regions come first among the tracked and are the same objects", () => {
  const scene = commissioned();
  scene.close(2, crowdAndFire);
  const { reported, tracked } = scene.last;
  assert.equal(reported.length, 4);
  assert.ok(reported.every((region, index) => tracked[index] === region));
  assert.equal(new Set(tracked.map((region) => region.trackId)).size, tracked.length);
});

test("no more than sixteen are tracked, and a region that is lost is not told", () => {
  const scene = commissioned();
  scene.close(2, (picture) => {
    for (let k = 0; k < 20; k += 1) {
      const left = 2 * (k % 10) * 2;
      paintBox(
        picture,
        { left, top: 4 * Math.floor(k / 10), right: left + 1, bottom: 4 * Math.floor(k / 10) },
        60,
      );
    }
  });
  assert.equal(scene.last.tracked.length, regionDefinition.tracksMax);
  scene.close(1, (picture) => paintBox(picture, { left: 0, top: 0, right: 1, bottom: 0 }, 60));
  assert.equal(scene.last.tracked.length, 1);
});

test("a tracker that goes on for another gives none of its numbers again", () => {
  const before = commissioned();
  before.close(1, crowd);
  assert.equal(before.tracker.nextTrackId, 7);
  const { width, height, ignored } = before;
  const snapshot = before.tracker.snapshot();
  const tracker = new RegionTracker({ width, height, ignored, background: snapshot, nextTrackId: 7 });
  const picture = new Float32Array(width * height).fill(22);
  crowd(picture, 0);
  const { tracked } = tracker.closeSecond({ atMicros: 1, medianCelsius: picture, maxCelsius: picture });
  assert.deepEqual(
    tracked.map((region) => region.trackId).sort((a, b) => a - b),
    [7, 8, 9, 10, 11, 12],
  );
  assert.equal(new RegionScene().tracker.nextTrackId, 1);
});
