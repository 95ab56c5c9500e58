import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import type { CaptureClock, CaptureReader, MakeCaptureReader } from "../capture-reader.ts";
import { captureMessagesMax, captureReopenDelayMs } from "../capture-source.ts";
import { TransportFailure } from "../transport-failure.ts";
import {
  type CaptureReport,
  type CaptureWorkerStart,
  captureSendsMax,
  captureSignal as signal,
} from "./capture-protocol.ts";
import { type Libc, loadLibc } from "./libc.ts";
import { LinuxSpiLink } from "./linux-spi-link.ts";

/** What the program of a capture thread supplies. */
export interface CaptureProgram {
  readonly clock: CaptureClock;
  readonly makeReader: MakeCaptureReader;
}

/**
 * All that a capture thread does: opens the link its owner named, lets the reader read when it says, and ends when the
 * owner stops it. The thread's file is named …-worker.ts and calls this with its reader and clock.
 */
export async function runCaptureLoop(program: CaptureProgram): Promise<void> {
  assert(parentPort !== null, "a capture loop runs in a worker thread.");
  const start = workerData as CaptureWorkerStart;
  const port = parentPort;
  try {
    new CaptureLoop({ program, start, port, libc: await loadLibc() }).run();
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    reportFailure(port, error);
  }
}

function reportFailure(port: MessagePort, { code, message }: TransportFailure): void {
  const report: CaptureReport = { kind: "link-failed", code, text: message };
  port.postMessage(report);
}

interface CaptureLoopOptions {
  readonly program: CaptureProgram;
  readonly start: CaptureWorkerStart;
  readonly port: MessagePort;
  readonly libc: Libc;
}

/** Never returns to the thread's event loop: it sleeps on shared memory, which wakes in time and on demand. */
class CaptureLoop {
  readonly #options: CaptureLoopOptions;
  readonly #signals: Int32Array;
  readonly #reader: CaptureReader;
  #link: LinuxSpiLink | null = null;

  constructor(options: CaptureLoopOptions) {
    const { program, start } = options;
    this.#options = options;
    this.#signals = new Int32Array(start.signals);
    this.#reader = program.makeReader({
      clock: program.clock,
      settings: start.settings,
      spi: { read: (into) => this.#openLink().read(into), close: () => this.#closeLink() },
      outlet: { offer: (message, moved) => this.#offer(message, moved) },
    });
  }

  run(): void {
    this.#openFirst();
    try {
      while (Atomics.load(this.#signals, signal.stop) === 0) {
        const wake = Atomics.load(this.#signals, signal.wake);
        this.#deliverSent();
        const delayMs = this.#step();
        if (delayMs > 0) Atomics.wait(this.#signals, signal.wake, wake, delayMs);
      }
    } finally {
      // Descriptors belong to the process: they would outlive a thread that dies.
      this.#closeLink();
    }
  }

  #step(): number {
    try {
      if (this.#link === null) this.#reopen();
      return this.#reader.readDue();
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      // A link that could not be opened again has been told about already.
      if (this.#link !== null) reportFailure(this.#options.port, error);
      this.#closeLink();
      return captureReopenDelayMs;
    }
  }

  #open(): void {
    const { libc, start } = this.#options;
    this.#link = LinuxSpiLink.openWith(libc, start.link);
    this.#report({ kind: "opened" }, []);
  }

  /** A link that is not there yet is looked for like one that has gone. */
  #openFirst(): void {
    try {
      this.#open();
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      reportFailure(this.#options.port, error);
    }
  }

  #reopen(): void {
    this.#open();
    this.#reader.linkReopened();
  }

  #offer(message: unknown, moved: readonly ArrayBuffer[]): boolean {
    if (Atomics.load(this.#signals, signal.reported) >= captureMessagesMax) {
      Atomics.add(this.#signals, signal.dropped, 1);
      return false;
    }
    Atomics.add(this.#signals, signal.reported, 1);
    this.#report({ kind: "message", message }, moved);
    return true;
  }

  #report(report: CaptureReport, moved: readonly ArrayBuffer[]): void {
    this.#options.port.postMessage(report, [...moved]);
  }

  #deliverSent(): void {
    for (let count = 0; count < captureSendsMax; count += 1) {
      const received = receiveMessageOnPort(this.#options.port);
      if (received === undefined) return;
      Atomics.sub(this.#signals, signal.sent, 1);
      this.#reader.receive(received.message);
    }
  }

  #openLink(): LinuxSpiLink {
    if (this.#link === null) {
      throw new TransportFailure("gone", `${this.#options.start.link.path} is closed.`);
    }
    return this.#link;
  }

  #closeLink(): void {
    this.#link?.close();
    this.#link = null;
  }
}
