import { performance } from "node:perf_hooks";
import type { CaptureReader, CaptureSurroundings } from "#sensors/transport/capture-reader.ts";
import { runCaptureLoop } from "#sensors/transport/linux/capture-loop.ts";
import { RecordingSpiLink } from "#sensors/transport/recording-spi-link.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";

/** What the recorder is told. */
export interface SpiRecorderSettings {
  readonly seconds: number;
  /** Length of each read. */
  readonly readBytes: number;
}

/** What it tells: a piece of the recording, or how it ended. */
export type SpiRecorderMessage =
  | { readonly kind: "piece"; readonly bytes: Uint8Array }
  | { readonly kind: "end"; readonly complete: boolean };

/** A piece goes on when it has so many bytes: a tenth of a second of a camera. */
const pieceBytes = 256 * 1024;

/** Reads in one go before the thread looks whether it is to stop. */
const readsAtOnce = 64;

/** Reads without a pause, as fast as the wire goes, so that nothing of what the chip sends is missed. */
class SpiRecorder implements CaptureReader {
  readonly #surroundings: CaptureSurroundings;
  readonly #link: RecordingSpiLink;
  readonly #into: Uint8Array;
  readonly #endMs: number;
  #pieces: Uint8Array[] = [];
  #size = 0;
  #ending: SpiRecorderMessage | null = null;
  #state: "reading" | "ended" = "reading";

  constructor(surroundings: CaptureSurroundings) {
    const { seconds, readBytes } = surroundings.settings as SpiRecorderSettings;
    const { spi, clock } = surroundings;
    this.#surroundings = surroundings;
    this.#into = new Uint8Array(readBytes);
    this.#endMs = clock.monotonicMs() + seconds * 1_000;
    this.#link = new RecordingSpiLink({ link: spi, clock, write: (bytes) => this.#keep(bytes) });
  }

  readDue(): number {
    if (this.#ending !== null) return this.#tellEnd(this.#ending);
    for (let n = 0; n < readsAtOnce; n += 1) this.#link.read(this.#into);
    const isOver = this.#surroundings.clock.monotonicMs() >= this.#endMs;
    if ((isOver || this.#size >= pieceBytes) && !this.#flush()) return this.#end({ complete: false });
    return isOver ? this.#end({ complete: true }) : 0;
  }

  receive(): void {}

  /** A recording with a hole would play back wrong. */
  linkReopened(): void {
    throw new TransportFailure("gone", "The chip vanished while it was recorded: record it anew.");
  }

  #keep(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
  }

  #flush(): boolean {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#size = 0;
    const message: SpiRecorderMessage = { kind: "piece", bytes };
    return this.#surroundings.outlet.offer(message, [bytes.buffer]);
  }

  #end({ complete }: { readonly complete: boolean }): number {
    this.#ending = { kind: "end", complete };
    return this.#tellEnd(this.#ending);
  }

  /** Offers the end until it is taken, then sleeps until the thread is stopped. */
  #tellEnd(message: SpiRecorderMessage): number {
    if (this.#state === "reading" && !this.#surroundings.outlet.offer(message, [])) return 10;
    this.#state = "ended";
    return 1_000;
  }
}

const clock = {
  nowMicros: () => Math.round((performance.timeOrigin + performance.now()) * 1_000),
  monotonicMs: () => performance.now(),
};
await runCaptureLoop({ clock, makeReader: (surroundings) => new SpiRecorder(surroundings) });
