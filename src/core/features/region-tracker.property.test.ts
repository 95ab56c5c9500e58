import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { RegionScene, regionFeature } from "#support/region-scene.ts";
import { Random } from "../random.ts";
import { regionFeatureNames } from "./feature-schema.ts";
import type { RegionObservation } from "./feature-second.ts";

const frames = [0.07, 0.19, 0.3, 0.41, 0.53, 0.64, 0.76, 0.87, 0.98];

/** One second of a hostile room: hot blobs anywhere, noise, dead values, masks, gaps and FFC steps. */
const second = fc.record({
  blobs: fc.array(
    fc.record({
      x: fc.nat(39),
      y: fc.nat(29),
      radius: fc.nat(40),
      celsius: fc.oneof(fc.double({ min: -40, max: 383, noNaN: true }), fc.constant(Number.NaN)),
    }),
    { maxLength: 4 },
  ),
  noiseKelvin: fc.constantFrom(0, 0.02, 30),
  seed: fc.nat(),
  ignoredRow: fc.option(fc.nat(29)),
  skip: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(200) }),
  shiftKelvin: fc.option(fc.double({ min: -20, max: 20, noNaN: true })),
});
type Second = typeof second extends fc.Arbitrary<infer T> ? T : never;

function live(scene: RegionScene, now: Second): readonly RegionObservation[] {
  const random = new Random(now.seed);
  scene.skip(now.skip);
  if (now.shiftKelvin !== null) scene.tracker.shiftHistory(now.shiftKelvin);
  scene.ignored.fill(0);
  if (now.ignoredRow !== null) scene.ignored.fill(1, now.ignoredRow * 40, now.ignoredRow * 40 + 40);
  return scene.play(
    1,
    (picture) => {
      for (let p = 0; p < picture.length; p += 1) {
        for (const { x, y, radius, celsius } of now.blobs)
          if (Math.hypot((p % 40) - x, Math.floor(p / 40) - y) <= radius) picture[p] = celsius;
        picture[p] = picture[p]! + now.noiseKelvin * random.normal();
      }
    },
    frames,
  );
}

function check(regions: readonly RegionObservation[], scene: RegionScene): void {
  assert.ok(regions.length <= 16);
  assert.equal(new Set(regions.map((region) => region.trackId)).size, regions.length);
  let pixels = 0;
  for (const region of regions) {
    const value = (name: (typeof regionFeatureNames)[number]) => regionFeature(region, name);
    for (const name of regionFeatureNames)
      assert.ok(Number.isFinite(value(name)) || Number.isNaN(value(name)), `${name} is ${value(name)}`);
    for (const name of ["r_area", "r_age", "r_saturated", "r_aspect", "r_excess"] as const)
      assert.ok(value(name) >= 0, `${name} is ${value(name)}`);
    for (const name of ["r_move", "r_flicker", "r_area_flicker", "r_overlap"] as const)
      assert.ok(!(value(name) < 0), `${name} is ${value(name)}`);
    assert.ok(!(value("r_overlap") > 1) && value("r_saturated") <= 1);
    assert.ok(!(Math.abs(value("r_rise")) > value("r_move") + 1e-9));
    const { left, top, right, bottom } = region.box;
    assert.ok(left >= 0 && top >= 0 && right < 40 && bottom < 30);
    assert.ok(value("r_area") <= (right - left + 1) * (bottom - top + 1));
    assert.ok(region.newSeverePixels <= region.severePixels && region.severePixels <= value("r_area"));
    assert.ok(region.centroidX >= left && region.centroidX <= right);
    assert.ok(region.centroidY >= top && region.centroidY <= bottom);
    assert.equal(scene.ignored[region.peakY * 40 + region.peakX], 0);
    pixels += value("r_area");
  }
  assert.ok(pixels <= scene.ignored.filter((flag) => flag === 0).length);
}

test("whatever the room does, features are finite or absent, areas fit the picture and tracks are distinct", () => {
  fc.assert(
    fc.property(fc.array(second, { minLength: 1, maxLength: 25 }), (seconds) => {
      const scene = new RegionScene();
      scene.close(seconds.length % 12);
      for (const now of seconds) {
        const reported = live(scene, now);
        assert.deepEqual(scene.last.tracked.slice(0, Math.min(reported.length, 4)), reported);
        check(scene.last.tracked, scene);
      }
    }),
    { numRuns: 30, seed: 3 },
  );
});

test("a pixel of 88 °C that is not ignored is never background, whatever was learnt before", () => {
  fc.assert(
    fc.property(fc.array(second, { maxLength: 12 }), fc.nat(1199), (seconds, pixel) => {
      const scene = new RegionScene();
      for (const now of seconds) live(scene, now);
      scene.ignored.fill(0);
      const regions = scene.close(1, (picture) => picture.fill(88, pixel, pixel + 1));
      assert.ok(regions.length === 4 || regions.some((region) => regionFeature(region, "r_peak") >= 88));
    }),
    { numRuns: 30, seed: 4 },
  );
});

test("the same seconds give the same regions, to the last bit", () => {
  fc.assert(
    fc.property(fc.array(second, { minLength: 1, maxLength: 12 }), (seconds) => {
      const first = new RegionScene();
      const again = new RegionScene();
      for (const now of seconds) assert.deepEqual(live(first, now), live(again, now));
    }),
    { numRuns: 15, seed: 5 },
  );
});
