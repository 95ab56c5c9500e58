import { BackgroundModel } from "./background-model.ts";
import type { RegionObservation } from "./feature-second.ts";

/** The learnt background, saved so that a restart need not learn it again (and would learn a fire by doing so). */
export interface BackgroundSnapshot {
  readonly width: number;
  readonly height: number;
  /** Background of each pixel, °C. */
  readonly background: Float32Array;
  /** What commissioning found at each pixel, °C. */
  readonly commissioned: Float32Array;
}

/** How a RegionTracker is made. */
export interface RegionTrackerOptions {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 1 = masked or bad: never part of a region. Read afresh each call; its owner may change it. */
  readonly ignored: Uint8Array;
  readonly background: BackgroundSnapshot | null;
}

/** Finds hot regions against a learnt background and follows them from second to second. */
export class RegionTracker {
  readonly #background: BackgroundModel;

  constructor(options: RegionTrackerOptions) {
    this.#background = new BackgroundModel(options, options.background);
  }

  /** A valid frame, bad pixels already replaced, for the flicker. Allocates nothing. */
  addFrame(_input: { readonly atMicros: number; readonly celsius: Float32Array }): void {}

  /** A valid second: its median and its maximum picture. Answers up to four regions. */
  closeSecond(input: {
    readonly atMicros: number;
    readonly medianCelsius: Float32Array;
    readonly maxCelsius: Float32Array;
  }): readonly RegionObservation[] {
    this.#background.commission(input.medianCelsius);
    this.#background.follow(input.atMicros, input.medianCelsius);
    return [];
  }

  /** After an FFC: background and thermal histories move by the change of the frame median. */
  shiftHistory(deltaKelvin: number): void {
    this.#background.shift(deltaKelvin);
  }

  /** The background to save; null until commissioning is complete. */
  snapshot(): BackgroundSnapshot | null {
    return this.#background.snapshot();
  }
}
