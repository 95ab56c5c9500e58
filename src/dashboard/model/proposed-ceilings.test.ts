import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureRegions } from "#support/fixture-regions.ts";
import { proposedCeilings } from "./proposed-ceilings.ts";

const size = { width: 160, height: 120 };
const proposal = fixtureRegions.proposals[0]!;

test("the ceilings begin at what was seen, in whole numbers", () => {
  assert.deepEqual(proposedCeilings(proposal, size), {
    peakCelsius: { proposed: 128, min: 60, max: 350 },
    areaPixels: { proposed: 213, min: 1, max: 32 * 48 },
  });
});

test("no ceiling begins above what any camera could show, or above the place itself", () => {
  const { peakCelsius, areaPixels } = proposedCeilings(
    { ...proposal, peakCelsius: 381, areaPixels: 9_000 },
    size,
  );
  assert.deepEqual([peakCelsius.proposed, areaPixels.proposed], [350, 32 * 48]);
});
