import type { Random } from "#core/random.ts";
import { microsPerMillisecond } from "#core/time.ts";

/**
 * How the machine beside the camera looks for pictures. `prompt`: as soon as one is there, as our SPI driver does.
 * `polling`: now and then, as in the real PureThermal recording, whose gaps are 96 and 128 ms in turn.
 */
export type HostManner = "prompt" | "polling";

/** A prompt host is late by this, as a standard deviation (scheduling of an ordinary Linux). Assumed. */
const promptLateMs = 0.6;
const promptLatestMs = 6;
/** The real recording's host looks every 32.2 ms: with pictures every 113.9 ms, gaps are 3 or 4 times that. */
const pollingPeriodMs = 32.2;
const pollingLateMs = 0.5;
/** Once in a while the machine has other things to do; the recording has one such gap, of 412 ms. How often is assumed. */
const stallShare = 1 / 900;
const shortestStallMs = 60;
const longestStallMs = 400;
/** Pictures that have waited come out this fast (15 to 17 ms in the recording). */
const waitingGapMs = 15;

/** Says when pictures reach the host, from when they were ready; asked for each picture in turn. */
export class HostArrivals {
  readonly manner: HostManner;
  readonly #random: Random;
  readonly #phaseMs: number;
  #busyUntilMs = Number.NEGATIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(random: Random) {
    this.#random = random;
    this.manner = random.uniform() < 0.5 ? "prompt" : "polling";
    this.#phaseMs = random.between(0, pollingPeriodMs);
  }

  /** Microseconds after the episode began at which a picture arrives that was ready at `readyMicros` after it. */
  arrivalMicros(readyMicros: number): number {
    const random = this.#random;
    const readyMs = readyMicros / microsPerMillisecond;
    if (random.uniform() < stallShare)
      this.#busyUntilMs = readyMs + random.between(shortestStallMs, longestStallMs);
    const seenMs = this.#seenMs(Math.max(readyMs, this.#busyUntilMs));
    this.#lastMs = Math.max(seenMs, this.#lastMs + waitingGapMs);
    return Math.round(this.#lastMs * microsPerMillisecond);
  }

  #seenMs(freeMs: number): number {
    const late = Math.abs(this.#random.normal());
    if (this.manner === "prompt") return freeMs + Math.min(promptLatestMs, promptLateMs * late);
    const looks = Math.ceil((freeMs - this.#phaseMs) / pollingPeriodMs);
    return this.#phaseMs + looks * pollingPeriodMs + Math.min(promptLatestMs, pollingLateMs * late);
  }
}
