import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { needsBrowser } from "#support/browser.ts";
import { DashboardSites, styleOf } from "#support/dashboard-site.ts";
import { faintWords } from "#support/faint-words.ts";
import type { FixtureHub } from "#support/fixture-hub.ts";
import { fixtureRegions } from "#support/fixture-regions.ts";
import { burningState, fixtureEvent, fixtureView, lampStates } from "#support/fixture-room.ts";
import { fixtureZone, kitchenFire } from "#support/fixture-zone.ts";

describe("the looks of the dashboard in a browser", needsBrowser(), () => {
  const sites = new DashboardSites();

  before(() => sites.start());

  after(() => sites.stop());

  for (const state of ["quiet", "fire"] as const)
    test(`all of a wall screen is seen without scrolling (${state})`, () => {
      const prepare = (hub: FixtureHub) => {
        addEvents(hub);
        hub.setDevice(fixtureView("lab", { name: longName }));
      };
      const view = state === "fire" ? { name: longName, state: burningState(1) } : {};
      return sites.open({ query: "?wall", view, prepare, width: 1920, height: 1080 }, async ({ page }) => {
        await page.locator('.badge[data-badge="live"]').nth(1).waitFor();
        await page.locator(".event").nth(2).waitFor();
        assert.equal(await page.evaluate("document.documentElement.scrollHeight"), 1080);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 1920);
        const pictures = await page.locator(".picture-canvas").all();
        for (const picture of pictures) {
          const box = await picture.boundingBox();
          assert.ok(box !== null && box.height >= 200, `the picture is ${box?.height} pixels high`);
          assert.ok(Math.abs(box.width / box.height - 4 / 3) < 0.02, "the picture keeps its shape");
        }
        assert.equal(await page.locator(".situation").count(), 0, "the banner has the reasons");
      });
    });

  for (const width of [360, 1280])
    test(`a long name breaks and nothing stands over anything else at ${width} pixels`, () => {
      const view = { name: longName, state: burningState(1) };
      return sites.open({ width, view, prepare: addEvents }, async ({ page }) => {
        await page.locator('.badge[data-badge="live"]').waitFor();
        await page.locator(".event").nth(2).waitFor();
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
        assert.deepEqual(await page.evaluate(overlapsInEvents), []);
      });
    });

  test("the labels of the keys stay clear of their borders on a phone", () =>
    sites.open({ width: 360, view: { state: burningState(1) } }, async ({ page }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      assert.deepEqual(await page.evaluate(tightKeys), []);
    }));

  test("nothing sticks out on a phone 360 pixels wide", () =>
    sites.open({ width: 360, view: { state: lampStates["gas-hazard"] } }, async ({ page, hub }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      hub.change("kitchen", { state: burningState(1) });
      await page.getByRole("heading", { name: "FIRE: Kitchen" }).waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    }));

  for (const scheme of ["light", "dark"] as const)
    test(`words have a contrast of 4.5 or more in every state (${scheme})`, () =>
      sites.open({ scheme, prepare: addEvents }, async ({ page, hub }) => {
        await page.locator('.badge[data-badge="live"]').waitFor();
        for (const state of [initialAlarmState(), ...Object.values(lampStates), null]) {
          hub.change("kitchen", { state });
          await page.locator(`.banner[data-tone="${toneOf(state)}"]`).waitFor();
          assert.deepEqual(await page.evaluate(faintWords), []);
        }
      }));

  for (const scheme of ["light", "dark"] as const)
    for (const width of [360, 1280])
      test(`parts of the picture and zones are read and keep to their room (${scheme}, ${width} pixels)`, () => {
        const nowMicros = Date.now() * 1_000;
        const prepare = (hub: FixtureHub) => {
          hub.regions.set("kitchen", fixtureRegions);
          const by = { kind: "act", atMicros: nowMicros, by: "Ada", reason: "Service", minutes: 5 } as const;
          const zone = fixtureZone(nowMicros, [
            { ...by, act: "disable" },
            { ...by, act: "start-test" },
            kitchenFire(nowMicros),
          ]);
          hub.zones.set(zone.id, zone);
        };
        return sites.open({ scheme, width, prepare }, async ({ page }) => {
          await page.locator(".part-tag").first().waitFor();
          await page.getByText(/^Parts of the picture: 2 drawn/).click();
          await page.getByText("Detectors (2)").click();
          await page.locator(".part-row").nth(2).waitFor();
          assert.deepEqual(await page.evaluate(faintWords), []);
          assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
          for (const label of ["Accept…", "Disable another part…"]) {
            await page.getByRole("button", { name: label }).click();
            await page.getByRole("dialog").waitFor();
            assert.deepEqual(await page.evaluate(faintWords), []);
            assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
            await page.getByRole("button", { name: "Cancel" }).click();
            await page.getByRole("dialog").waitFor({ state: "detached" });
          }
        });
      });

  for (const scheme of ["light", "dark"] as const)
    test(`a dialog of the banner has the looks of all dialogs (${scheme})`, () =>
      sites.open({ scheme }, async ({ page, hub }) => {
        for (const state of [lampStates.fire, lampStates.prealarm]) {
          hub.change("kitchen", { state });
          await page.locator(`.banner[data-tone="${toneOf(state)}"]`).waitFor();
          await page.locator(".banner").getByRole("button", { name: "Acknowledge" }).click();
          await page.getByRole("dialog", { name: "Acknowledge: Kitchen" }).waitFor();
          assert.deepEqual(await page.evaluate(faintWords), []);
          const outline = await styleOf(page, { selector: ".dialog input", property: "outline-color" });
          const surface = await styleOf(page, { selector: ".dialog", property: "background-color" });
          assert.notEqual(outline, surface, "the focus can be seen");
          await page.getByRole("button", { name: "Cancel" }).click();
          await page.getByRole("dialog").waitFor({ state: "detached" });
        }
      }));

  function toneOf(state: object | null): string {
    if (state === null) return "unknown";
    return Object.entries(lampStates).find(([, candidate]) => candidate === state)?.[0] ?? "quiet";
  }
});

