import assert from "node:assert/strict";
import { test } from "node:test";
import { type DashboardSites, until } from "#support/dashboard-site.ts";
import { burningState, lampStates } from "#support/fixture-room.ts";

/** Registers the tests of what people do on the page. */
export function testActs(sites: DashboardSites): void {
  testAlarmActs(sites);
  testRoomActs(sites);
  testRefusedActs(sites);
}

function testAlarmActs(sites: DashboardSites): void {
  test("an alarm is acknowledged with the person's name, which is asked once", () =>
    sites.open({ view: { state: burningState(1) } }, async ({ page, hub }) => {
      await page.locator(".banner").getByRole("button", { name: "Acknowledge" }).click();
      const dialog = page.getByRole("dialog", { name: "Acknowledge: Kitchen" });
      await dialog.getByRole("button", { name: "Acknowledge" }).click();
      assert.equal(hub.commands.length, 0, "nothing is sent without a name");
      await dialog.getByLabel("Your name, for the log").fill("Anna Weber");
      await page.keyboard.press("Enter");
      await page.locator(".act-notice", { hasText: "Done." }).waitFor();
      await page.locator(".banner").getByRole("button", { name: "Silence" }).click();
      await until(() => hub.commands.length === 2);
      assert.deepEqual(
        hub.commands.map(({ device, request }) => ({ device, ...request })),
        [
          {
            device: "kitchen",
            command: "act",
            act: "acknowledge",
            by: "Anna Weber",
            reason: "",
            minutes: null,
          },
          { device: "kitchen", command: "act", act: "silence", by: "Anna Weber", reason: "", minutes: null },
        ],
      );
    }));

  test("a reset has to be confirmed, and Escape sends nothing", () =>
    sites.open({ view: { state: burningState(1) } }, async ({ page, hub }) => {
      await page.getByLabel("Your name").fill("Anna");
      const reset = page.locator(".acts").getByRole("button", { name: "Reset" });
      await reset.click();
      const dialog = page.getByRole("dialog", { name: "Reset: Kitchen" });
      await dialog.waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      assert.equal(hub.commands.length, 0);
      await reset.click();
      await dialog.getByLabel("Reason").fill("Toast, nothing burns");
      await dialog.getByRole("button", { name: "Reset" }).click();
      await until(() => hub.commands.length === 1);
      assert.deepEqual(hub.commands[0]?.request, {
        command: "act",
        act: "reset",
        by: "Anna",
        reason: "Toast, nothing burns",
        minutes: null,
      });
    }));
}

function testRoomActs(sites: DashboardSites): void {
  test("a room is disabled for minutes and a reason, and enabled again, by keyboard alone", () =>
    sites.open({}, async ({ page, hub }) => {
      await page.getByRole("button", { name: "Disable" }).focus();
      await page.keyboard.press("Enter");
      await page.locator('.dialog input[name="by"]:focus').waitFor();
      await page.keyboard.type("Anna");
      await page.keyboard.press("Tab");
      await page.keyboard.type("45");
      await page.keyboard.press("Tab");
      await page.keyboard.type("Welding");
      await page.keyboard.press("Enter");
      await until(() => hub.commands.length === 1);
      assert.deepEqual(hub.commands[0]?.request, {
        command: "act",
        act: "disable",
        by: "Anna",
        reason: "Welding",
        minutes: 45,
      });
      hub.change("kitchen", { state: lampStates.disabled });
      await page.locator(".situation", { hasText: "By Anna: Welding" }).waitFor();
      await page.getByRole("button", { name: "Enable" }).click();
      await until(() => hub.commands.length === 2);
      assert.deepEqual(hub.commands[1]?.request, {
        command: "act",
        act: "enable",
        by: "Anna",
        reason: "",
        minutes: null,
      });
    }));

  test("a dialog has the focus before the next key can come", () =>
    sites.open({}, async ({ page }) => {
      assert.equal(await page.evaluate(focusAfterDisable), "by");
    }));

  test("an emulated room is lit and put out", () =>
    sites.open({ view: { capabilities: ["ignite", "extinguish"] } }, async ({ page, hub }) => {
      await page.getByRole("button", { name: "Start a small fire" }).click();
      await until(() => hub.commands.length === 1);
      await page.getByRole("button", { name: "Put it out" }).click();
      await until(() => hub.commands.length === 2);
      assert.deepEqual(
        hub.commands.map(({ request }) => request),
        [{ command: "ignite" }, { command: "extinguish" }],
      );
    }));
}

function testRefusedActs(sites: DashboardSites): void {
  test("a button that cannot be pressed says why and sends nothing", () =>
    sites.open({}, async ({ page, hub }) => {
      const button = page.getByRole("button", { name: "Acknowledge No alarm stands" });
      assert.equal(await button.getAttribute("aria-disabled"), "true");
      await button.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Start test" }).click();
      await page.getByRole("dialog", { name: "Start test: Kitchen" }).waitFor();
      assert.equal(hub.commands.length, 0);
    }));

  test("what a device refuses, and one that does not answer, is told in words", () =>
    sites.open({ view: { state: burningState(1) } }, async ({ page, hub }) => {
      await page.getByLabel("Your name").fill("Anna");
      hub.answer = () => ({
        kind: "answered",
        reply: { v: 1, ok: false, text: "The state could not be saved." },
      });
      await page.locator(".acts").getByRole("button", { name: "Silence" }).click();
      const notice = page.locator('.act-notice[data-kind="failed"]');
      await notice.filter({ hasText: "The state could not be saved." }).waitFor();
      hub.answer = () => ({ kind: "silent" });
      await page.locator(".acts").getByRole("button", { name: "Silence" }).click();
      await notice.filter({ hasText: "Kitchen did not answer" }).waitFor();
    }));
}

/** Runs in the page: presses Disable and says what has the focus when the work of that press is done. */
const focusAfterDisable = `(async () => {
  document.querySelector('.act-keys [data-act="disable"]').click();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  return document.activeElement?.getAttribute("name") ?? null;
})()`;
