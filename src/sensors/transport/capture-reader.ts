import type { Clock } from "#core/time.ts";
import type { SpiLink } from "./spi-link.ts";

/** Where a reader puts what it has read. */
export interface CaptureOutlet {
  /**
   * Hands a message on. It must survive a structured clone; the buffers named in `moved` are given away, not copied.
   * False when the other side is `captureMessagesMax` messages behind: this one is dropped and counted.
   */
  offer(message: unknown, moved: readonly ArrayBuffer[]): boolean;
}

/** Time as a reader sees it. `monotonicMs` of a worker thread has a start of its own: compare it with itself only. */
export type CaptureClock = Pick<Clock, "nowMicros" | "monotonicMs">;

/** What a reader works with. */
export interface CaptureSurroundings {
  readonly spi: SpiLink;
  readonly clock: CaptureClock;
  readonly outlet: CaptureOutlet;
  /** What the owner of the capture gave for the reader; the reader checks it. */
  readonly settings: unknown;
}

/**
 * Reads a chip that must be read in time, without ever awaiting: it runs in a thread of its own on hardware
 * (`linux/worker-capture.ts`) and in the owner's thread over an emulator (`inline-capture.ts`).
 */
export interface CaptureReader {
  /**
   * Reads what is due now and returns after how many milliseconds to call again, 0 for at once. Returns soon (some
   * tens of milliseconds), since a stop is noticed only between calls. A `TransportFailure` thrown here closes the
   * link; `linkReopened` is called when it works again.
   */
  readDue(): number;
  /** The owner has something to say. */
  receive(message: unknown): void;
  /** The link failed and has been opened again: what was read before does not continue. */
  linkReopened(): void;
}

/** Makes the reader of one capture. */
export type MakeCaptureReader = (surroundings: CaptureSurroundings) => CaptureReader;
