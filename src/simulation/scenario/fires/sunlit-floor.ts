import type { Point } from "../../scene/pinhole-camera.ts";
import type { AirRelease, SceneThing } from "../../scene/scene-thing.ts";
import type { StillScene } from "../../scene/still-scene.ts";

/** Options of `SunlitFloor`. */
export interface SunlitFloorOptions {
  readonly middle: Point;
  readonly widthMetres: number;
  readonly depthMetres: number;
  /** Metres sideways per metre of depth. */
  readonly slant: number;
  readonly excessKelvin: number;
  /** How fast it moves to the right. */
  readonly metresPerSecond: number;
}

/** Edges are blurred by the sun's own width and the floor's conduction over this length. */
const edgeMetres = 0.06;

/** A patch of floor, and of what stands low on it, that the sun shines on through a window. */
export class SunlitFloor implements SceneThing {
  readonly place: Point;
  readonly #options: SunlitFloorOptions;
  #moved = 0;

  constructor(options: SunlitFloorOptions) {
    this.place = options.middle;
    this.#options = options;
  }

  step(stepSeconds: number): void {
    this.#moved += stepSeconds * this.#options.metresPerSecond;
  }

  releases(): readonly AirRelease[] {
    return [];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    const { middle, widthMetres, depthMetres, slant } = this.#options;
    const { places, normals } = still;
    for (let i = 0; i < excessKelvin.length; i += 1) {
      // The sun shines from above: floor and tops of low things.
      if (normals[3 * i + 1]! < 0.5 || places[3 * i + 1]! > 0.6) continue;
      const z = places[3 * i + 2]! - middle.z;
      const x = places[3 * i]! - middle.x - this.#moved - slant * z;
      const inside = Math.min(widthMetres / 2 - Math.abs(x), depthMetres / 2 - Math.abs(z));
      if (inside <= 0) continue;
      const share = Math.min(1, inside / edgeMetres);
      excessKelvin[i] = excessKelvin[i]! + share * this.#options.excessKelvin;
    }
  }
}
