import type { SpiLink } from "./spi-link.ts";
import type { SpiRead } from "./spi-recording-format.ts";
import { TransportFailure } from "./transport-failure.ts";

/**
 * Answers reads from a recording, in its order and at once, and accepts no other length. A wrong length or a read past
 * the end is an `Error`, not a `TransportFailure`, and is thrown again by `close`; so is a recording not read to its
 * end.
 */
export class PlaybackSpiLink implements SpiLink {
  readonly #reads: readonly SpiRead[];
  #next = 0;
  #mismatch: Error | null = null;
  #closed = false;

  constructor(reads: readonly SpiRead[]) {
    this.#reads = reads;
  }

  /** Reads that nobody has asked for yet. */
  get remaining(): number {
    return this.#reads.length - this.#next;
  }

  /** When the next read was made, in microseconds since the recording began; null at its end. */
  get nextAtMicros(): number | null {
    return this.#reads[this.#next]?.atMicros ?? null;
  }

  read(into: Uint8Array): void {
    if (this.#closed) throw new TransportFailure("gone", "The playback has been closed.");
    const expected = this.#reads[this.#next];
    if (expected === undefined) {
      throw this.#remember(`Playback: a read after its ${this.#reads.length} reads.`);
    }
    if (expected.bytes.length !== into.length) {
      const asked = `asked for were ${into.length}`;
      throw this.#remember(`Playback: read ${this.#next + 1} has ${expected.bytes.length} bytes, ${asked}.`);
    }
    this.#next += 1;
    into.set(expected.bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#mismatch !== null) throw this.#mismatch;
    if (this.remaining > 0) throw new Error(`Playback: ${this.remaining} reads were left over.`);
  }

  #remember(text: string): Error {
    const error = new Error(text);
    this.#mismatch ??= error;
    return error;
  }
}