const longName = "2024-07-19_flir-lepton-3.5_burning_paper_bin_in_the_kitchen_of_the_third_floor.raw.y16.gz";

/** Runs in the page: words of the event list that stand over one another. */
const overlapsInEvents = `[...document.querySelectorAll(".event")].flatMap((event) => {
  const boxes = ["time", ".event-room", ".event-icon", ".event-words"].map((part) => {
    const element = event.querySelector(part);
    const range = document.createRange();
    range.selectNodeContents(element);
    const own = element.getBoundingClientRect();
    const { left, right, top, bottom } = part === ".event-icon" ? own : range.getBoundingClientRect();
    const hides = getComputedStyle(element).overflow === "hidden";
    return { part, box: { left, right, top, bottom: hides ? Math.min(bottom, own.bottom) : bottom } };
  });
  return boxes.flatMap((a, index) => boxes.slice(index + 1)
    .filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 1 && b.box.top < a.box.bottom - 1)
    .map((b) => a.part + " over " + b.part));
})`;

/** Runs in the page: keys whose words come nearer than 3 pixels to their border. */
const tightKeys = `[...document.querySelectorAll(".act-keys > .button, .banner-acts > .button")].filter((button) => {
  const range = document.createRange();
  range.selectNodeContents(button);
  const words = range.getBoundingClientRect();
  const box = button.getBoundingClientRect();
  return words.left - box.left < 4 || box.right - words.right < 4;
}).map((button) => button.textContent)`;

function addEvents(hub: FixtureHub): void {
  const acts = ["acknowledged", "disabled", "test-started"] as const;
  for (const [index, type] of acts.entries())
    hub.events.unshift(
      fixtureEvent("kitchen", {
        type,
        sequence: index + 1,
        atMicros: 1,
        by: "Anna",
        reason: "Why",
        incidentId: null,
      }),
    );
}
