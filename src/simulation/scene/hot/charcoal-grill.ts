import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { EmberBed } from "./ember-bed.ts";
import { greaseFlame, HearthFlame, type HearthFlameSize } from "./hearth-flame.ts";
import { combustionRelease } from "./heat-source-release.ts";
import { drawPatch, level, sumOf } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";

/** Options of `CharcoalGrill`. Lengths in metres. */
export interface CharcoalGrillOptions {
  /** Middle of its grate. */
  readonly place: Point;
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly coalCelsius: number;
  readonly kilowatts: number;
  /** Fat that drips and flares up. */
  readonly flares: readonly OnTime[];
  readonly flareKilowatts: number;
  /** Pieces of meat on the grate, which hide the coals. */
  readonly pieces: number;
  readonly indoorShare: number;
  readonly random: Random;
}

const meatCelsius = 72;
const meatHalfMetres = 0.05;
const flareMetres = 0.12;
const flareHighestMetres = 0.45;
const flareGrowSeconds = 0.8;
const radiativeFraction = 0.4;

/** A charcoal grill that has been lit for a while: glowing coals, meat on the grate, flames when fat drips. */
export class CharcoalGrill implements SceneThing {
  readonly place: Point;
  readonly #options: CharcoalGrillOptions;
  readonly #coals: EmberBed;
  readonly #flame: HearthFlame;
  readonly #meat: readonly Point[];
  #seconds = 0;
  #flare: { readonly base: Point; readonly size: HearthFlameSize } | null = null;

  constructor(options: CharcoalGrillOptions) {
    const { place, halfWidth, halfDepth, random } = options;
    this.place = place;
    this.#options = options;
    this.#coals = new EmberBed({ place, halfWidth, halfOther: halfDepth, lies: "flat", random });
    this.#flame = new HearthFlame(random, greaseFlame);
    this.#meat = Array.from({ length: options.pieces }, () =>
      sumOf(place, {
        x: 0.75 * halfWidth * random.between(-1, 1),
        y: 0.02,
        z: 0.7 * halfDepth * random.between(-1, 1),
      }),
    );
  }

  /** True while fat burns with a flame. */
  get flaring(): boolean {
    return this.#flare !== null;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { flares, flareKilowatts, halfWidth, place } = this.#options;
    this.#seconds = at.seconds;
    const flare = onTimeAt(flares, at.seconds);
    if (flare === null) {
      this.#flare = null;
      return;
    }
    const grown = -Math.expm1((flare.fromSeconds - at.seconds) / flareGrowSeconds);
    // Each flare has its own place, told by when it began.
    const aside = 0.5 * halfWidth * Math.sin(7 * flare.fromSeconds);
    const size = {
      kilowatts: Math.max(0.05, grown * flareKilowatts),
      diameterMetres: flareMetres,
      highestMetres: flareHighestMetres,
    };
    this.#flare = { base: sumOf(place, { x: aside, y: 0.03, z: 0 }), size };
    this.#flame.step(stepSeconds, size);
  }

  releases(): readonly AirRelease[] {
    const { halfWidth, kilowatts, indoorShare } = this.#options;
    const source = { place: this.place, diameterMetres: 2 * halfWidth, radiativeFraction, indoorShare };
    const coals = combustionRelease({ ...source, kilowatts, fuel: "charcoal" });
    if (this.#flare === null) return [coals];
    const fat = { ...source, place: this.#flare.base, kilowatts: this.#flare.size.kilowatts };
    return [coals, combustionRelease({ ...fat, fuel: "wax" })];
  }

  draw(picture: Picture, view: SceneView): void {
    this.#coals.draw(picture, view, this.#options.coalCelsius);
    const meat = celsiusToRadiance(meatCelsius);
    for (const place of this.#meat)
      drawPatch(picture, view.camera, {
        place,
        ...level(meatHalfMetres, 0.7 * meatHalfMetres),
        outline: "ellipse",
        radianceAt: () => meat,
      });
    if (this.#flare !== null)
      this.#flame.draw(picture, view, {
        ...this.#flare,
        secondsAfterStep: view.seconds - this.#seconds,
        lean: 0,
      });
  }
}
