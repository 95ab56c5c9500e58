import { drawCup } from "../hot-drink.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneThing, SceneView } from "../scene-thing.ts";

/** A cup with a hot drink that stands on a table and cools, and may be filled again and again. */
export class StandingCup implements SceneThing {
  readonly place: Point;
  readonly #pouredAtSeconds: number;
  readonly #everySeconds: number;
  readonly #roomCelsius: number;

  /** The drink may have been poured before the episode began. */
  constructor(options: {
    readonly place: Point;
    readonly pouredAtSeconds: number;
    /** How long after it is filled it is so again; never where nothing is given. */
    readonly everySeconds?: number;
    readonly roomCelsius: number;
  }) {
    this.place = options.place;
    this.#pouredAtSeconds = options.pouredAtSeconds;
    this.#everySeconds = options.everySeconds ?? Number.POSITIVE_INFINITY;
    this.#roomCelsius = options.roomCelsius;
  }

  step(): void {
    // A cup only cools, which follows from the time.
  }

  releases(): readonly [] {
    return [];
  }

  draw(picture: Picture, view: SceneView): void {
    const sinceSeconds = view.seconds - this.#pouredAtSeconds;
    if (sinceSeconds >= 0)
      drawCup(picture, {
        camera: view.camera,
        place: this.place,
        ageSeconds: sinceSeconds % this.#everySeconds,
        roomCelsius: this.#roomCelsius,
      });
  }
}
