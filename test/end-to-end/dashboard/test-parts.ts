import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type DashboardSites, until } from "#support/dashboard-site.ts";
import { fixtureRegions } from "#support/fixture-regions.ts";
import { UpProcess } from "#support/up-process.ts";
import { deviceListSchema } from "#wire/hub-api.ts";
import { zoneListSchema } from "#wire/zone-api.ts";

/** Registers the tests of the parts of a picture, and of what a hub and devices in a process of their own make of acts. */
export function testParts(sites: DashboardSites): void {
  test("parts are drawn and listed, and another one is drawn by pointer or by numbers, on a phone too", () => {
    const prepare = (hub: { readonly regions: Map<string, typeof fixtureRegions> }) =>
      void hub.regions.set("kitchen", fixtureRegions);
    return sites.open({ width: 360, prepare }, async ({ page, hub, complaints }) => {
      await page.locator(".part-tag", { hasText: "2 stove" }).waitFor();
      await page.getByRole("application", { name: /Thermal picture/ }).focus();
      // The first key goes to the middle.
      for (const key of ["ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft"]) await page.keyboard.press(key);
      const spoken = page.getByTestId("probe");
      await spoken
        .filter({ hasText: /^Column 61, row 61: .*, in mask window$/ })
        .waitFor({ state: "attached" });
      await page.getByText("Parts of the picture: 2 drawn, 1 proposed").click();
      await page.getByText("It blinds 12 % of the picture, 25 % of 2 (stove).").waitFor();
      await page.getByRole("button", { name: "Disable another part…" }).click();
      const dialog = page.getByRole("dialog", { name: "Disable a part of the picture: Kitchen" });
      const pen = (await dialog.getByTestId("pen").boundingBox())!;
      await page.mouse.move(pen.x + pen.width / 4, pen.y + pen.height / 4);
      await page.mouse.down();
      await page.mouse.move(pen.x + pen.width / 2, pen.y + pen.height / 2);
      await page.mouse.up();
      const last = dialog.getByLabel("Last column");
      assert.ok(Math.abs(Number(await last.inputValue()) - 81) <= 1, await last.inputValue());
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      for (const [label, text] of numbers) await dialog.getByLabel(label).fill(text);
      await dialog.getByLabel("Reason").press("Enter");
      await until(() => hub.commands.length === 1);
      assert.deepEqual(hub.commands[0]?.request, {
        command: "act",
        act: "disable",
        by: "Anna",
        reason: "Welding",
        minutes: 45,
        region: { name: "bench", outline: [at(10, 20), at(30, 20), at(30, 40), at(10, 40)] },
      });
      await page.getByRole("button", { name: "Hide here" }).click();
      await page.getByText("Parts of the picture: 2 drawn", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Show 1 hidden proposal" }).click();
      hub.setRegions("kitchen", { ...fixtureRegions, proposals: [] });
      await page.locator(".part-tag", { hasText: "3 proposed" }).waitFor({ state: "detached" });
      assert.deepEqual(complaints, []);
    });
  });
  describe("on a hub and devices in a process of their own", () => testOnUp(sites));
}

function testOnUp(sites: DashboardSites): void {
  const up = new UpProcess();
  let folder = "";
  let url = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "emberwatch-up-"));
    url = await up.start(folder);
  });
  after(async () => {
    await up.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("an engineer accepts a proposed hot zone with a ceiling of their own, and disables and enables it", () =>
    sites.openOn(url, async (page) => {
      const office = page.locator("#room-office");
      await office.getByText("Parts of the picture: 0 drawn, 1 proposed").click();
      await office.getByRole("button", { name: "Accept…" }).click();
      const accept = page.getByRole("dialog", { name: "Accept a hot zone: Office (simulated), proposal 1" });
      await accept.getByLabel("Your name, for the log").fill("Anna");
      await accept.getByLabel("Name of the hot zone").fill("kettle");
      assert.equal(await accept.getByLabel("Peak in °C").inputValue(), "96");
      await accept.getByLabel("Peak in °C").fill("90");
      await page.keyboard.press("Enter");
      await office.getByText(/Accepted by Anna on .*: heat up to 90 °C and 40 pixels/).waitFor();
      await page.locator(".event", { hasText: 'Hot zone "kettle" accepted by Anna' }).waitFor();
      const acts = office.getByRole("group", { name: "Acts for the part kettle" });
      await acts.getByRole("button", { name: "Disable…" }).click();
      const disable = page.getByRole("dialog", { name: "Disable: Office (simulated), kettle" });
      await disable.getByLabel("For how many minutes").fill("20");
      await disable.getByLabel("Reason").fill("Repair");
      await page.keyboard.press("Enter");
      await office.getByText("kettle: DISABLED, hot zone").waitFor();
      await office.getByText("It has kept nothing back so far.").waitFor();
      await page.locator(".event", { hasText: 'Disabled by Anna: the region "kettle"' }).waitFor();
      const { devices } = deviceListSchema.parse(await (await fetch(`${url}/api/devices`)).json());
      const [disabled] = devices.find(({ id }) => id === "office")?.state?.disabledRegions ?? [];
      assert.deepEqual([disabled?.name, disabled?.reason], ["kettle", "Repair"]);
      await acts.getByRole("button", { name: "Enable…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Enable" }).click();
      await office.getByRole("heading", { name: "kettle: hot zone" }).waitFor();
    }));

  test("a zone is tested for minutes and a reason, which is said when there is a pause, and the test is ended", () =>
    sites.openOn(url, async (page) => {
      const row = page.locator(".zone", { hasText: "Works" });
      await row.getByText("Detectors (2)").click();
      await row.getByRole("link", { name: "Office (simulated)" }).waitFor();
      await row.getByRole("button", { name: "Start test…" }).focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Start test: Works" });
      await dialog.getByLabel("Your name, for the log").fill("Anna");
      await dialog.getByLabel("For how many minutes").fill("15");
      await dialog.getByLabel("Reason").fill("Service");
      await page.keyboard.press("Enter");
      await row.getByText(/The test ends by itself .*, 14 min left\./).waitFor();
      const said = page.getByTestId("announce-troubles");
      await said
        .filter({ hasText: /Zone Works, TEST until .* by Anna: Service\./ })
        .waitFor({ state: "attached" });
      await row.getByRole("button", { name: "End test" }).click();
      await row.getByRole("button", { name: "Start test…" }).waitFor();
      const { zones } = zoneListSchema.parse(await (await fetch(`${url}/api/zones`)).json());
      assert.equal(zones[0]?.testUntilMicros, null);
      await page.locator(".event", { hasText: "Zone: test ended by Anna" }).waitFor();
    }));
}

function at(x: number, y: number) {
  return { x, y };
}

const numbers: readonly (readonly [label: string, text: string])[] = [
  ["Your name, for the log", "Anna"],
  ["First column", "11"],
  ["First row", "21"],
  ["Last column", "30"],
  ["Last row", "40"],
  ["Name of this part", "bench"],
  ["For how many minutes", "45"],
  ["Reason", "Welding"],
];
