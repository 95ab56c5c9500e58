import type { TransportCode } from "../transport-failure.ts";
import type { LinuxSpiLinkOptions } from "./linux-spi-link.ts";

/** What a capture thread is started with. */
export interface CaptureWorkerStart {
  readonly link: LinuxSpiLinkOptions;
  /** Handed to the reader. */
  readonly settings: unknown;
  /** Memory that both threads see, an Int32Array of `captureSignalCount`. */
  readonly signals: SharedArrayBuffer;
}

/** What a capture thread tells its owner. */
export type CaptureReport =
  | { readonly kind: "opened" }
  | { readonly kind: "message"; readonly message: unknown }
  | { readonly kind: "link-failed"; readonly code: TransportCode; readonly text: string };

/** Messages that may wait for the reader; one more is an error of the owner ("busy"). */
export const captureSendsMax = 16;

/** Numbers in the shared memory; each is changed by atomic operations only. */
export const captureSignal = {
  /** Grows with each reason to wake the thread. */
  wake: 0,
  /** 1 as soon as the thread is to end. */
  stop: 1,
  /** Messages on their way from reader to owner. */
  reported: 2,
  /** Messages dropped because `captureMessagesMax` were on their way. */
  dropped: 3,
  /** Messages on their way from owner to reader. */
  sent: 4,
} as const;

/** Numbers in the shared memory. */
export const captureSignalCount = 5;
