import assert from "node:assert/strict";
import { test } from "node:test";
import type { DashboardSites } from "#support/dashboard-site.ts";
import { burningState, fixtureModel, fixtureReading } from "#support/fixture-room.ts";

const hot = {
  ...fixtureReading,
  probability: 0.93,
  regions: [{ trackId: 1, flaming: 0.93, slowHeat: 0.2, location: { x: 12, y: 30 } }],
};
const reason = {
  code: "model-flaming",
  text: "The region at column 12, row 30 looks like flames to the model (93 %).",
  value: 0.93,
  limit: 0.5,
  unit: "1",
  location: { x: 12, y: 30 },
} as const;
const burning = burningState(1);
const state = {
  ...burning,
  incident: { ...burning.incident!, firstReasons: [reason], reasons: [reason] },
};

/** Registers the tests of what the page says about a room's model. */
export function testModel(sites: DashboardSites): void {
  test("says which model it is, its live number beside the nearness, and its reason for an alarm", () =>
    sites.open({ width: 360, view: { model: fixtureModel, state } }, async ({ page, stream, complaints }) => {
      stream.telemetry = { model: hot };
      await page.getByText("model 93 %").waitFor();
      const panel = page.getByRole("region", { name: "Model beside the rules" });
      assert.deepEqual(await panel.locator("dt, dd").allTextContents(), [
        ...["Model", "fires (0123456), unsigned"],
        ...["Trained on", "50,000 seconds of 900 episodes, version 0.1.0"],
        ...["Judges by", "Heat and CO2"],
        ...["Flames", "93 %"],
        ...["Slow heat", "20 %"],
      ]);
      assert.ok(await page.locator(".situation", { hasText: reason.text }).isVisible());
      stream.telemetry = {
        model: { ...fixtureReading, outcome: "failed", sensors: null, probability: null },
      };
      await page.getByText("model failed").waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(complaints, []);
    }));
}
