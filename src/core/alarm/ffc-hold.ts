import { microsPerSecond } from "../time.ts";
import type { AlarmLevel } from "./alarm-state.ts";

/** What the camera's flat-field corrections are to do: by themselves, or wait. */
export type FfcWish = "automatic" | "wait";

/** How long corrections may be kept waiting. */
export interface FfcHoldPolicy {
  /** Longest wait at a time; 0: corrections never wait. */
  readonly holdSeconds: number;
  /** After a wait that long, time for the camera to correct itself before the next. */
  readonly releaseSeconds: number;
}

/**
 * Three minutes: a camera left to itself corrects no more often than that, so that its temperatures drift no further than
 * they may. A correction takes 2 s of notice, 1 s of shutter and 1.5 s to settle; 15 s leave room for a slow command.
 */
export const defaultFfcHoldPolicy: FfcHoldPolicy = { holdSeconds: 180, releaseSeconds: 15 };

/** What is remembered between steps; it does not outlive the process, because a camera is set to automatic at a start. */
export interface FfcHold {
  readonly wish: FfcWish;
  /** When a wait began, or ended by its time; null while there was none in this prealarm. */
  readonly sinceMicros: number | null;
}

/** Nothing is kept waiting. */
export const noFfcHold: FfcHold = { wish: "automatic", sinceMicros: null };

/**
 * Lets automatic corrections wait while a prealarm stands, because the shutter would blind the camera when it has to
 * decide. FIRE waits for nothing any more, so that corrections go on then. A clock that is set back ends the wait.
 */
export function stepFfcHold(
  hold: FfcHold,
  now: { readonly atMicros: number; readonly level: AlarmLevel },
  policy: FfcHoldPolicy,
): FfcHold {
  if (now.level !== "prealarm" || policy.holdSeconds <= 0) return noFfcHold;
  if (hold.sinceMicros === null) return { wish: "wait", sinceMicros: now.atMicros };
  const seconds = (now.atMicros - hold.sinceMicros) / microsPerSecond;
  const limit = hold.wish === "wait" ? policy.holdSeconds : policy.releaseSeconds;
  if (seconds >= 0 && seconds < limit) return hold;
  return { wish: hold.wish === "wait" ? "automatic" : "wait", sinceMicros: now.atMicros };
}
