import type { FfcState } from "#core/frames/frame-telemetry.ts";

/** Time between flat-field corrections in automatic mode (Lepton engineering data sheet: 3 min). */
export const ffcPeriodSeconds = 180;
/** The camera announces a correction for 52 frames of 26 Hz. */
export const ffcImminentSeconds = 2;
/** Shutter closed: nominally 23 frames of 26 Hz, the picture frozen meanwhile. */
export const ffcInProgressSeconds = 0.88;

/** What the camera's shutter is doing. */
export interface FlatFieldMoment {
  readonly state: FfcState;
  /** Number of the newest completed correction since power-on; the one at start-up is 0. */
  readonly completed: number;
  /** Camera uptime at which that correction ended, in seconds. */
  readonly lastEndedAtSeconds: number;
}

/** The shutter's state at a camera uptime; the first correction ends at `startUpSeconds`, then one every 3 min. */
export function flatFieldAt(uptimeSeconds: number, startUpSeconds: number): FlatFieldMoment {
  const completed = Math.max(0, Math.floor((uptimeSeconds - startUpSeconds) / ffcPeriodSeconds));
  const lastEndedAtSeconds = startUpSeconds + completed * ffcPeriodSeconds;
  const untilNextEnd = lastEndedAtSeconds + ffcPeriodSeconds - uptimeSeconds;
  return { state: stateBefore(untilNextEnd), completed, lastEndedAtSeconds };
}

function stateBefore(secondsUntilEnd: number): FfcState {
  if (secondsUntilEnd <= ffcInProgressSeconds) return "in-progress";
  if (secondsUntilEnd <= ffcInProgressSeconds + ffcImminentSeconds) return "imminent";
  return "complete";
}
