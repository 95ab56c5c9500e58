import { drawCup } from "../hot-drink.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneThing, SceneView } from "../scene-thing.ts";

/** A cup with a hot drink that stands on a table and cools. */
export class StandingCup implements SceneThing {
  readonly place: Point;
  readonly #pouredAtSeconds: number;
  readonly #roomCelsius: number;

  /** The drink may have been poured before the episode began. */
  constructor(options: {
    readonly place: Point;
    readonly pouredAtSeconds: number;
    readonly roomCelsius: number;
  }) {
    this.place = options.place;
    this.#pouredAtSeconds = options.pouredAtSeconds;
    this.#roomCelsius = options.roomCelsius;
  }

  step(): void {
    // A cup only cools, which follows from the time.
  }

  releases(): readonly [] {
    return [];
  }

  draw(picture: Picture, view: SceneView): void {
    const ageSeconds = view.seconds - this.#pouredAtSeconds;
    if (ageSeconds >= 0)
      drawCup(picture, {
        camera: view.camera,
        place: this.place,
        ageSeconds,
        roomCelsius: this.#roomCelsius,
      });
  }
}
