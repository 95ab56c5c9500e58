import type { TransportFailure } from "./transport-failure.ts";

/** Messages that may be under way from a reader to its owner; a frame in excess is dropped and counted, never queued. */
export const captureMessagesMax = 16;

/** How long after a failure the link is tried again, in milliseconds. */
export const captureReopenDelayMs = 1_000;

/** What a capture tells its owner. */
export interface CaptureListener {
  /** What the reader offered. */
  onMessage(message: unknown): void;
  /** The link has failed or cannot be opened; it is tried again every `captureReopenDelayMs`. Told once until `onLinkReopened`. */
  onFailure(failure: TransportFailure): void;
  /** The link works again. */
  onLinkReopened(): void;
}

/** A reader at work, in this thread or another one. */
export interface CaptureSource {
  /** Starts reading, and resolves when the link is open or its owner has been told that it is not; called once. */
  start(listener: CaptureListener): Promise<void>;
  /** Says something to the reader. Does nothing before `start` and after `stop`. */
  send(message: unknown): void;
  /** Stops reading and frees the link; safe to call twice. */
  stop(): Promise<void>;
  /** Messages dropped because this side was `captureMessagesMax` behind. */
  get droppedMessages(): number;
}
