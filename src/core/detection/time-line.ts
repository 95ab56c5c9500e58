import { secondsBetween } from "../time.ts";

/** A tick this far behind the last is a clock set back; less is jitter. */
const tickBehindSecondsMax = 5;

/** A tick this far ahead of the last is a clock set forward, or a device that slept. */
const tickAheadSecondsMax = 60;

/**
 * How far a frame's or a reading's own time may be from the last tick, either way: a tick comes every second, a picture
 * is on its way for less, and a driver that stamps worse than this is not believed.
 */
const stampSecondsMax = 5;

/**
 * Keeps what must go only forward (features, tracks) apart from clocks that are set. Only the device's ticks rule: one
 * that jumps begins a new time line. A frame or a reading is judged by the last tick and moves nothing.
 */
export class TimeLine {
  #tickMicros: number | null = null;
  /** Newest stamp from before the first tick, which is all there is to judge that tick by. */
  #stampMicros: number | null = null;

  /** Takes in a tick; true when time has jumped and a new time line begins. */
  tick(atMicros: number): boolean {
    const before = this.#tickMicros ?? this.#stampMicros ?? atMicros;
    const seconds = secondsBetween(before, atMicros);
    const jumped = seconds < -tickBehindSecondsMax || seconds > tickAheadSecondsMax;
    this.#tickMicros = jumped ? atMicros : Math.max(atMicros, this.#tickMicros ?? atMicros);
    return jumped;
  }

  /** Whether a frame's or a reading's time belongs to this time line. Before the first tick every one does. */
  admits(stampMicros: number): boolean {
    if (!Number.isSafeInteger(stampMicros)) return false;
    if (this.#tickMicros !== null)
      return Math.abs(secondsBetween(this.#tickMicros, stampMicros)) <= stampSecondsMax;
    this.#stampMicros = Math.max(stampMicros, this.#stampMicros ?? stampMicros);
    return true;
  }
}
