import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RegionFields } from "#support/feature-seconds.ts";
import { type Scene, watch } from "#support/watched-rules.ts";

const region: fc.Arbitrary<RegionFields> = fc.record({
  trackId: fc.integer({ min: 0, max: 5 }),
  newSeverePixels: fc.integer({ min: 0, max: 8 }),
  commissionedCelsius: fc.constantFrom(20, 100, Number.NaN),
  x: fc.integer({ min: 0, max: 159 }),
  y: fc.integer({ min: 0, max: 119 }),
  r_area: fc.constantFrom(4, 20, 100, 200, Number.NaN),
  r_peak: fc.constantFrom(30, 90, 110, 125, 150, Number.NaN),
  r_area_vel: fc.constantFrom(0, 0.7, 5, Number.NaN),
  r_peak_vel: fc.constantFrom(0, 1, 10, Number.NaN),
  r_move: fc.constantFrom(0, 2, 30, Number.NaN),
  r_overlap: fc.constantFrom(0.1, 0.9, Number.NaN),
  r_flicker: fc.constantFrom(0, 0.2, Number.NaN),
  r_excess: fc.constantFrom(1_000, 100_000, Number.NaN),
});
const film = fc.array(fc.option(fc.array(region, { maxLength: 4 })), { maxLength: 50 });

test("CO2 never delays a thermal alarm, whatever it does", () => {
  const slope = fc.constantFrom(0, 4, 20, Number.NaN);
  fc.assert(
    fc.property(film, fc.array(slope, { minLength: 50, maxLength: 50 }), (scenes, slopes) => {
      const scene: Scene = (second) => scenes[second]!;
      const without = watch(scenes.length, scene);
      const withAir = watch(scenes.length, scene, (second) => ({
        co2Ppm: 800,
        co2SlopePpmPerSecond: slopes[second]!,
      }));
      for (const [second, one] of without.entries())
        assert.ok(withAir[second]!.alarm.length >= one.alarm.length);
    }),
    { numRuns: 200 },
  );
});

test("whatever comes in, evidence is well formed", () => {
  fc.assert(
    fc.property(film, (scenes) => {
      for (const one of watch(scenes.length, (second) => scenes[second]!)) {
        assert.ok(one.nearness >= 0 && one.nearness <= 1);
        assert.equal(one.nearness === 1, one.alarm.length > 0);
        for (const reason of [...one.alarm, ...one.prealarm]) {
          assert.ok(Number.isFinite(reason.value) && Number.isFinite(reason.limit));
          assert.ok(reason.text.length <= 500 && !reason.text.includes("NaN"), reason.text);
        }
      }
    }),
    { numRuns: 200 },
  );
});
