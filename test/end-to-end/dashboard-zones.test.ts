import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { needsBrowser } from "#support/browser.ts";
import { DashboardSites, until } from "#support/dashboard-site.ts";
import { burningState } from "#support/fixture-room.ts";
import { fixtureZone, kitchenFire } from "#support/fixture-zone.ts";
import { testParts } from "./dashboard/test-parts.ts";

describe("zones and parts of the picture on the dashboard in a browser", needsBrowser(), () => {
  const sites = new DashboardSites();

  before(() => sites.start());

  after(() => sites.stop());

  describe("parts of the picture", () => testParts(sites));

  test("a zone that waits says for how long and what to do, aloud too, and is answered by keyboard", () => {
    const nowMicros = Date.now() * 1_000;
    const zone = fixtureZone(nowMicros, [kitchenFire(nowMicros)]);
    return sites.open(
      {
        view: { state: burningState(nowMicros) },
        width: 1280,
        height: 900,
        prepare: (hub) => hub.zones.set(zone.id, zone),
      },
      async ({ page, hub }) => {
        const row = page.locator(".zone", { hasText: "Ground floor" });
        await row.getByText(/Panel waits: 0:(1[0-5]|0\d) left, acknowledge, or press a call point/).waitFor();
        const spoken = page.getByTestId("announce-alarms");
        await spoken.getByText("Zone Ground floor: FIRE found: the panel waits; acknowledge").waitFor();
        const picture = process.env["EMBERWATCH_SCREENSHOT"];
        if (picture !== undefined) await page.screenshot({ path: picture });
        await row.getByRole("button", { name: "Call point…" }).focus();
        await page.keyboard.press("Enter");
        const dialog = page.getByRole("dialog", { name: "Call point: Ground floor" });
        await dialog.getByLabel("Your name, for the log").fill("Anna");
        await page.keyboard.press("Enter");
        await until(() => hub.callPoints.length === 1);
        assert.deepEqual(hub.callPoints, ["floor page, Anna"]);
        await row.getByRole("button", { name: "Acknowledge" }).click();
        await until(() => hub.zoneActs.length === 1);
        assert.deepEqual(hub.zoneActs[0]?.request.act, "acknowledge");
        const pressed = { kind: "call-point", atMicros: nowMicros, callPointId: "stairs" } as const;
        hub.tellZone(fixtureZone(nowMicros, [kitchenFire(nowMicros), pressed]));
        await row.getByText("FIRE: panel and evacuation are on").waitFor();
        assert.equal(await row.getByText("Panel waits").count(), 0);
      },
    );
  });

  test("a part of the picture that is disabled is shown, with what it keeps back", () => {
    const state = burningState(1, {
      level: "normal",
      sounding: false,
      incident: null,
      disabledRegions: [
        { name: "bench", outline: [], by: "Anna", reason: "Welding", atMicros: 1, expiresAtMicros: 4e15 },
      ],
      withheld: { level: "alarm", alarmSeconds: 9, prealarmSeconds: 9, quietSeconds: 0 },
    });
    return sites.open({ view: { state: withOutline(state) } }, async ({ page }) => {
      const card = page.locator("#room-kitchen");
      await card.getByText("Kept back: without this it would be FIRE now.").waitFor();
      await card.getByText('The part "bench" of the picture, by Anna: Welding').waitFor();
    });
  });
});

type State = ReturnType<typeof burningState>;

function withOutline(state: State): State {
  const outline = [
    { x: 0, y: 0 },
    { x: 8, y: 0 },
    { x: 8, y: 8 },
  ];
  return { ...state, disabledRegions: state.disabledRegions.map((region) => ({ ...region, outline })) };
}
