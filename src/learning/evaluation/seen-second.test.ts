import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { secondOf } from "#support/feature-seconds.ts";
import { seenBy, withSiteKnowledge } from "./seen-second.ts";

const second = secondOf({ second: 5, regions: [{ trackId: 1 }, { trackId: 2 }], air: { co2Ppm: 600 } });

test("without an air sensor neither the air nor the vector knows CO2", () => {
  const seen = seenBy(second, "thermal-only");
  assert.ok(Number.isNaN(seen.air.co2Ppm));
  wholePictureFeatureNames.forEach((name, k) => {
    assert.equal(Number.isNaN(seen.vector![k]!), name.startsWith("gas_"), name);
  });
  assert.equal(seen.regions.length, 2);
});

test("without a camera there is no picture, and the air stays", () => {
  const seen = seenBy(second, "air-only");
  assert.equal(seen.vector, null);
  assert.equal(seen.tracked.length, 0);
  assert.equal(seen.air.co2Ppm, 600);
});

test("only what is within what is accepted in a hot place is left out", () => {
  const places = new Map<number, 0 | 1 | 2>([
    [1, 1],
    [2, 2],
  ]);
  const seen = withSiteKnowledge(second, ({ trackId }) => places.get(trackId) ?? 0);
  assert.deepEqual(
    seen.tracked.map(({ trackId }) => trackId),
    [2],
  );
  assert.equal(seen.regions.length, 1);
});
