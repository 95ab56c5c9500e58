/** Over how long the rate is taken. */
const windowMs = 5_000;
/** More arrivals than these in the window are counted as these. */
const arrivalsMax = 1_024;

/** Unique pictures a second over the last five seconds, by when they arrived. */
export class FrameRate {
  readonly #arrivalsMs: number[] = [];
  #lastCounter: number | null = null;

  /** Counts a picture; false when it is the one before once more. */
  add(frame: { readonly frameCounter: number; readonly atMs: number }): boolean {
    if (frame.frameCounter === this.#lastCounter) return false;
    this.#lastCounter = frame.frameCounter;
    if (this.#arrivalsMs.length >= arrivalsMax) this.#arrivalsMs.shift();
    this.#arrivalsMs.push(frame.atMs);
    return true;
  }

  /** Pictures a second; 0 when none came. */
  at(nowMs: number): number {
    while (this.#arrivalsMs.length > 0 && this.#arrivalsMs[0]! <= nowMs - windowMs) this.#arrivalsMs.shift();
    return this.#arrivalsMs.length / (windowMs / 1_000);
  }
}
