import { Worker } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import { workerProgram } from "#core/worker-program.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { spiReadBytesMax } from "#simulation/devices/device-server-protocol.ts";
import {
  type SpiExchangeRequest,
  type SpiExchangeStart,
  spiExchangeBytes,
  spiExchangeState,
  spiExchangeViews,
} from "./spi-exchange.ts";

/** How long a read waits for its answer, in milliseconds; then the link is given up. */
export const spiAnswerMaxMs = 5_000;

/**
 * The video of an emulated camera in another process. A read is synchronous, as the interface wants it: a thread
 * holds the socket, and this one sleeps until it has the bytes, as it would while a real chip is clocked. So it must
 * not be used in the process that serves the camera. Every read goes over the socket: read whole segments.
 */
export class SocketSpiLink implements SpiLink {
  readonly #worker: Worker;
  readonly #cells: Int32Array;
  readonly #bytes: Uint8Array;
  #failure: TransportFailure | null = null;

  private constructor(start: SpiExchangeStart) {
    const program = workerProgram(new URL("./spi-exchange-worker.ts", import.meta.url));
    this.#worker = new Worker(program, { workerData: start, name: `spi ${start.path}` });
    // A link that is not closed does not keep the program running; an error in the thread shows in the next read.
    this.#worker.unref();
    this.#worker.on("error", (error) => this.#giveUp(error.message));
    const { cells, bytes } = spiExchangeViews(start.shared);
    this.#cells = cells;
    this.#bytes = bytes;
  }

  /** Opens SPI link number `link` of those that the device server at `path` describes. Whether anybody is there shows in the first read. */
  static open(path: string, link: number): SocketSpiLink {
    return new SocketSpiLink({ path, link, shared: new SharedArrayBuffer(spiExchangeBytes) });
  }

  read(into: Uint8Array): void {
    if (this.#failure !== null) throw this.#failure;
    assert(into.length <= spiReadBytesMax, `a read has at most ${spiReadBytesMax} bytes`);
    const request: SpiExchangeRequest = { bytes: into.length };
    Atomics.store(this.#cells, 0, spiExchangeState.asked);
    this.#worker.postMessage(request);
    const outcome = Atomics.wait(this.#cells, 0, spiExchangeState.asked, spiAnswerMaxMs);
    if (outcome === "timed-out") throw this.#giveUp(`no answer for ${spiAnswerMaxMs} ms.`);
    const answer = this.#bytes.subarray(0, this.#cells[1]);
    if (this.#cells[0] === spiExchangeState.failed) throw this.#giveUp(Buffer.from(answer).toString("utf8"));
    into.set(answer);
  }

  close(): void {
    this.#giveUp("it is closed.");
    void this.#worker.terminate();
  }

  #giveUp(text: string): TransportFailure {
    this.#failure ??= new TransportFailure("gone", `The emulated camera's link failed: ${text}`);
    return this.#failure;
  }
}
