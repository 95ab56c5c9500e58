/** Microseconds in a second; every timestamp of the product is an integer count of microseconds since the Unix epoch. */
export const microsPerSecond = 1_000_000;

/** Microseconds in a millisecond. */
export const microsPerMillisecond = 1_000;

/** Stops a scheduled callback; calling it twice is harmless. */
export type Cancel = () => void;

/**
 * Where the program gets its time from. Real clocks live in `cli`; tests and replays use a manual one, so that a
 * whole system runs on simulated time.
 */
export interface Clock {
  /** Wall-clock time in whole microseconds since the Unix epoch; may jump when the machine's clock is set. */
  nowMicros(): number;
  /** Time in milliseconds that never jumps, from an arbitrary start. */
  monotonicMs(): number;
  /** Calls back once after the delay. */
  after(delayMs: number, callback: () => void): Cancel;
  /** Calls back again and again, `periodMs` apart, until cancelled. */
  every(periodMs: number, callback: () => void): Cancel;
}

/** The whole second at or before a timestamp, in microseconds. */
export function floorToSecondMicros(atMicros: number): number {
  return Math.floor(atMicros / microsPerSecond) * microsPerSecond;
}

/** Seconds from one timestamp to a later one; negative when the second is earlier. */
export function secondsBetween(fromMicros: number, toMicros: number): number {
  return (toMicros - fromMicros) / microsPerSecond;
}
