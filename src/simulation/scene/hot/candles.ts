import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { HearthFlame, type HearthFlameSize } from "./hearth-flame.ts";
import { combustionRelease } from "./heat-source-release.ts";
import { drawPatch, level, sumOf } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";

/** One candle. */
export interface CandleMeasures {
  /** Middle of its top. */
  readonly place: Point;
  readonly radiusMetres: number;
  readonly heightMetres: number;
  readonly flameMetres: number;
}

/** Options of `Candles`. */
export interface CandlesOptions {
  readonly candles: readonly CandleMeasures[];
  readonly burning: readonly OnTime[];
  /** 50 to 90 W a candle (facts §4.4). */
  readonly kilowattsEach: number;
  readonly absorptionPerMetre: number;
  readonly random: Random;
}

/** A teardrop a third as wide as it is high; it leans in draughts. */
const slenderness = 0.33;
const leanMost = 0.3;
/** Glowing soot, as bright at the tip as lower down (assumed). */
const flameCelsius = 1150;
/** The stated length is that of the longest puff. */
const longestShare = 1.2;
/** Molten wax (assumed). */
const poolCelsius = 62;
const poolShare = 0.7;
const bodyExcessKelvin = 9;
const radiativeFraction = 0.2;

/** Candles: each a flame of one or two pixels at two metres, a pool of wax and a warm rim. */
export class Candles implements SceneThing {
  readonly place: Point;
  readonly #options: CandlesOptions;
  readonly #flames: readonly HearthFlame[];
  #seconds = 0;
  #lit = false;

  constructor(options: CandlesOptions) {
    const { random, candles } = options;
    this.place = candles[0]!.place;
    this.#options = options;
    const look = {
      absorptionPerMetre: options.absorptionPerMetre,
      flameCelsius,
      tipCelsius: flameCelsius,
      radiativeFraction,
    };
    this.#flames = candles.map(() => new HearthFlame(random, look));
  }

  /** True while they burn. */
  get lit(): boolean {
    return this.#lit;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    this.#seconds = at.seconds;
    this.#lit = onTimeAt(this.#options.burning, at.seconds) !== null;
    this.#flames.forEach((flame, i) => {
      flame.step(stepSeconds, this.#size(this.#options.candles[i]!));
    });
  }

  releases(): readonly AirRelease[] {
    if (!this.#lit) return [];
    const { candles, kilowattsEach } = this.#options;
    const source = { place: this.place, diameterMetres: 0.1, kilowatts: kilowattsEach * candles.length };
    return [combustionRelease({ ...source, radiativeFraction, fuel: "wax", indoorShare: 1 })];
  }

  draw(picture: Picture, view: SceneView): void {
    if (!this.#lit) return;
    this.#options.candles.forEach((candle, i) => {
      this.#drawWax(picture, view, candle);
      this.#flames[i]!.draw(picture, view, {
        base: sumOf(candle.place, { x: 0, y: 0.008, z: 0 }),
        size: this.#size(candle),
        secondsAfterStep: view.seconds - this.#seconds,
        lean: leanMost * Math.sin(0.7 * view.seconds + 2 * i) * Math.sin(0.31 * view.seconds + i),
      });
    });
  }

  #size(candle: CandleMeasures): HearthFlameSize {
    return {
      kilowatts: this.#options.kilowattsEach,
      diameterMetres: slenderness * candle.flameMetres,
      highestMetres: longestShare * candle.flameMetres,
    };
  }

  #drawWax(picture: Picture, view: SceneView, candle: CandleMeasures): void {
    const { place, radiusMetres, heightMetres } = candle;
    const air = view.air.lowerCelsius;
    const top = view.camera.project(place);
    const foot = view.camera.project(sumOf(place, { x: 0, y: -heightMetres, z: 0 }));
    if (top === null || foot === null) return;
    picture.drawCapsule({
      fromX: foot.x,
      fromY: foot.y,
      fromRadius: radiusMetres * foot.scale,
      toX: top.x,
      toY: top.y + radiusMetres * top.scale,
      toRadius: radiusMetres * top.scale,
      depth: top.depth - radiusMetres,
      celsius: air + bodyExcessKelvin,
      edgeCelsius: air + 0.7 * bodyExcessKelvin,
      foldsKelvin: 0,
      foldsPhase: 0,
    });
    const pool = celsiusToRadiance(poolCelsius);
    drawPatch(picture, view.camera, {
      place,
      ...level(poolShare * radiusMetres, poolShare * radiusMetres),
      outline: "ellipse",
      radianceAt: () => pool,
    });
  }
}
