import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { configText } from "#cli/edge/config-text.ts";
import { systemClock } from "#cli/system-clock.ts";
import { writeCredentials } from "#edge/credentials-file.ts";
import { deviceEnvironment, deviceNodeFlags } from "#edge/node-flags.ts";
import { Hub } from "#hub/hub.ts";
import { deviceListSchema } from "#wire/hub-api.ts";
import { type ProcessFigures, processFigures } from "./process-figures.ts";

const root = resolve(import.meta.dirname, "..");
const deviceId = "soak";
/** Time between two looks at the processes. */
const sampleEveryMs = 5_000;
/** The processes must run, and the camera show its first picture, by then. */
const startMaxMs = 180_000;
/** Goodbyes take no longer. */
const endMaxMs = 10_000;

/** What both processes of a device took at one moment. */
export interface SoakSample {
  /** Minutes since the first picture. */
  readonly minutes: number;
  readonly alarm: ProcessFigures;
  readonly link: ProcessFigures;
  readonly framesPerSecond: number;
}

/**
 * Runs the device's package as it is installed, on an emulated Lepton and SCD41 that another process serves, with a hub
 * in this one, in real time. `onSample` is told each time it looked. Throws where one of the processes ends.
 */
export async function soak(
  minutes: number,
  onSample: (sample: SoakSample) => void,
): Promise<readonly SoakSample[]> {
  execFileSync(process.execPath, [join(root, "scripts/pack-edge.ts")], { cwd: root, stdio: "ignore" });
  const folder = await mkdtemp(join(tmpdir(), "emberwatch-soak-"));
  const run = new SoakRun(folder);
  try {
    return await run.watch(minutes, onSample);
  } finally {
    await run.end();
    await rm(folder, { recursive: true, force: true });
  }
}

class SoakRun {
  readonly #folder: string;
  readonly #children: ChildProcess[] = [];
  #hub: Hub | null = null;
  #failed: string | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async watch(minutes: number, onSample: (sample: SoakSample) => void): Promise<readonly SoakSample[]> {
    const httpUrl = await this.#startHub();
    const socket = join(this.#folder, "devices.sock");
    const emulate = ["src/cli/main.ts", "emulate", "--room", "occupied", "--socket", socket];
    await this.#start(emulate, { until: /are served at/, from: "stdout" });
    const config = join(this.#folder, "edge.yaml");
    const program = join(root, "dist-edge/package/dist/emberwatch.js");
    // As the installed program starts by its first line, and systemd starts it.
    const edge = [...deviceNodeFlags, program, "edge", "--config", config];
    const started = await this.#start(edge, { until: /link process (\d+) started/, from: "stderr" });
    const pids = { alarm: started.pid, link: Number(started.match[1]) };
    await this.#pictures(httpUrl);
    const startMs = performance.now();
    const samples: SoakSample[] = [];
    while (performance.now() - startMs < minutes * 60_000) {
      await sleep(sampleEveryMs);
      if (this.#failed !== null) throw new Error(this.#failed);
      const sample = {
        minutes: (performance.now() - startMs) / 60_000,
        alarm: processFigures(pids.alarm),
        link: processFigures(pids.link),
        framesPerSecond: await framesPerSecond(httpUrl),
      };
      samples.push(sample);
      onSample(sample);
    }
    return samples;
  }

  async end(): Promise<void> {
    this.#failed = "";
    for (const child of this.#children.reverse()) {
      const ended = new Promise((done) => child.once("exit", done));
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGTERM");
      const isLate = await Promise.race([ended.then(() => false), sleep(endMaxMs, true, { ref: false })]);
      if (isLate) child.kill("SIGKILL");
    }
    await this.#hub?.stop();
  }

  async #startHub(): Promise<string> {
    const hub = new Hub({
      clock: systemClock,
      dataFolder: join(this.#folder, "hub"),
      host: "127.0.0.1",
      port: 0,
      mqttPort: 0,
      dashboardFolder: null,
      softwareVersion: "bench",
      log: () => {},
    });
    this.#hub = hub;
    const { httpUrl, mqttUrl, credentialsFor } = await hub.start();
    await writeCredentials(join(this.#folder, "credentials.json"), credentialsFor(deviceId));
    const outputs = { "outputs.fireRelay": "emulated", "outputs.heartbeat": "emulated" };
    const values = { "device.id": deviceId, "hub.url": mqttUrl, "sensors.emulated": "devices.sock" };
    await writeFile(join(this.#folder, "edge.yaml"), configText({ ...values, ...outputs }));
    return httpUrl;
  }

  /** Starts a program of Node's and resolves when it has said a line like this. */
  #start(
    args: readonly string[],
    said: { readonly until: RegExp; readonly from: "stdout" | "stderr" },
  ): Promise<{ readonly pid: number; readonly match: RegExpExecArray }> {
    const env = { ...process.env, ...deviceEnvironment, NODE_COMPILE_CACHE: join(this.#folder, "compiled") };
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env });
    this.#children.push(child);
    const last: string[] = [];
    return new Promise((done, fail) => {
      child.once("exit", (code, signal) => {
        this.#failed ??= `${args.join(" ")} has ended (${signal ?? code}): ${last.slice(-3).join(" ")}`;
        fail(new Error(this.#failed));
      });
      for (const from of ["stdout", "stderr"] as const) {
        createInterface({ input: child[from] }).on("line", (line) => {
          last.push(line);
          const match = said.from === from ? said.until.exec(line) : null;
          if (match !== null) done({ pid: child.pid!, match });
          if (last.length > 20) last.shift();
        });
      }
    });
  }

  async #pictures(httpUrl: string): Promise<void> {
    const untilMs = performance.now() + startMaxMs;
    while ((await framesPerSecond(httpUrl)) === 0) {
      if (this.#failed !== null) throw new Error(this.#failed);
      if (performance.now() > untilMs) throw new Error("The device has shown no picture.");
      await sleep(500);
    }
  }
}

/** What the device says of its camera; 0 before its first word. */
async function framesPerSecond(httpUrl: string): Promise<number> {
  const answer = await fetch(`${httpUrl}/api/devices`);
  const { devices } = deviceListSchema.parse(await answer.json());
  return devices.find(({ id }) => id === deviceId)?.framesPerSecond ?? 0;
}
