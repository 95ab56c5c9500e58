import { assert } from "#core/failure.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { CaptureReader, MakeCaptureReader } from "./capture-reader.ts";
import { type CaptureListener, type CaptureSource, captureReopenDelayMs } from "./capture-source.ts";
import type { SpiLink } from "./spi-link.ts";
import { TransportFailure } from "./transport-failure.ts";

/** What a capture in this thread is made of. */
export interface InlineCaptureOptions {
  readonly clock: Clock;
  /** Opens the link, at the start and again after each failure. Throws `TransportFailure`. */
  readonly openLink: () => SpiLink;
  readonly makeReader: MakeCaptureReader;
  /** Handed to the reader. */
  readonly settings: unknown;
}

/** Runs a reader in this thread, on this clock: for emulated links, which answer at once. Drops nothing. */
export class InlineCapture implements CaptureSource {
  readonly droppedMessages = 0;
  readonly #options: InlineCaptureOptions;
  #listener: CaptureListener | null = null;
  #reader: CaptureReader | null = null;
  #link: SpiLink | null = null;
  #cancel: Cancel | null = null;

  constructor(options: InlineCaptureOptions) {
    this.#options = options;
  }

  async start(listener: CaptureListener): Promise<void> {
    assert(this.#listener === null, "a capture is started once.");
    this.#listener = listener;
    const { clock, settings, makeReader } = this.#options;
    this.#reader = makeReader({
      clock,
      settings,
      // The link behind it changes when it is opened again.
      spi: { read: (into) => this.#openedLink().read(into), close: () => this.#closeLink() },
      outlet: { offer: (message) => this.#deliver(message) },
    });
    try {
      this.#link = this.#options.openLink();
      this.#callAgainAfter(0);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      listener.onFailure(error);
      this.#callAgainAfter(captureReopenDelayMs);
    }
  }

  send(message: unknown): void {
    this.#reader?.receive(message);
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#reader = null;
    this.#closeLink();
  }

  #deliver(message: unknown): boolean {
    if (this.#reader !== null) this.#listener?.onMessage(message);
    return true;
  }

  #callAgainAfter(delayMs: number): void {
    this.#cancel = this.#options.clock.after(delayMs, () => this.#step());
  }

  #step(): void {
    const reader = this.#reader;
    if (reader === null) return;
    try {
      if (this.#link === null) this.#reopen(reader);
      const delayMs = reader.readDue();
      if (this.#reader === reader) this.#callAgainAfter(delayMs);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      this.#fail(error);
    }
  }

  #openedLink(): SpiLink {
    if (this.#link === null) throw new TransportFailure("gone", "The link is closed.");
    return this.#link;
  }

  #reopen(reader: CaptureReader): void {
    this.#link = this.#options.openLink();
    reader.linkReopened();
    this.#listener?.onLinkReopened();
  }

  #fail(failure: TransportFailure): void {
    const isNew = this.#link !== null;
    this.#closeLink();
    if (this.#reader === null) return;
    if (isNew) this.#listener?.onFailure(failure);
    this.#callAgainAfter(captureReopenDelayMs);
  }

  #closeLink(): void {
    this.#link?.close();
    this.#link = null;
  }
}
