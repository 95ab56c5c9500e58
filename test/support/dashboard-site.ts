import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser, Page, Route } from "playwright-core";
import { buildDashboard } from "../../scripts/build-dashboard.ts";
import { launchBrowser } from "./browser.ts";
import { FixtureHub } from "./fixture-hub.ts";
import { fixtureView } from "./fixture-room.ts";
import { FixtureStream } from "./fixture-stream.ts";

/** A busy machine draws slowly; nothing depends on how fast it is. */
const patienceMs = 30_000;

/** What a page is opened on, and with. */
export interface SiteOptions {
  readonly view?: Parameters<typeof fixtureView>[1];
  readonly prepare?: (hub: FixtureHub) => void;
  readonly query?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

/** A page in a browser, on a hub with one room, "Kitchen", that sends pictures and telemetry. */
export interface DashboardSite {
  readonly hub: FixtureHub;
  readonly page: Page;
  readonly stream: FixtureStream;
  /** Errors of scripts, network and content security policy. */
  readonly complaints: readonly string[];
}

/**
 * Builds the dashboard once and shows it in one window of one browser: a window of its own for each test would cost
 * more than all that is done in it. Every test has a hub of its own. All of them listen on one port in turn,
 * because a browser starts a process for every new address; what the window has stored is forgotten in between.
 */
export class DashboardSites {
  #folder: string | null = null;
  #browser: Browser | null = null;
  #page: Page | null = null;
  #port = 0;
  #complaints: string[] = [];

  /** Builds the page and opens a window. */
  async start(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), "emberwatch-dashboard-"));
    await buildDashboard(this.#folder);
    this.#browser = await launchBrowser();
    const context = await this.#browser.newContext({
      reducedMotion: "reduce",
      // A page whose files a test answers with counts as come from outside, and has to be let in to a hub of this machine.
      permissions: ["local-network-access"],
    });
    this.#page = await context.newPage();
    this.#page.setDefaultTimeout(patienceMs);
    await this.#page.addInitScript({ content: countBeeps });
    this.#page.on("pageerror", (error) => this.#complaints.push(String(error)));
    this.#page.on("console", (message) => {
      if (message.type() === "error") this.#complaints.push(message.text());
    });
  }

  /** Ends the browser and removes what was built. */
  async stop(): Promise<void> {
    await this.#browser?.close();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Shows the page, runs, and leaves it, whatever came of it. */
  async open(options: SiteOptions, run: (site: DashboardSite) => Promise<void>): Promise<void> {
    const page = this.#page;
    assert.ok(page !== null && this.#folder !== null, "started before");
    const hub = new FixtureHub(this.#folder, { port: this.#port });
    hub.setDevice(fixtureView("kitchen", { name: "Kitchen", ...options.view }));
    options.prepare?.(hub);
    const url = await hub.start();
    this.#port = Number(new URL(url).port);
    const stream = new FixtureStream(hub);
    stream.start();
    const complaints: string[] = [];
    this.#complaints = complaints;
    try {
      await page.setViewportSize({ width: options.width ?? 1280, height: options.height ?? 900 });
      await page.emulateMedia({ colorScheme: options.scheme ?? "light" });
      await page.goto(`${url}${options.query ?? ""}`);
      await page.locator(".room h2").first().waitFor();
      await run({ hub, page, stream, complaints });
    } finally {
      stream.stop();
      await leavePage(page);
      await hub.stop();
    }
  }

  /** Shows the page on a hub of a process of its own, with the files of this build, and leaves it, whatever came of it. */
  async openOn(url: string, run: (page: Page) => Promise<void>): Promise<void> {
    const page = this.#page;
    const folder = this.#folder;
    assert.ok(page !== null && folder !== null, "started before");
    await page.route(`${url}/**`, (route) => serveBuilt(route, folder));
    try {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(url);
      await page.locator(".room h2").first().waitFor();
      await run(page);
    } finally {
      await leavePage(page);
      await page.unrouteAll();
    }
  }
}

/** Answers with a file of the built page; what the hub serves itself goes on to it. */
async function serveBuilt(route: Route, folder: string): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (pathname.startsWith("/api/")) await route.continue();
  else await route.fulfill({ path: join(folder, pathname === "/" ? "index.html" : pathname) });
}

/** Forgets what the page has stored and leaves it: by itself, since the browser's own way out would end its process. */
async function leavePage(page: Page): Promise<void> {
  await page.evaluate("localStorage.clear(); location.replace('about:blank')");
  await page.waitForURL("about:blank");
  await page.mouse.move(0, 0);
}

/** Waits for something on our side, looking again every few milliseconds, so that the browser has the processor. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, "this did not happen in time");
    await setTimeout(10);
  }
}

/**
 * A computed style of the first element that fits. The page's content security policy holds for tests too: they ask by
 * expressions, never by code made in the page.
 */
export function styleOf(
  page: Page,
  what: { readonly selector: string; readonly property: string },
): Promise<string> {
  const { selector, property } = what;
  return page.evaluate(
    `getComputedStyle(document.querySelector("${selector}")).getPropertyValue("${property}")`,
  );
}

/** Runs in the page before its own scripts: counts the tones it starts. */
const countBeeps = `
  window.beeps = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.beeps += 1; return start.apply(this, when); };
`;
