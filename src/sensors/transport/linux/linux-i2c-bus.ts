import { Worker } from "node:worker_threads";
import { workerProgram } from "#core/worker-program.ts";
import type { I2cBus, I2cTransfer } from "../i2c-bus.ts";
import { TransportFailure } from "../transport-failure.ts";
import type { I2cAnswer, I2cRequest, I2cWorkerStart } from "./i2c-worker-protocol.ts";

/** Exchanges that may wait for a bus; a further one fails at once with "busy". A sensor asks for a few a second. */
export const i2cTransfersWaitingMax = 64;

/** Which bus to open. */
export interface LinuxI2cBusOptions {
  /** Device node, for example "/dev/i2c-1", the bus on pins 3 and 5 of a Raspberry Pi. */
  readonly path: string;
  /** Program of the thread; left out, our own. */
  readonly workerUrl?: URL;
}

interface Job {
  readonly request: I2cRequest;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (failure: TransportFailure) => void;
}

/**
 * A Linux I2C bus. Exchanges run one after the other in a thread of its own, since a chip that holds the clock blocks
 * the call for up to a second. A bus that vanishes, or whose thread dies, fails what was asked with "gone"; the next
 * exchange looks for it again.
 */
export class LinuxI2cBus implements I2cBus {
  readonly #path: string;
  readonly #workerUrl: URL;
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #current: Job | null = null;
  #deathCause: unknown;
  #closing: Promise<void> | null = null;

  private constructor(options: LinuxI2cBusOptions) {
    this.#path = options.path;
    this.#workerUrl = options.workerUrl ?? workerProgram(new URL("./i2c-worker.ts", import.meta.url));
  }

  /** A bus that is opened with its first exchange: one that is not there fails each exchange until it is. */
  static at(options: LinuxI2cBusOptions): LinuxI2cBus {
    return new LinuxI2cBus(options);
  }

  /** Opens a bus. Throws `TransportFailure` that says what to do. */
  static async open(options: LinuxI2cBusOptions): Promise<LinuxI2cBus> {
    const bus = new LinuxI2cBus(options);
    try {
      await bus.#ask({ kind: "open" });
    } catch (failure) {
      await bus.close();
      throw failure;
    }
    return bus;
  }

  async transfer({ address, write, readBytes }: I2cTransfer): Promise<Uint8Array> {
    if (this.#closing !== null) throw new TransportFailure("gone", `${this.#path} has been closed.`);
    if (this.#waiting.length >= i2cTransfersWaitingMax) {
      const text = `${i2cTransfersWaitingMax} exchanges wait for ${this.#path}: a chip holds the bus; power the chips off and on.`;
      throw new TransportFailure("busy", text);
    }
    // A copy: the caller may use its bytes again while the exchange waits.
    return this.#ask({ kind: "transfer", address, write: write.slice(), readBytes });
  }

  /** Ends the exchange under way, fails those that wait with "gone", and frees the bus. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const job of this.#waiting.splice(0)) {
      job.reject(new TransportFailure("gone", `${this.#path} has been closed.`));
    }
    const worker = this.#worker;
    if (worker === null) return;
    const exited = new Promise((resolve) => worker.once("exit", resolve));
    // A thread that dies meanwhile has freed the bus as well.
    await this.#ask({ kind: "close" }).catch(() => undefined);
    await exited;
  }

  #ask(request: I2cRequest): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#current = job;
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(job.request);
  }

  #startWorker(): Worker {
    const start: I2cWorkerStart = { path: this.#path };
    const worker = new Worker(this.#workerUrl, { workerData: start, name: `i2c ${this.#path}` });
    worker.on("message", (answer: I2cAnswer) => this.#settle(answer));
    worker.on("error", (cause) => {
      this.#deathCause = cause;
    });
    worker.on("exit", () => this.#bury());
    return worker;
  }

  #settle(answer: I2cAnswer): void {
    const job = this.#current;
    this.#current = null;
    if (answer.kind === "done") job?.resolve(answer.bytes);
    else job?.reject(new TransportFailure(answer.code, answer.text));
    this.#next();
  }

  #bury(): void {
    this.#worker = null;
    const cause = this.#deathCause;
    this.#deathCause = undefined;
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    const text = `The thread that serves ${this.#path} has ended${reason}: the next exchange starts it again.`;
    const lost = [...(this.#current === null ? [] : [this.#current]), ...this.#waiting.splice(0)];
    this.#current = null;
    for (const job of lost) job.reject(new TransportFailure("gone", text, { cause }));
  }
}
