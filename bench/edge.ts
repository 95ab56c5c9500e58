import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { linkProgram } from "#cli/edge/edge-agent.ts";
import { systemClock } from "#cli/system-clock.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { AlarmOutputs } from "#edge/alarm-outputs.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import { forkLink } from "#edge/fork-link.ts";
import { LinkProcess } from "#edge/link-process.ts";
import { defaultContinuousPolicy, defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { RemoteRecorder } from "#edge/remote-recorder.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { EmulatedGpioLine } from "#simulation/devices/emulated-gpio-line.ts";
import { ScriptedCamera } from "#support/scripted-camera.ts";
import { commandTopic } from "#wire/topics.ts";
import { startDownload } from "./download.ts";
import type { FrameWorkerData, SentFrame } from "./frame-worker.ts";
import { fillUp, fullDisk } from "./full-disk.ts";

/** The promise: from a deciding picture to the output. */
export const outputMsMax = 20;
/** Pictures come so much faster than a camera's, so that a run is short; that makes the promise harder to keep. */
const periodMs = 20;
const quietFrames = 200;
const deviceId = "bench";

/** What surrounds the alarm process; nobody answers at the broker's address in any of them. */
export interface EdgeCondition {
  readonly name: string;
  readonly link: "works" | "stopped";
  /** "full": the data folder is on a disk without a free byte. */
  readonly disk: "works" | "full";
  /** A process beside it downloads 100 MB, again and again, to another disk. */
  readonly download: "none" | "going on";
}

/** Milliseconds from handing a picture over to the relay's line being driven, and to the end of judging it. */
export interface OutputTimes {
  readonly decisionsMs: readonly number[];
  /** CPU time of the deciding thread for the same, which a busy machine does not lengthen. */
  readonly decisionsCpuMs: readonly number[];
  readonly framesMs: readonly number[];
  /** CPU time of the whole alarm process a picture, with that of making the picture. */
  readonly cpuMsPerFrame: number;
  /** Of what was downloaded meanwhile; null where nothing was. */
  readonly downloadMegabytesPerSecond: number | null;
}

/**
 * Lets a fire be found again and again, with a reset in between, and measures each time. The reason where this user
 * cannot have the condition.
 */
export async function measureOutputs(
  condition: EdgeCondition,
  decisions: number,
): Promise<OutputTimes | { readonly absent: string }> {
  if (condition.disk === "full") {
    const disk = await fullDisk();
    if ("absent" in disk) return disk;
    try {
      return await measureIn(disk.folder, { condition, decisions });
    } finally {
      disk.release();
    }
  }
  const folder = await mkdtemp(join(tmpdir(), "emberwatch-bench-"));
  try {
    return await measureIn(folder, { condition, decisions });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureIn(
  dataFolder: string,
  what: { readonly condition: EdgeCondition; readonly decisions: number },
): Promise<OutputTimes> {
  const download = what.condition.download === "none" ? null : await startDownload();
  try {
    const times = await new OutputRun({ dataFolder, ...what }).measure();
    return { ...times, downloadMegabytesPerSecond: (await download?.stop()) ?? null };
  } catch (error) {
    await download?.stop();
    throw error;
  }
}

interface RunSetup {
  readonly dataFolder: string;
  readonly condition: EdgeCondition;
  readonly decisions: number;
}

class OutputRun {
  readonly #setup: RunSetup;
  readonly #camera = new ScriptedCamera();
  readonly #decisionsMs: number[] = [];
  readonly #decisionsCpuMs: number[] = [];
  readonly #framesMs: number[] = [];
  #cpuStart = process.threadCpuUsage();
  readonly #done = Promise.withResolvers<void>();
  readonly #pids: number[] = [];
  #sentMs: number | null = null;
  #captureMicros = systemClock.nowMicros();
  #onCommand: ((topic: string, payload: Uint8Array) => void) | null = null;

  constructor(setup: RunSetup) {
    this.#setup = setup;
  }

  async measure(): Promise<Omit<OutputTimes, "downloadMegabytesPerSecond">> {
    const outputs = this.#outputs();
    const agent = this.#agent(outputs);
    await agent.start();
    // A device that begins on a full disk does not start; one whose disk fills up goes on.
    if (this.#setup.condition.disk === "full") fillUp(this.#setup.dataFolder);
    const cpu = process.cpuUsage();
    const worker = this.#startFrames();
    await this.#done.promise;
    const { user, system } = process.cpuUsage(cpu);
    await worker.terminate();
    for (const pid of this.#pids) if (this.#setup.condition.link === "stopped") signal(pid, "SIGKILL");
    await agent.stop();
    await outputs.close();
    const cpuMsPerFrame = (user + system) / 1_000 / this.#framesMs.length;
    return {
      decisionsMs: this.#decisionsMs,
      decisionsCpuMs: this.#decisionsCpuMs,
      framesMs: this.#framesMs,
      cpuMsPerFrame,
    };
  }

  #startFrames(): Worker {
    const workerData: FrameWorkerData = { periodMs, startMicros: this.#captureMicros, quietFrames };
    const worker = new Worker(new URL("./frame-worker.ts", import.meta.url), { workerData });
    worker.on("message", (sent: SentFrame) => this.#show(sent));
    worker.on("error", (error) => this.#done.reject(error));
    return worker;
  }

  #show({ pixels, capturedAtMicros, frameCounter, sentMs }: SentFrame): void {
    this.#captureMicros = capturedAtMicros;
    this.#sentMs = sentMs;
    this.#cpuStart = process.threadCpuUsage();
    this.#camera.show({
      width: leptonWidth,
      height: leptonHeight,
      capturedAtMicros,
      frameCounter,
      unit: "centikelvin",
      pixels,
      telemetry: null,
    });
    this.#sentMs = null;
    this.#framesMs.push(nowMs() - sentMs);
  }

  #outputs(): AlarmOutputs {
    return new AlarmOutputs({
      clock: systemClock,
      fireRelayHighWhen: "alarm",
      panelHighWhen: "alarm",
      lines: {
        fireRelay: async (initial) => new EmulatedGpioLine(initial, (level) => this.#relay(level)),
        sounder: null,
        heartbeat: null,
        panel: null,
        evacuation: null,
      },
      onProblem: (problem) => this.#done.reject(new Error(problem ?? "")),
    });
  }

  #relay(level: "high" | "low"): void {
    if (level === "low" || this.#sentMs === null) return;
    this.#decisionsMs.push(nowMs() - this.#sentMs);
    const { user, system } = process.threadCpuUsage(this.#cpuStart);
    this.#decisionsCpuMs.push((user + system) / 1_000);
    if (this.#decisionsMs.length >= this.#setup.decisions) this.#done.resolve();
    else setImmediate(() => this.#reset());
  }

  #reset(): void {
    const act = {
      v: 1,
      id: randomUUID(),
      issuedAtMicros: systemClock.nowMicros(),
      ttlSeconds: 30,
      command: "act",
      act: "reset",
      by: "bench",
      reason: "",
      minutes: null,
    };
    this.#onCommand?.(commandTopic(deviceId, "act"), new TextEncoder().encode(JSON.stringify(act)));
  }

  #agent(outputs: AlarmOutputs): DeviceAgent {
    const brokerUrl = "mqtt://127.0.0.1:1";
    const { dataFolder } = this.#setup;
    const policies = { evidence: defaultEvidencePolicy, continuous: defaultContinuousPolicy };
    const recorder = new RemoteRecorder({ deviceId, dataFolder, clock: systemClock, policies });
    return new DeviceAgent({
      deviceId,
      name: "Bench",
      source: "emulated",
      camera: this.#camera,
      air: null,
      clock: systemClock,
      captureNowMicros: () => this.#captureMicros,
      kernel: loadFeatureKernel(),
      brokerUrl,
      makeLink: (options) => {
        this.#onCommand = options.onCommand;
        return new LinkProcess({
          newEventId: randomUUID,
          ...options,
          brokerUrl,
          credentialsFile: join(dataFolder, "none"),
          startChild: (listener) => {
            const child = forkLink(linkProgram, listener);
            if (child.pid !== null) this.#pids.push(child.pid);
            if (child.pid !== null && this.#setup.condition.link === "stopped") signal(child.pid, "SIGSTOP");
            return child;
          },
          recorder,
          log: () => {},
        });
      },
      dataFolder,
      makeRecorder: (device) => recorder.serve(device),
      demo: null,
      softwareVersion: "bench",
      log: () => {},
      onOutput: (output) => outputs.show(output),
    });
  }
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function signal(pid: number, name: "SIGSTOP" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** A quantile of some values by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
