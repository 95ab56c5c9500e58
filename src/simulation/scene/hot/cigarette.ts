import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { combustionRelease } from "./heat-source-release.ts";
import { drawSpeck, sumOf } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `Cigarette`. */
export interface CigaretteOptions {
  /** Where the hand that holds it is; null while it is not in view. */
  readonly handAt: (seconds: number) => Point | null;
  readonly burning: readonly OnTime[];
  readonly puffs: readonly OnTime[];
  /** Coal at rest and during a puff: 400 to 600 °C as the camera would see it close by (facts §4.8). */
  readonly restCelsius: number;
  readonly puffCelsius: number;
  readonly coalSquareMillimetres: number;
  readonly ambientCelsius: number;
}

const glowSeconds = 0.6;
const fadeSeconds = 2.5;
/** A gram of tobacco at 15 MJ/kg burns in five minutes (assumed). */
const kilowatts = 0.035;

/** The coal of a cigarette in a moving hand: far smaller than a pixel, brighter with every puff. */
export class Cigarette implements SceneThing {
  readonly #options: CigaretteOptions;
  readonly #coal: WarmingBody;
  #place: Point;
  #lit = false;

  constructor(options: CigaretteOptions) {
    this.#options = options;
    this.#coal = new WarmingBody({
      celsius: options.ambientCelsius,
      warmingSeconds: glowSeconds,
      coolingSeconds: fadeSeconds,
    });
    this.#place = options.handAt(0) ?? { x: 0, y: 1, z: 1 };
  }

  /** A little before the one who smokes it. */
  get place(): Point {
    return sumOf(this.#place, { x: 0, y: 0, z: -0.3 });
  }

  /** Temperature of the coal now. */
  get coalCelsius(): number {
    return this.#coal.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { handAt, burning, puffs, restCelsius, puffCelsius, ambientCelsius } = this.#options;
    this.#lit = onTimeAt(burning, at.seconds) !== null;
    this.#place = handAt(at.seconds) ?? this.#place;
    const glow = onTimeAt(puffs, at.seconds) === null ? restCelsius : puffCelsius;
    this.#coal.step(stepSeconds, this.#lit ? glow : ambientCelsius);
  }

  releases(): readonly AirRelease[] {
    if (!this.#lit) return [];
    const source = { place: this.#place, diameterMetres: 0.02, kilowatts, radiativeFraction: 0.3 };
    return [combustionRelease({ ...source, fuel: "tobacco", indoorShare: 1 })];
  }

  draw(picture: Picture, view: SceneView): void {
    const hand = this.#options.handAt(view.seconds);
    if (hand === null || !this.#lit) return;
    const at = view.camera.project(sumOf(hand, { x: 0.03, y: 0.02, z: -0.06 }));
    if (at === null) return;
    const pixels = Math.min(1, 1e-6 * this.#options.coalSquareMillimetres * at.scale * at.scale);
    drawSpeck(picture, at, { pixels, radiance: celsiusToRadiance(this.#coal.celsius) });
  }
}
