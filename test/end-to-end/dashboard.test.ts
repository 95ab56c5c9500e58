import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { needsBrowser } from "#support/browser.ts";
import { DashboardSites, styleOf, until } from "#support/dashboard-site.ts";
import type { FixtureHub } from "#support/fixture-hub.ts";
import {
  burningState,
  fixtureEvent,
  fixtureHistory,
  fixtureReason,
  lampStates,
} from "#support/fixture-room.ts";
import { testActs } from "./dashboard/test-acts.ts";
import { testModel } from "./dashboard/test-model.ts";

describe("the dashboard in a browser", needsBrowser(), () => {
  const sites = new DashboardSites();

  before(() => sites.start());

  after(() => sites.stop());

  describe("acts", () => testActs(sites));
  describe("a room's model", () => testModel(sites));

  test("a quiet room is shown live, with its temperatures, and without a complaint of the browser", () =>
    sites.open({}, async ({ page, hub, complaints }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      await page.locator('[data-mark="hottest"] .mark-text', { hasText: "34.1 °C" }).waitFor();
      await page.getByRole("heading", { name: "All quiet" }).waitFor();
      await waitForTitle(page, "All quiet · Emberwatch");
      assert.ok(hub.watched.has("kitchen"), "the page asks for the pictures");
      assert.ok((await distinctColours(page)) > 20, "the canvas holds a picture");
      assert.deepEqual(await lampStatuses(page), {
        fire: "off",
        prealarm: "off",
        supervisory: "off",
        trouble: "off",
        disabled: "off",
        test: "off",
      });
      assert.deepEqual(complaints, []);
    }));

  test("a fire is announced, named in the tab, and heard once somebody has touched the page", () =>
    sites.open({}, async ({ page, hub }) => {
      await page.getByRole("heading", { name: "All quiet" }).waitFor();
      hub.change("kitchen", { state: burningState(hub.clock.nowMicros()) });
      await page.getByRole("heading", { name: "FIRE: Kitchen" }).waitFor();
      const announced = page.locator('[aria-live="assertive"]');
      await announced.filter({ hasText: fixtureReason.text }).waitFor({ state: "attached" });
      await waitForTitle(page, "FIRE: Kitchen · Emberwatch");
      assert.equal(await page.locator('link[rel="icon"]').getAttribute("href"), "favicon-fire.svg");
      await page.getByRole("button", { name: "Sound is off: click to enable" }).click();
      await page.getByRole("button", { name: "Sound is on" }).waitFor();
      await until(async () => Number(await page.evaluate("window.beeps")) > 0);
      hub.change("kitchen", { state: burningState(hub.clock.nowMicros(), { sounding: false }) });
      await page.locator('.sound[data-tone="none"]').waitFor();
    }));

  test("every lamp lights by its own condition, in words", () =>
    sites.open({}, async ({ page, hub }) => {
      for (const [name, state] of Object.entries(lampStates)) {
        hub.change("kitchen", { state });
        await page.locator(`[data-lamp="${name}"][data-status="on"]`, { hasText: "ON" }).waitFor();
        const on = Object.entries(await lampStatuses(page)).filter(([, status]) => status === "on");
        assert.deepEqual(on, [[name, "on"]]);
      }
      const polite = page.locator('[aria-live="polite"]');
      hub.change("kitchen", { state: lampStates.trouble });
      await polite
        .filter({ hasText: "Kitchen, TROUBLE: The CO2 sensor is silent." })
        .waitFor({ state: "attached" });
    }));

  test("a silent device and one that has said nothing yet are unknown, never off", () =>
    sites.open({}, async ({ page, hub }) => {
      hub.change("kitchen", { silentSinceMicros: hub.clock.nowMicros() });
      await page.getByRole("heading", { name: "Unknown: Kitchen" }).waitFor();
      assert.deepEqual(new Set(Object.values(await lampStatuses(page))), new Set(["unknown", "on"]));
      await page.locator('[data-lamp="trouble"][data-status="on"]').waitFor();
      hub.change("kitchen", { silentSinceMicros: null, state: null });
      await page.locator('[data-lamp="trouble"][data-status="unknown"]').waitFor();
      assert.deepEqual(new Set(Object.values(await lampStatuses(page))), new Set(["unknown"]));
    }));

  test("a picture that stops is greyed and says for how long", () =>
    sites.open({}, async ({ page, stream }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      stream.pictures = "none";
      await page.locator(".picture[data-stale]", { hasText: /No picture for \d+ s/ }).waitFor();
      assert.match(
        await styleOf(page, { selector: ".picture-canvas", property: "filter" }),
        /grayscale\(1\)/,
      );
      assert.equal(await page.locator('.badge[data-badge="live"]').count(), 0);
      assert.equal(await page.locator('[data-mark="hottest"]').count(), 0);
      stream.pictures = "same";
      await page.locator(".picture-gone", { hasText: /No picture for [5-9] s/ }).waitFor();
      stream.pictures = "new";
      await page.locator(".picture:not([data-stale])").waitFor();
    }));

  test("counts are shown as counts, and never as temperatures", () =>
    sites.open({ view: { radiometric: false } }, async ({ page, stream }) => {
      stream.unit = "raw-counts";
      stream.telemetry = { hottest: null };
      await page.locator(".badge", { hasText: "Not radiometric: no temperatures" }).waitFor();
      await page.locator('[data-mark="hottest"] .mark-text', { hasText: /^[\d,]+ counts$/ }).waitFor();
      assert.doesNotMatch((await page.locator(".picture").textContent()) ?? "", /°C/);
    }));

  test("a shutter calibration is told", () =>
    sites.open({}, async ({ page, stream }) => {
      stream.ffcState = "in-progress";
      await page.locator('.badge[data-badge="ffc"]', { hasText: "Calibrating" }).waitFor();
    }));

  test("the temperature of any pixel is read by keys and by pointer", () =>
    sites.open({}, async ({ page }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      // Before the device has told its own finding, Home goes to the hottest pixel of the picture.
      await page.locator('[data-mark="hottest"] .mark-text', { hasText: "34.1 °C" }).waitFor();
      const picture = page.getByRole("application", { name: /Thermal picture of Kitchen/ });
      await picture.focus();
      await page.keyboard.press("ArrowRight");
      const spoken = page.getByTestId("probe");
      await spoken.filter({ hasText: /^Column 81, row 61: \d+\.\d °C$/ }).waitFor({ state: "attached" });
      await page.keyboard.press("Shift+ArrowLeft");
      await spoken.filter({ hasText: "Column 71, row 61" }).waitFor({ state: "attached" });
      await page.keyboard.press("Home");
      await spoken.filter({ hasText: "Column 63, row 47" }).waitFor({ state: "attached" });
      await page.keyboard.press("Escape");
      await page.locator('[data-mark="probe"]').waitFor({ state: "detached" });
      await picture.click({ position: { x: 40, y: 60 } });
      await page.locator('[data-mark="probe"] .mark-text', { hasText: /°C/ }).waitFor();
    }));

  test("palette, scale and threshold are chosen by keyboard and outlive a reload", () =>
    sites.open({}, async ({ page }) => {
      await page.getByLabel("Grey, hot in colour").focus();
      await page.keyboard.press("ArrowRight");
      await page.getByLabel("Auto", { exact: true }).focus();
      await page.keyboard.press("ArrowRight");
      await page.getByLabel("Scale to in °C").fill("150");
      await page.getByLabel("Scale to in °C").press("Enter");
      await page.locator(".legend-end", { hasText: "150 °C" }).waitFor();
      await page.reload();
      await page.locator(".legend-end", { hasText: "150 °C" }).waitFor();
      assert.ok(await page.getByLabel("Iron").isChecked());
    }));

  test("a lost connection is told big, alarms stay, and the page comes back by itself", () =>
    sites.open({ view: { state: burningState(1) } }, async ({ page, hub, stream }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      stream.stop();
      await hub.stop();
      await page
        .locator(".connection-lost", { hasText: /No connection to the hub since \d\d:\d\d:\d\d/ })
        .waitFor();
      await page.getByRole("heading", { name: "FIRE: Kitchen" }).waitFor();
      await page.locator('[data-lamp="fire"]', { hasText: "ON, last heard" }).waitFor();
      await page.locator('[data-lamp="test"][data-status="unknown"]').waitFor();
      await page.locator(".picture[data-stale]").waitFor();
      await page.locator(".acts").getByRole("button", { name: "Reset No connection to the hub" }).waitFor();
      await hub.start();
      stream.start();
      await page.locator(".connection-lost").waitFor({ state: "detached" });
      await page.locator(".picture:not([data-stale])").waitFor();
      await page.locator('[data-lamp="fire"]', { hasText: /ON$/ }).waitFor();
    }));

  test("events stand newest first, come live, and older ones are fetched", () => {
    const prepare = (hub: FixtureHub) => {
      for (let sequence = 1; sequence <= 30; sequence += 1)
        hub.events.unshift(
          fixtureEvent("kitchen", {
            type: "resounded",
            sequence,
            atMicros: sequence * 60e6,
            incidentId: "i",
          }),
        );
    };
    return sites.open({ prepare }, async ({ page, hub }) => {
      await page.locator(".event").nth(19).waitFor();
      assert.equal(await page.locator(".event").count(), 20);
      await page.getByRole("button", { name: "Older events" }).click();
      await page.locator(".event").nth(29).waitFor();
      await page.getByRole("button", { name: "Older events" }).waitFor({ state: "detached" });
      hub.tellEvent(
        fixtureEvent("kitchen", {
          type: "level",
          sequence: 31,
          atMicros: hub.clock.nowMicros(),
          level: "alarm",
          incidentId: "i",
          reasons: [fixtureReason],
          test: false,
        }),
      );
      const first = page.locator(".event").first();
      await first.filter({ hasText: fixtureReason.text }).waitFor();
      assert.match((await first.textContent()) ?? "", /FIRE/);
    });
  });

  test("charts begin with the hub's history and go on with what comes", () => {
    const prepare = (hub: FixtureHub) => {
      hub.history.set("kitchen", fixtureHistory(hub.clock.nowMicros(), 5));
    };
    return sites.open({ prepare }, async ({ page, stream }) => {
      stream.telemetry = { co2Ppm: 1_234 };
      await page.locator('[role="img"][aria-label^="CO2: 1,234 ppm now, 56"]').waitFor();
      await page.locator(".chart-value", { hasText: "1,234 ppm" }).waitFor();
      assert.equal(await page.locator(".chart canvas").count(), 4);
    });
  });

  test("a wall page has no controls and does not hide the fire", () =>
    sites.open({ query: "?wall", view: { state: burningState(1) }, width: 1920 }, async ({ page }) => {
      await page.getByRole("heading", { name: "FIRE: Kitchen" }).waitFor();
      assert.equal(await page.locator(".acts, .toolbar, .person, .banner-acts").count(), 0);
      assert.ok(Number.parseFloat(await styleOf(page, { selector: "h1", property: "font-size" })) >= 60);
    }));

  test("a room without pictures is said to be watched by its air only", () =>
    sites.open({ view: { newestFrameAgeSeconds: null, radiometric: null } }, async ({ page, stream }) => {
      stream.pictures = "none";
      await page.getByRole("heading", { name: "Nothing found in the air" }).waitFor();
      await page.reload();
      await page.locator(".picture-gone", { hasText: "Air only: not watched by heat" }).waitFor();
    }));

  test("a recording that was over before the page was opened says so", () =>
    sites.open({ view: { source: "replay", ended: true } }, async ({ page, stream }) => {
      stream.pictures = "none";
      await page.reload();
      await page.locator(".picture-gone", { hasText: /came before this page was opened/ }).waitFor();
    }));

  test("heat beyond the camera's range is told as at least that hot", () =>
    sites.open({}, async ({ page, stream }) => {
      stream.telemetry = { hottest: { x: 62, y: 46, celsius: 181.4 } };
      await page.locator('[data-mark="hottest"] .mark-text', { hasText: "≥ 140 °C" }).waitFor();
      await page.locator(".chart-value", { hasText: "≥ 140 °C" }).waitFor();
      assert.doesNotMatch((await page.locator(".room").textContent()) ?? "", /181/);
    }));

  test("the legend tells what is white between the greys and the colours", () =>
    sites.open({}, async ({ page }) => {
      await page.locator(".legend-band", { hasText: /^\d+ to 60 °C$/ }).waitFor();
    }));
});

async function waitForTitle(page: Page, title: string): Promise<void> {
  await until(async () => (await page.title()) === title);
}

function lampStatuses(page: Page): Promise<Record<string, string>> {
  return page.evaluate(
    `Object.fromEntries([...document.querySelectorAll(".lamp")].map((e) => [e.dataset.lamp, e.dataset.status]))`,
  );
}

function distinctColours(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector(".picture-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);
}
