import { airRelease } from "../air-release.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease, SceneThing } from "../scene-thing.ts";

/** Carbon dioxide that leaks from a cylinder or a pipe: nothing to be seen, only the air changes. */
export class GasLeak implements SceneThing {
  readonly place: Point;
  readonly #fromSeconds: number;
  readonly #untilSeconds: number;
  readonly #co2KilogramsPerSecond: number;
  #seconds = 0;

  constructor(options: {
    readonly place: Point;
    readonly fromSeconds: number;
    readonly untilSeconds: number;
    readonly co2KilogramsPerSecond: number;
  }) {
    this.place = options.place;
    this.#fromSeconds = options.fromSeconds;
    this.#untilSeconds = options.untilSeconds;
    this.#co2KilogramsPerSecond = options.co2KilogramsPerSecond;
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#seconds = at.seconds;
  }

  releases(): readonly AirRelease[] {
    if (this.#seconds < this.#fromSeconds || this.#seconds > this.#untilSeconds) return [];
    const co2KilogramsPerSecond = this.#co2KilogramsPerSecond;
    return [airRelease({ place: this.place, diameterMetres: 0.05, co2KilogramsPerSecond })];
  }
}
