import { uptimeSinceMs } from "../frames/counter-difference.ts";
import type { FrameTelemetry } from "../frames/frame-telemetry.ts";

/**
 * A Lepton in automatic mode calibrates itself every 3 min (engineering data sheet, FFC); three times that is overdue,
 * and so is a camera that has run for 3 min and never did.
 */
const ffcOverdueMs = 540_000;
const firstFfcMs = 180_000;

/** Pictures a second of a Lepton in order (data sheet 18-0541: 26 Hz, of which every third is new). */
export const leptonFramesPerSecond = 8.7;

/** Share of the rate it should have below which a camera is slow, also when it never was faster. */
const expectedShare = 0.5;

/** Frames of so many seconds are averaged. */
const rateSeconds = 10;

/** Share of the best rate seen below which the camera is slow: a Lepton's 8.7 pictures become 5. */
const slowShare = 0.6;

/** Whether the camera's own calibration is overdue; null when the picture does not say. */
export function isFfcOverdue(telemetry: FrameTelemetry | null): boolean | null {
  const { uptimeMs = null, lastFfcUptimeMs = null, ffcState = null } = telemetry ?? {};
  if (uptimeMs === null || ffcState === null) return null;
  if (ffcState === "never") return uptimeMs >= firstFfcMs;
  if (lastFfcUptimeMs === null) return null;
  const sinceMs = uptimeSinceMs({ momentMs: lastFfcUptimeMs, uptimeMs });
  return sinceMs === null ? null : sinceMs >= ffcOverdueMs;
}

/** What is remembered of a camera's rate. */
export interface FrameRateMemory {
  /** Frames and length of the last seconds, oldest first. */
  readonly seconds: readonly { readonly frames: number; readonly seconds: number }[];
  /** The best average seen, in frames a second; 0 before there was one. */
  readonly best: number;
}

/** A camera that has not been watched yet. */
export const newFrameRate: FrameRateMemory = { seconds: [], best: 0 };

/** Takes in some seconds and the frames that came in them. */
export function followFrameRate(
  memory: FrameRateMemory,
  came: { readonly frames: number; readonly seconds: number },
): FrameRateMemory {
  if (came.seconds <= 0) return memory;
  const seconds = [...memory.seconds, came].slice(-rateSeconds);
  const average = averageRate(seconds);
  const isFull = seconds.length === rateSeconds;
  return { seconds, best: isFull ? Math.max(memory.best, average) : memory.best };
}

/** Whether the camera sends far fewer pictures than it has sent, or than it should; null while too little is known. */
export function isSlow(
  memory: FrameRateMemory,
  expected: { readonly framesPerSecond: number },
): boolean | null {
  if (memory.seconds.length < rateSeconds) return null;
  return (
    averageRate(memory.seconds) < Math.max(slowShare * memory.best, expectedShare * expected.framesPerSecond)
  );
}

function averageRate(seconds: FrameRateMemory["seconds"]): number {
  const frames = seconds.reduce((sum, second) => sum + second.frames, 0);
  return frames / seconds.reduce((sum, second) => sum + second.seconds, 0);
}
