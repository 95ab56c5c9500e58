import { assert } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { ThermalCamera, ThermalCameraListener } from "#sensors/thermal-camera.ts";
import { frameArrivalMs, leptonFramesPerSecond } from "./devices/frame-timing.ts";
import type { EmulatedRoom } from "./emulated-room.ts";

/** Options of `EmulatedCamera`. */
export interface EmulatedCameraOptions {
  readonly room: EmulatedRoom;
  readonly clock: Clock;
  /** For the unevenness of the frames' arrival. */
  readonly seed: number;
}

/**
 * A Lepton 3.5 that looks into an emulated room: 8.7 pictures a second on an exact grid, each a little late. When the
 * program was busy, the pictures it missed are gone, as with a real camera; they never come in a burst.
 */
export class EmulatedCamera implements ThermalCamera {
  readonly #room: EmulatedRoom;
  readonly #clock: Clock;
  readonly #random: Random;
  #cancel: Cancel | null = null;
  #started = false;
  #startedAtMs = 0;
  #index = 0;

  constructor(options: EmulatedCameraOptions) {
    this.#room = options.room;
    this.#clock = options.clock;
    this.#random = new Random(options.seed);
  }

  async start(listener: ThermalCameraListener): Promise<void> {
    assert(!this.#started, "an emulated camera is started once");
    this.#started = true;
    this.#startedAtMs = this.#clock.monotonicMs();
    this.#schedule(listener);
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(listener: ThermalCameraListener): void {
    const passedMs = this.#clock.monotonicMs() - this.#startedAtMs;
    this.#index = Math.max(this.#index + 1, Math.ceil((passedMs * leptonFramesPerSecond) / 1000));
    const delayMs = Math.max(0, frameArrivalMs(this.#index, this.#random) - passedMs);
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#schedule(listener);
      listener.onFrame(this.#room.frameAt(this.#clock.nowMicros()));
    });
  }
}
