import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { Random } from "#core/random.ts";
import type { Cancel } from "#core/time.ts";
import { launchBrowser, needsBrowser } from "#support/browser.ts";
import { FixtureHub } from "#support/fixture-hub.ts";
import { fixtureCelsius, fixtureFrame } from "#support/fixture-picture.ts";
import {
  burningState,
  fixtureEvent,
  fixtureHistory,
  fixtureReason,
  fixtureTelemetry,
  fixtureView,
} from "#support/fixture-room.ts";
import { buildDashboard } from "../../scripts/build-dashboard.ts";

/** A busy machine draws slowly; nothing here depends on how fast it is. */
const patienceMs = 30_000;

describe("the dashboard in a browser", needsBrowser(), () => {
  let folder: string;
  let browser: Browser;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "emberwatch-dashboard-"));
    await buildDashboard(folder);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the page on a hub with one quiet room, "Kitchen", that sends pictures and telemetry. */
  async function open(options: OpenOptions = {}): Promise<Site> {
    const hub = new FixtureHub(folder);
    hub.setDevice(fixtureView("kitchen", { name: "Kitchen", ...options.view }));
    options.prepare?.(hub);
    const url = await hub.start();
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.scheme ?? "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.addInitScript({ content: countBeeps });
    const stream = new Stream(hub);
    stream.start();
    await page.goto(`${url}${options.query ?? ""}`);
    await page.locator(".room h2").first().waitFor();
    return {
      hub,
      page,
      stream,
      complaints,
      close: async () => {
        stream.stop();
        await context.close();
        await hub.stop();
      },
    };
  }

  async function withSite(options: OpenOptions, run: (site: Site) => Promise<void>): Promise<void> {
    const site = await open(options);
    try {
      await run(site);
    } finally {
      await site.close();
    }
  }

  test("a quiet room is shown live, with its temperatures, and without a complaint of the browser", () =>
    withSite({}, async ({ page, hub, complaints }) => {
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
    withSite({}, async ({ page, hub }) => {
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

  const lampStates = {
    fire: burningState(1),
    prealarm: { ...burningState(1), level: "prealarm" },
    "gas-hazard": { ...initialAlarmState(), gasHazard: [fixtureReason] },
    supervisory: { ...initialAlarmState(), supervisory: [fixtureReason] },
    trouble: {
      ...initialAlarmState(),
      troubles: [{ code: "air-silent", text: "The CO2 sensor is silent.", sinceMicros: 1 }],
    },
    disabled: { ...initialAlarmState(), disabled: condition() },
    test: { ...initialAlarmState(), test: condition() },
  } as const;

  test("every lamp lights by its own condition, in words", () =>
    withSite({}, async ({ page, hub }) => {
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
    withSite({}, async ({ page, hub }) => {
      hub.change("kitchen", { silentSinceMicros: hub.clock.nowMicros() });
      await page.getByRole("heading", { name: "Unknown: Kitchen" }).waitFor();
      assert.deepEqual(new Set(Object.values(await lampStatuses(page))), new Set(["unknown", "on"]));
      await page.locator('[data-lamp="trouble"][data-status="on"]').waitFor();
      hub.change("kitchen", { silentSinceMicros: null, state: null });
      await page.locator('[data-lamp="trouble"][data-status="unknown"]').waitFor();
      assert.deepEqual(new Set(Object.values(await lampStatuses(page))), new Set(["unknown"]));
    }));

  test("a picture that stops is greyed and says for how long", () =>
    withSite({}, async ({ page, stream }) => {
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
    withSite({ view: { radiometric: false } }, async ({ page, stream }) => {
      stream.unit = "raw-counts";
      stream.telemetry = { hottest: null };
      await page.locator(".badge", { hasText: "Not radiometric: no temperatures" }).waitFor();
      await page.locator('[data-mark="hottest"] .mark-text', { hasText: /^[\d,]+ counts$/ }).waitFor();
      assert.doesNotMatch((await page.locator(".picture").textContent()) ?? "", /°C/);
    }));

  test("a shutter calibration is told", () =>
    withSite({}, async ({ page, stream }) => {
      stream.ffcState = "in-progress";
      await page.locator('.badge[data-badge="ffc"]', { hasText: "Calibrating" }).waitFor();
    }));

  test("the temperature of any pixel is read by keys and by pointer", () =>
    withSite({}, async ({ page }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
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
    withSite({}, async ({ page }) => {
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

  test("an alarm is acknowledged with the person's name, which is asked once", () =>
    withSite({ view: { state: burningState(1) } }, async ({ page, hub }) => {
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
    withSite({ view: { state: burningState(1) } }, async ({ page, hub }) => {
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

  test("a room is disabled for minutes and a reason, and enabled again, by keyboard alone", () =>
    withSite({}, async ({ page, hub }) => {
      await page.getByRole("button", { name: "Disable" }).focus();
      await page.keyboard.press("Enter");
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

  test("a button that cannot be pressed says why and sends nothing", () =>
    withSite({}, async ({ page, hub }) => {
      const button = page.getByRole("button", { name: "Acknowledge No alarm stands" });
      assert.equal(await button.getAttribute("aria-disabled"), "true");
      await button.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Start test" }).click();
      await page.getByRole("dialog", { name: "Start test: Kitchen" }).waitFor();
      assert.equal(hub.commands.length, 0);
    }));

  test("what a device refuses, and one that does not answer, is told in words", () =>
    withSite({ view: { state: burningState(1) } }, async ({ page, hub }) => {
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

  test("an emulated room is lit and put out", () =>
    withSite({ view: { capabilities: ["ignite", "extinguish"] } }, async ({ page, hub }) => {
      await page.getByRole("button", { name: "Start a small fire" }).click();
      await until(() => hub.commands.length === 1);
      await page.getByRole("button", { name: "Put it out" }).click();
      await until(() => hub.commands.length === 2);
      assert.deepEqual(
        hub.commands.map(({ request }) => request),
        [{ command: "ignite" }, { command: "extinguish" }],
      );
    }));

  test("a lost connection is told big, alarms stay, and the page comes back by itself", () =>
    withSite({ view: { state: burningState(1) } }, async ({ page, hub, stream }) => {
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
    return withSite({ prepare }, async ({ page, hub }) => {
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
    return withSite({ prepare }, async ({ page, stream }) => {
      stream.telemetry = { co2Ppm: 1_234 };
      await page.locator('[role="img"][aria-label^="CO2: 1,234 ppm now, 56"]').waitFor();
      await page.locator(".chart-value", { hasText: "1,234 ppm" }).waitFor();
      assert.equal(await page.locator(".chart canvas").count(), 4);
    });
  });

  test("a wall page has no controls and does not hide the fire", () =>
    withSite({ query: "?wall", view: { state: burningState(1) }, width: 1920 }, async ({ page }) => {
      await page.getByRole("heading", { name: "FIRE: Kitchen" }).waitFor();
      assert.equal(await page.locator(".acts, .toolbar, .person, .banner-acts").count(), 0);
      assert.ok(Number.parseFloat(await styleOf(page, { selector: "h1", property: "font-size" })) >= 60);
    }));

  test("nothing sticks out on a phone 360 pixels wide", () =>
    withSite({ width: 360, view: { state: lampStates["gas-hazard"] } }, async ({ page, hub }) => {
      await page.locator('.badge[data-badge="live"]').waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      hub.change("kitchen", { state: burningState(1) });
      await page.getByRole("heading", { name: "FIRE: Kitchen" }).waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    }));

  for (const scheme of ["light", "dark"] as const)
    test(`words have a contrast of 4.5 or more in every state (${scheme})`, () =>
      withSite({ scheme, prepare: addEvents }, async ({ page, hub }) => {
        await page.locator('.badge[data-badge="live"]').waitFor();
        for (const state of [initialAlarmState(), ...Object.values(lampStates), null]) {
          hub.change("kitchen", { state });
          await page.locator(`.banner[data-tone="${toneOf(state)}"]`).waitFor();
          assert.deepEqual(await page.evaluate(faintWords), []);
        }
      }));

  function toneOf(state: object | null): string {
    if (state === null) return "unknown";
    return Object.entries(lampStates).find(([, candidate]) => candidate === state)?.[0] ?? "quiet";
  }
});

interface OpenOptions {
  readonly view?: Parameters<typeof fixtureView>[1];
  readonly prepare?: (hub: FixtureHub) => void;
  readonly query?: string;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

interface Site {
  readonly hub: FixtureHub;
  readonly page: Page;
  readonly stream: Stream;
  /** Errors of scripts, network and content security policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Sends pictures and telemetry of every room, as devices do. */
class Stream {
  pictures: "new" | "same" | "none" = "new";
  unit: "centikelvin" | "raw-counts" = "centikelvin";
  ffcState: "complete" | "in-progress" = "complete";
  telemetry: Parameters<typeof fixtureTelemetry>[1] = {};
  readonly #hub: FixtureHub;
  readonly #celsius = fixtureCelsius({
    seconds: 0,
    fireCelsius: null,
    person: "present",
    random: new Random(1),
  });
  #cancels: Cancel[] = [];
  #last = { capturedAtMicros: 0, frameCounter: 0 };

  constructor(hub: FixtureHub) {
    this.#hub = hub;
  }

  start(): void {
    const { clock } = this.#hub;
    this.#cancels = [clock.every(150, () => this.#picture()), clock.every(500, () => this.#second())];
  }

  stop(): void {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #picture(): void {
    if (this.pictures === "none") return;
    if (this.pictures === "new")
      this.#last = {
        capturedAtMicros: this.#hub.clock.nowMicros(),
        frameCounter: this.#last.frameCounter + 1,
      };
    const { unit, ffcState } = this;
    for (const id of this.#hub.devices.keys())
      this.#hub.tellFrame(id, fixtureFrame(this.#celsius, { ...this.#last, unit, ffcState }));
  }

  #second(): void {
    for (const id of this.#hub.devices.keys())
      this.#hub.tellTelemetry(id, fixtureTelemetry(this.#hub.clock.nowMicros(), this.telemetry));
  }
}

function condition() {
  return { by: "Anna", reason: "Welding", atMicros: 1, expiresAtMicros: 4e15 };
}

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

async function waitForTitle(page: Page, title: string): Promise<void> {
  await until(async () => (await page.title()) === title);
}

/** Waits for something on our side, looking again whenever the event loop comes round. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, "this did not happen in time");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function lampStatuses(page: Page): Promise<Record<string, string>> {
  return page.evaluate(
    `Object.fromEntries([...document.querySelectorAll(".lamp")].map((e) => [e.dataset.lamp, e.dataset.status]))`,
  );
}

/** The page's content security policy holds for tests too: they ask by expressions, never by code made in the page. */
function styleOf(
  page: Page,
  what: { readonly selector: string; readonly property: string },
): Promise<string> {
  const { selector, property } = what;
  return page.evaluate(
    `getComputedStyle(document.querySelector("${selector}")).getPropertyValue("${property}")`,
  );
}

function distinctColours(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector(".picture-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);
}

/** Runs in the page before its own scripts: counts the tones it starts. */
const countBeeps = `
  window.beeps = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.beeps += 1; return start.apply(this, when); };
`;

/** Runs in the page: words whose contrast with what is behind them (WCAG 2) is below 4.5; hatches by their worst stripe. */
const faintWords = `(() => {
  const parse = (text) => (text.match(/rgba?\\([^)]*\\)/g) ?? []).map((colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  });
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const luminance = ({ r, g, b }) => [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, share, index) => sum + share * [0.2126, 0.7152, 0.0722][index], 0);
  const grounds = (element) => {
    if (element === null) return parse(getComputedStyle(document.body).backgroundColor);
    const style = getComputedStyle(element);
    const stripes = parse(style.backgroundImage);
    if (stripes.length > 0) return stripes;
    const [own] = parse(style.backgroundColor);
    if (own === undefined || own.a === 0) return grounds(element.parentElement);
    return own.a === 1 ? [own] : grounds(element.parentElement).map((below) => over(own, below));
  };
  const faint = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    const element = words.currentNode.parentElement;
    if (text === "" || element.closest("script, noscript, .unseen, .skip") !== null || !element.checkVisibility({ visibilityProperty: true })) continue;
    const [ink] = parse(getComputedStyle(element).color);
    for (const ground of grounds(element)) {
      const [light, dark] = [luminance(over(ink, ground)), luminance(ground)].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < 4.5) faint.push(text + ": " + contrast.toFixed(2));
    }
  }
  return faint;
})()`;
