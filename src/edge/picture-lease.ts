import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Clock } from "#core/time.ts";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";

/** Pictures go out at most this often, however fast a replay runs. */
const pictureIntervalMinMs = 60;

/** Pictures go out only while somebody watches, which has to be renewed. */
export class PictureLease {
  readonly #clock: Clock;
  #watchedUntilMs = Number.NEGATIVE_INFINITY;
  #lastPictureMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody watches for so long from now on. */
  watch(seconds: number): void {
    this.#watchedUntilMs = this.#clock.monotonicMs() + seconds * 1_000;
  }

  /** The picture as it goes out; null when it does not. */
  encode(frame: ThermalFrame): Uint8Array | null {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs >= this.#watchedUntilMs || nowMs - this.#lastPictureMs < pictureIntervalMinMs) return null;
    this.#lastPictureMs = nowMs;
    const gain = frame.telemetry?.effectiveGain ?? null;
    const ffcState = frame.telemetry?.ffcState ?? null;
    return encodeLiveFrame({ ...frame, ffcState, ...(gain === null ? {} : { gain }) });
  }
}
