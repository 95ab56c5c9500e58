import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, level } from "./hot-patch.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `HotPlate`. */
export interface HotPlateOptions {
  /** Middle of its top. */
  readonly place: Point;
  readonly radiusMetres: number;
  /** What it settles at: 80 °C keeping warm to 450 °C empty and turned right up (facts §4.8). */
  readonly setCelsius: number;
  readonly emissivity: number;
  readonly kilowatts: number;
  /** Energy regulators switch on and off over this time. */
  readonly cycleSeconds: number;
  readonly onTimes: readonly OnTime[];
  readonly ambientCelsius: number;
}

/** A cast-iron or glass-ceramic plate (assumed). */
const warmingSeconds = 110;
const coolingSeconds = 620;
/** How far the plate swings with its regulator, as a share of its excess; and its share of time switched on. */
const rippleShare = 0.06;
const dutyShare = 0.6;
const rimShare = 0.75;

/** One plate of an electric stove. */
export class HotPlate implements SceneThing {
  readonly place: Point;
  readonly #options: HotPlateOptions;
  readonly #iron: WarmingBody;
  #kilowatts = 0;

  constructor(options: HotPlateOptions) {
    this.place = options.place;
    this.#options = options;
    this.#iron = new WarmingBody({ celsius: options.ambientCelsius, warmingSeconds, coolingSeconds });
    this.#iron.step(onBefore(options.onTimes), options.setCelsius);
  }

  /** Temperature of its middle now. */
  get celsius(): number {
    return this.#iron.celsius;
  }

  /** Heat that it gives off, to the pan on it or to the air. */
  get kilowatts(): number {
    return this.#kilowatts;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { onTimes, setCelsius, ambientCelsius, cycleSeconds, kilowatts } = this.#options;
    const on = onTimeAt(onTimes, at.seconds) !== null;
    const heating = at.seconds % cycleSeconds < dutyShare * cycleSeconds ? 1 : -1;
    const ripple = 1 + rippleShare * heating;
    this.#iron.step(
      stepSeconds,
      on ? ambientCelsius + ripple * (setCelsius - ambientCelsius) : ambientCelsius,
    );
    const excess = (this.#iron.celsius - ambientCelsius) / (setCelsius - ambientCelsius);
    this.#kilowatts = kilowatts * Math.max(0, excess);
  }

  releases(): readonly AirRelease[] {
    const { place, radiusMetres } = this.#options;
    const source = { place, diameterMetres: 2 * radiusMetres, kilowatts: this.#kilowatts };
    return [dryHeatRelease({ ...source, radiativeFraction: 0.4 })];
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, radiusMetres, emissivity, ambientCelsius } = this.#options;
    const look = { emissivity, surroundingsCelsius: view.air.lowerCelsius };
    const middle = apparentRadiance({ ...look, celsius: this.#iron.celsius });
    const excess = rimShare * (this.#iron.celsius - ambientCelsius);
    const rim = apparentRadiance({ ...look, celsius: ambientCelsius + excess });
    drawPatch(picture, view.camera, {
      place,
      ...level(radiusMetres, radiusMetres),
      outline: "ellipse",
      radianceAt: (u, v) => middle + (rim - middle) * Math.min(1, u * u + v * v),
    });
  }
}
