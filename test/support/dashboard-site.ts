import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
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

/** Builds the dashboard once and opens it in one browser, each time with a profile of its own. */
export class DashboardSites {
  #folder: string | null = null;
  #browser: Browser | null = null;

  /** Builds the page and starts the browser. */
  async start(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), "emberwatch-dashboard-"));
    await buildDashboard(this.#folder);
    this.#browser = await launchBrowser();
  }

  /** Ends the browser and removes what was built. */
  async stop(): Promise<void> {
    await this.#browser?.close();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Opens the page, runs, and closes everything, whatever came of it. */
  async open(options: SiteOptions, run: (site: DashboardSite) => Promise<void>): Promise<void> {
    assert.ok(this.#browser !== null && this.#folder !== null, "started before");
    const hub = new FixtureHub(this.#folder);
    hub.setDevice(fixtureView("kitchen", { name: "Kitchen", ...options.view }));
    options.prepare?.(hub);
    const url = await hub.start();
    const stream = new FixtureStream(hub);
    stream.start();
    const context = await this.#browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
      colorScheme: options.scheme ?? "light",
      reducedMotion: "reduce",
    });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      const complaints = listenForComplaints(page);
      await page.addInitScript({ content: countBeeps });
      await page.goto(`${url}${options.query ?? ""}`);
      await page.locator(".room h2").first().waitFor();
      await run({ hub, page, stream, complaints });
    } finally {
      stream.stop();
      await context.close();
      await hub.stop();
    }
  }
}

function listenForComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

/** Waits for something on our side, looking again whenever the event loop comes round. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, "this did not happen in time");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Runs in the page before its own scripts: counts the tones it starts. */
const countBeeps = `
  window.beeps = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.beeps += 1; return start.apply(this, when); };
`;
