import type { RoomOpening } from "../air-exchange.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import { PerStill } from "../per-still.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { pointsWithin } from "./points-within.ts";

/** Options of `OpenDoor`. */
export interface OpenDoorOptions {
  /** Corners of the door's box in the wall. */
  readonly low: Point;
  readonly high: Point;
  readonly opensAtSeconds: number;
  readonly staysOpenSeconds: number;
  readonly insideCelsius: number;
  readonly outsideCelsius: number;
  /** How long the leaf or the gate takes. */
  readonly movingSeconds: number;
}

/** Outside, what is high is colder than what is low: ground to sky (assumed, overcast). */
const outsideFallKelvin = 3;
/** The floor before the door follows the air that comes in so fast, so far, and by this share (assumed). */
const floorCoolingSeconds = 45;
const floorReachMetres = 1.3;
const floorShare = 0.35;
const doorReachMetres = 4;

/**
 * A door or gate that is opened to the weather for a while: shows the outside, exchanges the room's air with it, and cools
 * or warms the floor before it.
 */
export class OpenDoor implements SceneThing {
  readonly place: Point;
  readonly #options: OpenDoorOptions;
  readonly #floor: PerStill<readonly { readonly index: number; readonly share: number }[]>;
  readonly #points: PerStill<ReturnType<typeof pointsWithin>>;
  readonly #wide: "acrossX" | "acrossZ";
  #floorKelvin = 0;
  #openNow = 0;

  constructor(options: OpenDoorOptions) {
    const { low, high } = options;
    this.#options = options;
    this.place = { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2, z: (low.z + high.z) / 2 };
    this.#wide = high.x - low.x > high.z - low.z ? "acrossX" : "acrossZ";
    this.#points = new PerStill((still) => pointsWithin(still, options));
    this.#floor = new PerStill((still) => floorBefore(still, this.place));
  }

  step(stepSeconds: number, at: { readonly seconds: number }): void {
    const { insideCelsius, outsideCelsius } = this.#options;
    this.#openNow = this.#openShare(at.seconds);
    const target = this.#openNow * floorShare * (outsideCelsius - insideCelsius);
    this.#floorKelvin += (target - this.#floorKelvin) * -Math.expm1(-stepSeconds / floorCoolingSeconds);
  }

  releases(): readonly [] {
    return [];
  }

  exchanges(): readonly RoomOpening[] {
    if (this.#openNow === 0) return [];
    const { low, high, outsideCelsius } = this.#options;
    const widthMetres = this.#openNow * Math.max(high.x - low.x, high.z - low.z);
    return [{ kind: "opening", widthMetres, sillMetres: low.y, soffitMetres: high.y, outsideCelsius }];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    if (Math.abs(this.#floorKelvin) < 0.01) return;
    for (const { index, share } of this.#floor.of(still))
      excessKelvin[index] = excessKelvin[index]! + share * this.#floorKelvin;
  }

  draw(picture: Picture, view: SceneView): void {
    const open = this.#openShare(view.seconds);
    if (open === 0) return;
    const { radiance } = picture;
    for (const point of this.#points.of(view.still)) {
      if (point[this.#wide] > open) continue;
      radiance[point.index] = celsiusToRadiance(
        this.#options.outsideCelsius + outsideFallKelvin * (0.5 - point.up),
      );
    }
  }

  #openShare(seconds: number): number {
    const { opensAtSeconds, staysOpenSeconds, movingSeconds } = this.#options;
    const opening = (seconds - opensAtSeconds) / movingSeconds;
    const closing = (opensAtSeconds + staysOpenSeconds + movingSeconds - seconds) / movingSeconds;
    return Math.max(0, Math.min(1, opening, closing));
  }
}

function floorBefore(
  still: StillScene,
  door: Point,
): readonly { readonly index: number; readonly share: number }[] {
  const found: { index: number; share: number }[] = [];
  for (let index = 0; index < still.celsius.length; index += 1) {
    if (still.places[3 * index + 1]! > 0.05) continue;
    const distance = Math.hypot(still.places[3 * index]! - door.x, still.places[3 * index + 2]! - door.z);
    if (distance < doorReachMetres) found.push({ index, share: Math.exp(-distance / floorReachMetres) });
  }
  return found;
}
