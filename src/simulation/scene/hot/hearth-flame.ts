import type { Random } from "#core/random.ts";
import type { FlameMoment } from "../../fire/basket-fire.ts";
import { FlamePainter } from "../../fire/flame-painter.ts";
import { flameHeightMetres, puffingHertz } from "../../fire/plume-correlations.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneView } from "../scene-thing.ts";
import { Flicker } from "./flicker.ts";

/** How a flame of a hearth burns now. */
export interface HearthFlameSize {
  readonly kilowatts: number;
  readonly diameterMetres: number;
  /** The opening or hood above ends it. */
  readonly highestMetres: number;
}

/** A puff is this much longer than the mean flame at most, so that it stays below the opening's top. */
const longestPuff = 1.35;
const puffDepth = 0.28;
const narrowestMetres = 0.02;

/** One tongue of a wood or grease fire that burns where it belongs, drawn as all large flames are. */
export class HearthFlame {
  readonly #painter: FlamePainter;
  readonly #flicker: Flicker;

  constructor(random: Random) {
    this.#painter = new FlamePainter(random);
    this.#flicker = new Flicker({ random, hertz: 3, depth: puffDepth });
  }

  step(stepSeconds: number, size: HearthFlameSize): void {
    this.#flicker.step(stepSeconds, puffingHertz(Math.max(narrowestMetres, size.diameterMetres)));
  }

  /** Draws it on the middle of what burns. */
  draw(
    picture: Picture,
    view: SceneView,
    at: { readonly base: Point; readonly size: HearthFlameSize; readonly secondsAfterStep: number },
  ): void {
    const { kilowatts, diameterMetres, highestMetres } = at.size;
    if (kilowatts <= 0) return;
    const free = flameHeightMetres({ kilowatts, diameter: diameterMetres });
    const flame: FlameMoment = {
      kilowatts,
      diameter: diameterMetres,
      height: Math.min(free, highestMetres / longestPuff),
      puffPhase: this.#flicker.phaseAfter(at.secondsAfterStep),
      puffStrength: Math.min(1.2, this.#flicker.strength),
    };
    this.#painter.paint(picture, {
      camera: view.camera,
      flame,
      rim: at.base,
      ceilingHeight: at.base.y + highestMetres,
      seconds: view.seconds,
    });
  }
}
