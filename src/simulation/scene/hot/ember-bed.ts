import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import { correlatedTile } from "../correlated-tile.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneView } from "../scene-thing.ts";
import { drawPatch, level, upright } from "./hot-patch.ts";

/** Options of `EmberBed`. Lengths in metres. */
export interface EmberBedOptions {
  readonly place: Point;
  readonly halfWidth: number;
  /** Half its depth when it lies, half its height when it is a stack of logs seen from the front. */
  readonly halfOther: number;
  readonly lies: "flat" | "stacked";
  readonly random: Random;
}

const cells = 16;
const smoothingCells = 1.3;
/** Coals lie under ash in places: their temperature varies by this share of the excess (assumed). */
const patchiness = 0.28;
const leastShare = 0.2;
const mostShare = 1.25;
/** Embers brighten and dim as draughts pass (assumed). */
const breathSeconds = 5.3;
const breathShare = 0.05;

/** Glowing coals or logs: patches of another temperature each, that brighten and dim. */
export class EmberBed {
  readonly #options: EmberBedOptions;
  readonly #patches: Float32Array;

  constructor(options: EmberBedOptions) {
    this.#options = options;
    this.#patches = correlatedTile({
      width: cells,
      height: cells,
      smoothingPixels: smoothingCells,
      random: options.random,
    });
  }

  /** Draws it; `celsius` is its mean, from the ambient when cold. */
  draw(picture: Picture, view: SceneView, celsius: number): void {
    const { place, halfWidth, halfOther, lies } = this.#options;
    const air = view.air.lowerCelsius;
    const excess = celsius - air;
    const breath = 1 + breathShare * Math.sin((2 * Math.PI * view.seconds) / breathSeconds);
    const axes = lies === "flat" ? level(halfWidth, halfOther) : upright(halfWidth, halfOther);
    drawPatch(picture, view.camera, {
      place,
      ...axes,
      outline: lies === "flat" ? "rectangle" : "ellipse",
      radianceAt: (u, v) => {
        const column = Math.min(cells - 1, Math.floor((0.5 + 0.5 * u) * cells));
        const row = Math.min(cells - 1, Math.floor((0.5 + 0.5 * v) * cells));
        const patch = 1 + patchiness * this.#patches[row * cells + column]!;
        return celsiusToRadiance(air + excess * breath * Math.min(mostShare, Math.max(leastShare, patch)));
      },
    });
  }
}
