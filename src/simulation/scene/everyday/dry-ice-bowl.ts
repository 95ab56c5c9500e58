import type { Random } from "#core/random.ts";
import { airRelease } from "../air-release.ts";
import { PerStill } from "../per-still.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { VapourPuffs } from "../vapour-puffs.ts";
import { pointsWithin } from "./points-within.ts";

/** Options of `DryIceBowl`. */
export interface DryIceBowlOptions {
  /** Corners of the container's box. */
  readonly low: Point;
  readonly high: Point;
  /** When the ice comes in; before, the container stands there empty. */
  readonly atSeconds: number;
  readonly roomCelsius: number;
  /** How fast it sublimes. */
  readonly co2KilogramsPerSecond: number;
  /** Puffs of fog a second: many with warm water, few without. */
  readonly fogPuffsPerSecond: number;
  readonly random: Random;
}

/** Dry ice is at −78 °C; its rime looks warmer (assumed). */
const rimeCelsius = [-55, -35] as const;
const fogBelowRoomKelvin = 22;
/** The container's wall takes this long to follow, by this share (foam, assumed). */
const wallSeconds = 240;
const wallShare = 0.12;
const topShare = 0.9;

/** A container of dry ice: very cold inside, with cold fog that falls over its rim and spreads over the floor. */
export class DryIceBowl implements SceneThing {
  readonly place: Point;
  readonly #options: DryIceBowlOptions;
  readonly #rime: number;
  readonly #fog: VapourPuffs;
  readonly #points: PerStill<ReturnType<typeof pointsWithin>>;
  #seconds = 0;

  constructor(options: DryIceBowlOptions) {
    const { low, high, random } = options;
    this.#options = options;
    this.#rime = random.between(...rimeCelsius);
    this.place = { x: (low.x + high.x) / 2, y: high.y, z: (low.z + high.z) / 2 };
    this.#points = new PerStill((still) => pointsWithin(still, options));
    this.#fog = new VapourPuffs(
      {
        drift: { x: 0, y: -0.35, z: 0 },
        wanderMetresPerSecond: 0.22,
        floorY: 0.06,
        startRadiusMetres: 0.12,
        growthMetresPerSecond: 0.07,
        lifeSeconds: 5,
        opacity: 0.6,
      },
      random,
    );
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    this.#seconds = at.seconds;
    this.#fog.step(stepSeconds, {
      place: this.place,
      puffsPerSecond: this.#isIn ? this.#options.fogPuffsPerSecond : 0,
      celsius: this.#options.roomCelsius - fogBelowRoomKelvin,
      airCelsius: at.air.lowerCelsius,
    });
  }

  releases(): readonly AirRelease[] {
    if (!this.#isIn) return [];
    const { co2KilogramsPerSecond } = this.#options;
    return [airRelease({ place: this.place, diameterMetres: 0.3, co2KilogramsPerSecond })];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    if (!this.#isIn) return;
    const { roomCelsius, atSeconds } = this.#options;
    const full = this.#rime - roomCelsius;
    const wall = wallShare * full * -Math.expm1(-(this.#seconds - atSeconds) / wallSeconds);
    for (const { index, up } of this.#points.of(still))
      excessKelvin[index] = excessKelvin[index]! + (up > topShare ? full : wall);
  }

  draw(picture: Picture, view: SceneView): void {
    this.#fog.draw(picture, view.camera);
  }

  get #isIn(): boolean {
    return this.#seconds >= this.#options.atSeconds;
  }
}
