import { assert } from "#core/failure.ts";
import type { TelemetryPlace } from "./frame-assembler.ts";
import type { VospiCounters } from "./vospi-counters.ts";

/** What the thread that reads the video tells its owner. */
export type CaptureMessage =
  | {
      readonly kind: "frame";
      /** 160 · 120 values. */
      readonly pixels: Uint16Array<ArrayBuffer>;
      /** 240 words; null when the camera sends none. */
      readonly telemetryWords: Uint16Array<ArrayBuffer> | null;
      /** When its last packet had come: whole microseconds since the Unix epoch. */
      readonly arrivedAtMicros: number;
      readonly counters: VospiCounters;
    }
  /** Beginning anew does not help; the reader waits for "resume". */
  | { readonly kind: "sync-lost"; readonly counters: VospiCounters };

/** What the owner tells the thread. */
export type CaptureOrder =
  | { readonly kind: "pause" }
  | { readonly kind: "resume"; readonly frameWithinMs: number };

/** What the reader is told when it is made. */
export interface CaptureSettings {
  readonly telemetryPlace: TelemetryPlace;
}

/** A message that has come from the thread: both ends are ours, so anything else is a programmer's error. */
export function asCaptureMessage(message: unknown): CaptureMessage {
  const { kind } = message as { readonly kind?: unknown };
  assert(kind === "frame" || kind === "sync-lost", "the reader sends frames or tells of lost sync");
  return message as CaptureMessage;
}

/** An order that has come from the owner. */
export function asCaptureOrder(message: unknown): CaptureOrder {
  const { kind } = message as { readonly kind?: unknown };
  assert(kind === "pause" || kind === "resume", "the reader is paused or resumed");
  return message as CaptureOrder;
}
