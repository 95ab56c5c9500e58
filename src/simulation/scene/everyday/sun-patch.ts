import { PerStill } from "../per-still.ts";
import type { Point } from "../pinhole-camera.ts";
import type { RoomSpace } from "../room-layout.ts";
import type { SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { castRay } from "../surface-casting.ts";

/** An opening that the sun shines through: on the plane of a wall, perhaps with the slats of a blind in it. */
export interface SunOpening {
  /** The wall: where along its axis it lies, and the opening's extents along the wall and up. */
  readonly axis: "x" | "z";
  readonly at: number;
  readonly along: readonly [number, number];
  readonly up: readonly [number, number];
  /** Distance of the slats of a blind and the share of it that lets light through; null without one. */
  readonly blind: { readonly slatMetres: number; readonly openShare: number } | null;
}

/** Options of `SunPatch`. */
export interface SunPatchOptions {
  readonly room: RoomSpace;
  readonly opening: SunOpening;
  /** From the room towards the sun when the episode begins: bearing from the z axis and height over the horizon. */
  readonly bearingDegrees: number;
  readonly elevationDegrees: number;
  /** Warming of the floor in the sun in the end, in kelvin (facts §4.8: 5 to 25), and the most that anything else warms. */
  readonly fullKelvin: number;
  /** How fast a floor warms and cools. */
  readonly warmingSeconds: number;
  /** Share of the direct sun that clouds let through at a time, 0 to 1. */
  readonly skyAt: (seconds: number) => number;
}

/** The sun moves 15° an hour (facts §4.8). */
const bearingDegreesPerSecond = 15 / 3600;
/** Where the light falls is found anew this often. */
const refreshSeconds = 30;
const degrees = Math.PI / 180;
/** A sun lower than this warms the floor less. */
const leastFloorFacing = 0.15;

interface Patch {
  /** Picture points that have been in the sun, how much of the warming it gives each now, and their warmth in kelvin. */
  readonly direct: Float32Array;
  readonly kelvin: Float32Array;
  readonly touched: Int32Array;
  touchedCount: number;
  readonly isTouched: Uint8Array;
  refreshedAtSeconds: number;
  warmedAtSeconds: number;
}

/**
 * Sun that falls through a window onto floor and furniture and moves on. What it has left stays warm for a while, so
 * that the patch trails.
 */
export class SunPatch implements SceneThing {
  readonly place: Point;
  readonly #options: SunPatchOptions;
  readonly #patch: PerStill<Patch>;
  #seconds = 0;

  constructor(options: SunPatchOptions) {
    this.#options = options;
    const { axis, at, along, up } = options.opening;
    const middle = (along[0] + along[1]) / 2;
    const y = (up[0] + up[1]) / 2;
    this.place = axis === "x" ? { x: at, y, z: middle } : { x: middle, y, z: at };
    this.#patch = new PerStill((still) => this.#begin(still));
  }

  step(_stepSeconds: number, at: Pick<SceneView, "seconds">): void {
    this.#seconds = at.seconds;
  }

  releases(): readonly [] {
    return [];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    const patch = this.#patch.of(still);
    if (this.#seconds - patch.refreshedAtSeconds >= refreshSeconds) this.#refresh(still, patch);
    const { skyAt, fullKelvin, warmingSeconds } = this.#options;
    const gone = this.#seconds - patch.warmedAtSeconds;
    const share = -Math.expm1(-gone / warmingSeconds);
    const full = fullKelvin * skyAt(this.#seconds);
    patch.warmedAtSeconds = this.#seconds;
    for (let k = 0; k < patch.touchedCount; k += 1) {
      const i = patch.touched[k]!;
      const kelvin = patch.kelvin[i]! + share * (full * patch.direct[i]! - patch.kelvin[i]!);
      patch.kelvin[i] = kelvin;
      excessKelvin[i] = excessKelvin[i]! + kelvin;
    }
  }

  /** When an episode begins, or the camera has moved, the patch is as warm as it gets in a quarter of an hour. */
  #begin(still: StillScene): Patch {
    const count = still.celsius.length;
    const patch: Patch = {
      direct: new Float32Array(count),
      kelvin: new Float32Array(count),
      touched: new Int32Array(count),
      touchedCount: 0,
      isTouched: new Uint8Array(count),
      refreshedAtSeconds: this.#seconds,
      warmedAtSeconds: this.#seconds,
    };
    this.#refresh(still, patch);
    const full = this.#options.fullKelvin * this.#options.skyAt(this.#seconds);
    const share = -Math.expm1(-900 / this.#options.warmingSeconds);
    for (let i = 0; i < count; i += 1) patch.kelvin[i] = share * full * patch.direct[i]!;
    return patch;
  }

  #refresh(still: StillScene, patch: Patch): void {
    patch.refreshedAtSeconds = this.#seconds;
    const sun = this.#towardsSun();
    const floorFacing = Math.max(leastFloorFacing, sun.y);
    for (let i = 0; i < patch.direct.length; i += 1) {
      const facing =
        sun.x * still.normals[3 * i]! + sun.y * still.normals[3 * i + 1]! + sun.z * still.normals[3 * i + 2]!;
      const direct = facing > 0 && this.#isLit(still, i, sun) ? Math.min(1, facing / floorFacing) : 0;
      patch.direct[i] = direct;
      if (direct === 0 || patch.isTouched[i] === 1) continue;
      patch.isTouched[i] = 1;
      patch.touched[patch.touchedCount] = i;
      patch.touchedCount += 1;
    }
  }

  #towardsSun(): Point {
    const bearing = (this.#options.bearingDegrees + bearingDegreesPerSecond * this.#seconds) * degrees;
    const elevation = this.#options.elevationDegrees * degrees;
    return {
      x: Math.cos(elevation) * Math.sin(bearing),
      y: Math.sin(elevation),
      z: Math.cos(elevation) * Math.cos(bearing),
    };
  }

  #isLit(still: StillScene, i: number, sun: Point): boolean {
    const { axis, at, along, up, blind } = this.#options.opening;
    const from = { x: still.places[3 * i]!, y: still.places[3 * i + 1]!, z: still.places[3 * i + 2]! };
    const distance = (at - from[axis]) / sun[axis];
    if (!(distance > 0.02)) return false;
    const high = from.y + distance * sun.y;
    const sideways = axis === "x" ? from.z + distance * sun.z : from.x + distance * sun.x;
    if (high < up[0] || high > up[1] || sideways < along[0] || sideways > along[1]) return false;
    if (blind !== null && (high / blind.slatMetres) % 1 > blind.openShare) return false;
    const hit = castRay(this.#options.room, { from, ray: sun });
    return hit.surface < 0 || hit.distance > distance - 0.2;
  }
}
