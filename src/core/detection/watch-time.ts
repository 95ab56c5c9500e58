import { secondsBetween } from "../time.ts";

/** A single tick stands for no more than this, so that a clock that jumps makes no sensor look dead. */
const tickSecondsMax = 2;

/** Measures how long a sensor has been watched, by the device's own ticks; steps back count as nothing. */
export class WatchTime {
  #lastMicros: number | null = null;

  /** Seconds that this tick stands for. */
  tick(atMicros: number): number {
    const last = this.#lastMicros;
    this.#lastMicros = atMicros;
    if (last === null) return 0;
    return Math.min(tickSecondsMax, Math.max(0, secondsBetween(last, atMicros)));
  }
}
