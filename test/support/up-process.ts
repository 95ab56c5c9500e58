import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { minutesPerWeek } from "#core/weekly-schedule.ts";
import type { SavedRegions } from "#wire/saved-device.ts";

const program = resolve(import.meta.dirname, "../../src/cli/main.ts");

/** `emberwatch up --demo` in a process of its own: a hub, a zone of both rooms, and the devices of "office" and "workshop". */
export class UpProcess {
  #process: ChildProcess | null = null;

  /** Starts it in a data folder, and says where its page is. The office has learnt of usual heat and proposes it. */
  async start(dataFolder: string): Promise<string> {
    await learnHeat(join(dataFolder, "devices", "office"));
    const zones = join(dataFolder, "zones.yaml");
    await writeFile(
      zones,
      "version: 1\nzones:\n  - { id: works, name: Works, devices: [office, workshop] }\n",
    );
    const options = ["--demo", "--no-model", "--port", "0", "--data", dataFolder, "--zones", zones];
    const child = spawn(process.execPath, [program, "up", ...options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Emberwatch is watching: (\S+)$/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error("emberwatch up ended before it watched");
  }

  /** Ends it as Ctrl-C does. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await ended;
  }
}

/** As if a corner of the picture had been hot in the same hour of several weeks. */
async function learnHeat(folder: string): Promise<void> {
  const nowMinutes = Math.floor(Date.now() / 60_000);
  const week = Math.floor((nowMinutes + 3 * 24 * 60) / minutesPerWeek);
  const cell = { hour: 11, week, weeks: 3, hotSeconds: 900, peakCelsius: 96, areaPixels: 40 };
  const regions: SavedRegions = {
    v: 1,
    device: "office",
    savedAtMicros: nowMinutes * 60e6,
    regions: [],
    learnedHeat: [0, 1].map((block) => ({ ...cell, block })),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "office.regions.json"), JSON.stringify(regions));
}
