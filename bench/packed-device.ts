import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
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

const root = resolve(import.meta.dirname, "..");
/** The processes must run, and the hub have the first judged second, by then. */
const startMaxMs = 180_000;
/** Goodbyes take no longer. */
const endMaxMs = 10_000;
/** Between two looks whether the hub has heard of a device. */
const lookEveryMs = 20;

/** A device at work. Times are milliseconds from the start of its process. */
export interface StartedDevice {
  readonly id: string;
  readonly pids: { readonly alarm: number; readonly link: number };
  /** Until it said that it decides, which is when systemd is told READY=1. */
  readonly readyMs: number;
  /** Until the hub had a second in which a picture was judged. */
  readonly judgedMs: number;
  /** Pictures a second, as the device says at the hub. */
  framesPerSecond(): Promise<number>;
  stop(): Promise<void>;
}

interface Said {
  readonly atMs: number;
  readonly match: RegExpExecArray;
}

interface Started {
  readonly child: ChildProcess;
  readonly startMs: number;
  said(line: RegExp): Promise<Said>;
}

/**
 * Where the device's package is started as it is installed: an emulated Lepton and SCD41 that another process serves, and
 * a hub in this one, in real time.
 */
export class PackedDevice {
  readonly #folder: string;
  readonly #children: ChildProcess[] = [];
  #hub: { readonly hub: Hub; readonly urls: Awaited<ReturnType<Hub["start"]>> } | null = null;
  #failed: string | null = null;
  #starts = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Packs the device and starts what is around it; to be closed. */
  static async open(): Promise<PackedDevice> {
    execFileSync(process.execPath, [join(root, "scripts/pack-edge.ts")], { cwd: root, stdio: "ignore" });
    const around = new PackedDevice(await mkdtemp(join(tmpdir(), "emberwatch-device-")));
    try {
      await around.#startAround();
      return around;
    } catch (error) {
      await around.close();
      throw error;
    }
  }

  /** Throws where one of the processes has ended by itself. */
  check(): void {
    if (this.#failed !== null) throw new Error(this.#failed);
  }

  /** Starts a device of its own id and data. The first one finds nothing compiled, as after the installation. */
  async start(): Promise<StartedDevice> {
    this.#starts += 1;
    const id = `bench-${this.#starts}`;
    const config = await this.#writeConfig(id);
    const program = join(root, "dist-edge/package/dist/emberwatch.js");
    // As the installed program starts by its first line, and systemd starts it.
    const started = this.#run([...deviceNodeFlags, program, "edge", "--config", config]);
    const [link, ready] = await Promise.all([
      started.said(/link process (\d+) started/),
      started.said(/^Emberwatch decides for/),
    ]);
    const framesPerSecond = (): Promise<number> => this.#framesPerSecond(id);
    while ((await framesPerSecond()) === 0) {
      this.check();
      if (performance.now() - started.startMs > startMaxMs) throw new Error("The device has judged nothing.");
      await sleep(lookEveryMs);
    }
    return {
      id,
      pids: { alarm: started.child.pid!, link: Number(link.match[1]) },
      readyMs: ready.atMs - started.startMs,
      judgedMs: performance.now() - started.startMs,
      framesPerSecond,
      stop: () => this.#end(started.child),
    };
  }

  /** Ends everything and removes what it wrote. */
  async close(): Promise<void> {
    for (const child of this.#children.toReversed()) await this.#end(child);
    await this.#hub?.hub.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #startAround(): Promise<void> {
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
    this.#hub = { hub, urls: await hub.start() };
    const emulate = ["src/cli/main.ts", "emulate", "--room", "occupied", "--socket", this.#socket];
    await this.#run(emulate).said(/are served at/);
  }

  get #socket(): string {
    return join(this.#folder, "devices.sock");
  }

  async #writeConfig(id: string): Promise<string> {
    const { mqttUrl, credentialsFor } = this.#hub!.urls;
    const folder = join(this.#folder, id);
    await mkdir(folder);
    await writeCredentials(join(folder, "credentials.json"), credentialsFor(id));
    const outputs = { "outputs.fireRelay": "emulated", "outputs.heartbeat": "emulated" };
    const values = { "device.id": id, "hub.url": mqttUrl, "sensors.emulated": this.#socket };
    const path = join(folder, "edge.yaml");
    await writeFile(path, configText({ ...values, ...outputs }));
    return path;
  }

  async #framesPerSecond(id: string): Promise<number> {
    const answer = await fetch(`${this.#hub!.urls.httpUrl}/api/devices`);
    const { devices } = deviceListSchema.parse(await answer.json());
    return devices.find((device) => device.id === id)?.framesPerSecond ?? 0;
  }

  /** Starts a program of Node's. */
  #run(args: readonly string[]): Started {
    const env = { ...process.env, ...deviceEnvironment, NODE_COMPILE_CACHE: join(this.#folder, "compiled") };
    const startMs = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env });
    this.#children.push(child);
    const last: string[] = [];
    const waiting = new Set<(line: string) => void>();
    const failed = new Promise<never>((_, fail) => {
      child.once("exit", (code, signal) => {
        const how = `${args.join(" ")} has ended (${signal ?? code}): ${last.slice(-3).join(" ")}`;
        if (child.killed) return;
        this.#failed ??= how;
        fail(new Error(how));
      });
    });
    failed.catch(() => {});
    for (const from of [child.stdout, child.stderr])
      createInterface({ input: from }).on("line", (line) => {
        last.push(line);
        if (last.length > 20) last.shift();
        for (const take of waiting) take(line);
      });
    const said = (wanted: RegExp): Promise<Said> =>
      new Promise((done) => {
        const take = (line: string): void => {
          const match = wanted.exec(line);
          if (match === null) return;
          waiting.delete(take);
          done({ atMs: performance.now(), match });
        };
        waiting.add(take);
      });
    return { child, startMs, said: (wanted) => Promise.race([said(wanted), failed]) };
  }

  async #end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const isLate = await Promise.race([ended.then(() => false), sleep(endMaxMs, true, { ref: false })]);
    if (isLate) child.kill("SIGKILL");
  }
}
