import { Worker } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { type CaptureListener, type CaptureSource, captureReopenDelayMs } from "../capture-source.ts";
import { TransportFailure } from "../transport-failure.ts";
import {
  type CaptureReport,
  type CaptureWorkerStart,
  captureSendsMax,
  captureSignalCount,
  captureSignal as signal,
} from "./capture-protocol.ts";
import type { LinuxSpiLinkOptions } from "./linux-spi-link.ts";

/** What a capture in a thread of its own is made of. */
export interface WorkerCaptureOptions {
  /** Times the restart of a thread that died. */
  readonly clock: Clock;
  /** Program of the thread, which calls `runCaptureLoop`; found by `workerProgram`. */
  readonly workerUrl: URL;
  readonly link: LinuxSpiLinkOptions;
  /** Handed to the reader; must survive a structured clone. */
  readonly settings: unknown;
}

/** Runs a reader over a Linux SPI link in a thread of its own. A thread that dies is started again. */
export class WorkerCapture implements CaptureSource {
  readonly #options: WorkerCaptureOptions;
  #signals = new Int32Array(new SharedArrayBuffer(4 * captureSignalCount));
  #listener: CaptureListener | null = null;
  #worker: Worker | null = null;
  #exited: Promise<void> = Promise.resolve();
  #cancelRestart: Cancel | null = null;
  #state: "new" | "starting" | "running" | "failed" | "stopped" = "new";
  #starting: (() => void) | null = null;
  #droppedBefore = 0;
  #deathCause: unknown;

  constructor(options: WorkerCaptureOptions) {
    this.#options = options;
  }

  get droppedMessages(): number {
    return this.#droppedBefore + Atomics.load(this.#signals, signal.dropped);
  }

  async start(listener: CaptureListener): Promise<void> {
    assert(this.#state === "new", "a capture is started once.");
    this.#state = "starting";
    this.#listener = listener;
    await new Promise<void>((resolve) => {
      this.#starting = resolve;
      this.#startWorker();
    });
  }

  send(message: unknown): void {
    if (this.#worker === null || this.#state === "stopped") return;
    if (Atomics.load(this.#signals, signal.sent) >= captureSendsMax) {
      const text = `The thread that reads ${this.#options.link.path} has not listened to ${captureSendsMax} messages: stop it and start it again.`;
      throw new TransportFailure("busy", text);
    }
    Atomics.add(this.#signals, signal.sent, 1);
    this.#worker.postMessage(message);
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#state = "stopped";
    this.#cancelRestart?.();
    this.#cancelRestart = null;
    Atomics.store(this.#signals, signal.stop, 1);
    this.#wake();
    await this.#exited;
  }

  #wake(): void {
    Atomics.add(this.#signals, signal.wake, 1);
    Atomics.notify(this.#signals, signal.wake);
  }

  #startWorker(): void {
    this.#droppedBefore = this.droppedMessages;
    const signals = new SharedArrayBuffer(4 * captureSignalCount);
    this.#signals = new Int32Array(signals);
    const { link, settings, workerUrl } = this.#options;
    const start: CaptureWorkerStart = { link, settings, signals };
    const worker = new Worker(workerUrl, { workerData: start, name: `capture ${link.path}` });
    worker.on("message", (report: CaptureReport) => this.#take(report));
    worker.on("error", (cause) => {
      this.#deathCause = cause;
    });
    this.#worker = worker;
    this.#exited = new Promise((resolve) => {
      worker.on("exit", () => {
        this.#bury();
        resolve();
      });
    });
  }

  #take(report: CaptureReport): void {
    if (report.kind === "message") Atomics.sub(this.#signals, signal.reported, 1);
    if (this.#state === "stopped") return;
    switch (report.kind) {
      case "message":
        this.#listener?.onMessage(report.message);
        return;
      case "link-failed":
        this.#fail(new TransportFailure(report.code, report.text));
        return;
      case "opened":
        this.#open();
    }
  }

  #open(): void {
    if (this.#state === "failed") this.#listener?.onLinkReopened();
    this.#state = "running";
    this.#started();
  }

  #fail(failure: TransportFailure): void {
    if (this.#state !== "running" && this.#state !== "starting") return;
    this.#state = "failed";
    this.#listener?.onFailure(failure);
    this.#started();
  }

  #started(): void {
    this.#starting?.();
    this.#starting = null;
  }

  #bury(): void {
    this.#worker = null;
    const cause = this.#deathCause;
    this.#deathCause = undefined;
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    const text = `The thread that reads ${this.#options.link.path} has ended${reason}: it is started again.`;
    this.#fail(new TransportFailure("gone", text, { cause }));
    this.#started();
    if (this.#state === "stopped") return;
    this.#cancelRestart = this.#options.clock.after(captureReopenDelayMs, () => this.#startWorker());
  }
}
