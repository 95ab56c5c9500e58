import type { LiveFrame } from "#wire/live-frame-codec.ts";

/** A picture older than this is shown greyed, with its age. */
export const staleAfterMs = 2_000;

/** Clocks that are kept in time by slewing drift apart by up to 500 millionths (NTP's limit, RFC 5905). */
const clockDrift = 0.0005;

/**
 * How old the picture on the screen is, by proof of new pictures only. A picture that comes twice proves nothing. The
 * age counts from the arrival of the newest picture, and adds how much later than the quickest one it came, so that
 * pictures held up on the way are not taken for live; the clocks of device and page need not agree.
 */
export class PictureFreshness {
  #newest: { readonly capturedAtMicros: number; readonly frameCounter: number } | null = null;
  #arrivedMs = Number.NaN;
  #quickestMs = Number.POSITIVE_INFINITY;
  #lateMs = 0;

  /** Takes a picture that arrived; false where it is the one already shown. */
  arrive(frame: Pick<LiveFrame, "capturedAtMicros" | "frameCounter">, nowMs: number): boolean {
    const { capturedAtMicros, frameCounter } = frame;
    const newest = this.#newest;
    if (newest?.capturedAtMicros === capturedAtMicros && newest.frameCounter === frameCounter) return false;
    const wayMs = nowMs - capturedAtMicros / 1_000;
    if (newest !== null) this.#quickestMs += (nowMs - this.#arrivedMs) * clockDrift;
    // The device's clock was set back: what was learned about the way no longer holds.
    if (newest !== null && capturedAtMicros < newest.capturedAtMicros)
      this.#quickestMs = Number.POSITIVE_INFINITY;
    this.#quickestMs = Math.min(this.#quickestMs, wayMs);
    this.#lateMs = wayMs - this.#quickestMs;
    this.#arrivedMs = nowMs;
    this.#newest = { capturedAtMicros, frameCounter };
    return true;
  }

  /** Age of the newest picture in milliseconds; NaN before the first. */
  ageMs(nowMs: number): number {
    return nowMs - this.#arrivedMs + this.#lateMs;
  }
}
