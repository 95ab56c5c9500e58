import { PerStill } from "../per-still.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease, SceneThing } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { type BoxShare, type PointOfBox, pointsWithin } from "./points-within.ts";

/** Options of `WarmedBox`. */
export interface WarmedBoxOptions {
  /** Corners of the box among what stands still; everything within it is warmed. */
  readonly low: Point;
  readonly high: Point;
  /** How much warmer than at the start it is at a time, at a place on it, in kelvin. */
  readonly kelvinAt: (seconds: number, share: BoxShare) => number;
  readonly releaseAt?: (seconds: number) => AirRelease;
}

/** Something that stands still and changes its warmth: a radiator, a motor, a wall washed by warm air. */
export class WarmedBox implements SceneThing {
  readonly place: Point;
  readonly #options: WarmedBoxOptions;
  readonly #points: PerStill<readonly PointOfBox[]>;
  #seconds = 0;

  constructor(options: WarmedBoxOptions) {
    const { low, high } = options;
    this.#options = options;
    this.place = { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2, z: (low.z + high.z) / 2 };
    this.#points = new PerStill((still) => pointsWithin(still, options));
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#seconds = at.seconds;
  }

  releases(): readonly AirRelease[] {
    const { releaseAt } = this.#options;
    return releaseAt === undefined ? [] : [releaseAt(this.#seconds)];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    const { kelvinAt } = this.#options;
    for (const point of this.#points.of(still))
      excessKelvin[point.index] = excessKelvin[point.index]! + kelvinAt(this.#seconds, point);
  }
}
