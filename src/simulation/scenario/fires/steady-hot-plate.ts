import { paintHotDisc } from "../../fire/hot-disc.ts";
import type { Picture } from "../../scene/picture.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { AirRelease, SceneThing, SceneView } from "../../scene/scene-thing.ts";

/** Options of `SteadyHotPlate`. */
export interface SteadyHotPlateOptions {
  readonly place: Point;
  readonly diameterMetres: number;
  readonly celsius: number;
  readonly emissivity: number;
}

/** A plate regulator's cycle: on and off within half a minute, by so much of its excess (assumed). */
const cycleSeconds = 32;
const rippleShare = 0.05;
/** Loss of a hot plate to the room per area and kelvin, kW·m⁻²·K⁻¹. */
const lossKilowatts = 0.03;

/** A stove plate that has been on for long. */
export class SteadyHotPlate implements SceneThing {
  readonly place: Point;
  readonly #options: SteadyHotPlateOptions;
  #seconds = 0;

  constructor(options: SteadyHotPlateOptions) {
    this.place = options.place;
    this.#options = options;
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#seconds = at.seconds;
  }

  releases(): readonly AirRelease[] {
    const { place, diameterMetres, celsius } = this.#options;
    const area = (Math.PI * diameterMetres ** 2) / 4;
    return [
      {
        place,
        diameterMetres,
        heatKilowatts: lossKilowatts * area * celsius,
        radiativeFraction: 0.5,
        co2KilogramsPerSecond: 0,
        coKilogramsPerSecond: 0,
        sootKilogramsPerSecond: 0,
        waterKilogramsPerSecond: 0,
      },
    ];
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, diameterMetres, celsius, emissivity } = this.#options;
    const ambientCelsius = view.air.ambientCelsius;
    const ripple = 1 + rippleShare * Math.sin((2 * Math.PI * this.#seconds) / cycleSeconds);
    paintHotDisc(picture, view.camera, {
      place,
      facing: { x: 0, y: 1, z: 0 },
      radiusMetres: diameterMetres / 2,
      evenShare: 0.85,
      excessKelvin: ripple * Math.max(0, celsius - ambientCelsius),
      ambientCelsius,
      emissivity,
    });
  }
}
