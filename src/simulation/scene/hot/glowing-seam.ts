import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { PinholeCamera, Point } from "../pinhole-camera.ts";
import { drawSpeck } from "./hot-patch.ts";

/** A piece of the seam: where it is and when it was molten. */
interface SeamPiece {
  readonly place: Point;
  readonly madeSeconds: number;
}

/** The oldest pieces are forgotten: they have cooled. */
const piecesMax = 40;
/** Steel that has just frozen, or the edge of a cut, cools first by conduction into the plate (assumed). */
const freshCelsius = 1250;
const quickShare = 0.75;
const quickSeconds = 5;
const slowSeconds = 60;
const emissivity = 0.8;

/** What a welder or cutter leaves behind: a line of steel that glows and cools. */
export class GlowingSeam {
  readonly #widthMetres: number;
  readonly #spacingMetres: number;
  readonly #ambientCelsius: number;
  readonly #pieces: SeamPiece[] = [];

  constructor(options: {
    readonly widthMetres: number;
    readonly spacingMetres: number;
    readonly ambientCelsius: number;
  }) {
    this.#widthMetres = options.widthMetres;
    this.#spacingMetres = options.spacingMetres;
    this.#ambientCelsius = options.ambientCelsius;
  }

  /** Temperature of a piece at an age. */
  celsiusAt(ageSeconds: number): number {
    const quick = quickShare * Math.exp(-ageSeconds / quickSeconds);
    const slow = (1 - quickShare) * Math.exp(-ageSeconds / slowSeconds);
    return this.#ambientCelsius + (freshCelsius - this.#ambientCelsius) * (quick + slow);
  }

  /** Goes on to a place that is molten now. */
  reach(place: Point, seconds: number): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined) {
      const moved = Math.hypot(place.x - last.place.x, place.y - last.place.y, place.z - last.place.z);
      if (moved < this.#spacingMetres) return;
    }
    this.#pieces.push({ place, madeSeconds: seconds });
    if (this.#pieces.length > piecesMax) this.#pieces.shift();
  }

  /** Draws it at a time. */
  draw(picture: Picture, camera: PinholeCamera, seconds: number): void {
    const area = emissivity * this.#widthMetres * this.#spacingMetres;
    for (const { place, madeSeconds } of this.#pieces) {
      const at = camera.project(place);
      if (at === null) continue;
      const radiance = celsiusToRadiance(this.celsiusAt(Math.max(0, seconds - madeSeconds)));
      drawSpeck(picture, at, { pixels: Math.min(1, area * at.scale * at.scale), radiance });
    }
  }
}
