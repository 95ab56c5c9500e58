import { secondsBetween } from "../time.ts";

/** A frame or a tick this far behind the newest is a clock set back; less is jitter. */
const behindSecondsMax = 5;

/** A frame or a tick this far ahead of the newest is a clock set forward, or a device that slept. */
const aheadSecondsMax = 60;

/**
 * Keeps what must go only forward (features, tracks) apart from clocks that are set. The device's ticks rule: a tick
 * that jumps begins a new time line; a frame that jumps is not believed until a tick does.
 */
export class TimeLine {
  #newestMicros: number | null = null;

  /** Takes in a tick; true when time has jumped and a new time line begins. */
  tick(atMicros: number): boolean {
    const jumped = this.#jumps(atMicros);
    this.#newestMicros = jumped ? atMicros : Math.max(atMicros, this.#newestMicros ?? atMicros);
    return jumped;
  }

  /** Takes in a frame's time; true when it belongs to this time line. */
  admits(capturedAtMicros: number): boolean {
    if (this.#jumps(capturedAtMicros)) return false;
    this.#newestMicros = Math.max(capturedAtMicros, this.#newestMicros ?? capturedAtMicros);
    return true;
  }

  #jumps(atMicros: number): boolean {
    if (this.#newestMicros === null) return false;
    const seconds = secondsBetween(this.#newestMicros, atMicros);
    return seconds < -behindSecondsMax || seconds > aheadSecondsMax;
  }
}
