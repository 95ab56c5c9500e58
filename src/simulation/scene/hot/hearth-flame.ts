import type { Random } from "#core/random.ts";
import { FlamePainter } from "../../fire/flame-painter.ts";
import type { FlameLook } from "../../fire/flame-painting.ts";
import { fuels } from "../../fire/fuel.ts";
import { flameHeightMetres } from "../../fire/plume-correlations.ts";
import { Puffing } from "../../fire/puffing.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneView } from "../scene-thing.ts";

/** How a flame of a hearth or a candle burns now. */
export interface HearthFlameSize {
  readonly kilowatts: number;
  readonly diameterMetres: number;
  /** The opening or hood above ends it. */
  readonly highestMetres: number;
}

/** Narrower flames puff no faster than one this wide does, at 10 Hz (facts §4.8: candles 5 to 10 Hz). */
const narrowestPuffingMetres = 0.02;
/** A puff is this much longer than the mean flame at most, so that it stays below the opening's top. */
const longestPuff = 1.35;

/** The look of a wood fire's flame (facts §2.6 by way of the fuels). */
export const woodFlame: FlameLook = {
  absorptionPerMetre: fuels.wood.flameAbsorptionPerMetre,
  flameCelsius: fuels.wood.flameCelsius,
  tipCelsius: fuels.wood.tipCelsius,
  radiativeFraction: fuels.wood.radiativeFraction,
};

/** The look of fat that flares up. */
export const greaseFlame: FlameLook = {
  absorptionPerMetre: fuels.cookingOil.flameAbsorptionPerMetre,
  flameCelsius: fuels.cookingOil.flameCelsius,
  tipCelsius: fuels.cookingOil.tipCelsius,
  radiativeFraction: fuels.cookingOil.radiativeFraction,
};

/** One tongue of a fire that burns where it belongs, drawn as all flames are. */
export class HearthFlame {
  readonly #painter: FlamePainter;
  readonly #puffing: Puffing;

  constructor(random: Random, look: FlameLook) {
    this.#painter = new FlamePainter(random, look);
    this.#puffing = new Puffing(random);
  }

  step(stepSeconds: number, size: HearthFlameSize): void {
    this.#puffing.step(stepSeconds, Math.max(narrowestPuffingMetres, size.diameterMetres));
  }

  /** Draws it on the middle of what burns. */
  draw(
    picture: Picture,
    view: SceneView,
    at: {
      readonly base: Point;
      readonly size: HearthFlameSize;
      readonly secondsAfterStep: number;
      /** How far a draught lets it lean, in metres sideways per metre of height. */
      readonly lean: number;
    },
  ): void {
    const { kilowatts, diameterMetres: diameter, highestMetres } = at.size;
    if (kilowatts <= 0) return;
    const height = Math.min(flameHeightMetres({ kilowatts, diameter }), highestMetres / longestPuff);
    const puffing = Math.max(narrowestPuffingMetres, diameter);
    this.#painter.paint(picture, {
      camera: view.camera,
      flame: this.#puffing.flameAfter(at.secondsAfterStep, { kilowatts, diameter, height }, puffing),
      base: at.base,
      lean: { x: at.lean, z: 0 },
      ceilingHeight: at.base.y + highestMetres,
      ambientCelsius: view.air.lowerCelsius,
      seconds: view.seconds,
      secondsAfterStep: at.secondsAfterStep,
    });
  }
}
