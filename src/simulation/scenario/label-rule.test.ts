import assert from "node:assert/strict";
import { test } from "node:test";
import type { FireTruth } from "../scene/scene-thing.ts";
import { labelOf, visiblePixelsMin } from "./label-rule.ts";

function labelled(truth: Partial<FireTruth>): string {
  return labelOf({ stage: "none", heatReleaseKilowatts: 0, flamePixels: 0, hotPixels: 0, ...truth });
}

test("what is no fire, not lit, or no hotter than in use is labelled none", () => {
  assert.equal(labelOf(null), "none");
  assert.equal(labelled({ stage: "none" }), "none");
  assert.equal(labelled({ stage: "warming" }), "none");
});

test("flames that show are flaming, other heat that shows is slow heat, and neither is hidden", () => {
  const burns = { stage: "flaming", heatReleaseKilowatts: 5 } as const;
  assert.equal(labelled({ ...burns, flamePixels: visiblePixelsMin, hotPixels: 9 }), "flaming");
  assert.equal(labelled({ ...burns, flamePixels: visiblePixelsMin - 1, hotPixels: 9 }), "slow-heat");
  assert.equal(labelled({ ...burns, flamePixels: 1, hotPixels: 1 }), "hidden");
  for (const stage of ["incipient", "smouldering"] as const) {
    assert.equal(labelled({ stage, hotPixels: visiblePixelsMin }), "slow-heat");
    assert.equal(labelled({ stage }), "hidden");
  }
});

test("embers that glow on after the flames are slow heat as long as they show, and then nothing", () => {
  assert.equal(labelled({ stage: "cooling", hotPixels: 130 }), "slow-heat");
  assert.equal(labelled({ stage: "cooling", hotPixels: visiblePixelsMin - 1 }), "none");
});
