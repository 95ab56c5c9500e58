import type { Random } from "#core/random.ts";
import { puffingHertz } from "../../fire/plume-correlations.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { Flicker } from "./flicker.ts";
import { combustionRelease } from "./heat-source-release.ts";
import { drawPatch, level, sumOf } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";
import { SmallFlame } from "./small-flame.ts";

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

/** A teardrop a third as wide as it is high; it flickers as one this wide does, at 10 Hz, and leans in draughts. */
const slenderness = 0.3;
const flickerMetres = 0.02;
const flickerDepth = 0.18;
const leanMost = 0.25;
/** Molten wax (assumed). */
const poolCelsius = 62;
const poolShare = 0.7;
const bodyExcessKelvin = 9;
const radiativeFraction = 0.2;

/** Candles: each a flame of one or two pixels at two metres, a pool of wax and a warm rim. */
export class Candles implements SceneThing {
  readonly place: Point;
  readonly #options: CandlesOptions;
  readonly #flame: SmallFlame;
  readonly #flickers: readonly Flicker[];
  readonly #hertz: number;
  #seconds = 0;
  #lit = false;

  constructor(options: CandlesOptions) {
    const { random, candles } = options;
    this.place = candles[0]!.place;
    this.#options = options;
    this.#hertz = puffingHertz(flickerMetres);
    this.#flame = new SmallFlame(
      {
        shape: "drop",
        absorptionPerMetre: options.absorptionPerMetre,
        footCelsius: 1000,
        tipCelsius: 1250,
        metresPerSecond: 0.4,
      },
      random,
    );
    this.#flickers = candles.map(() => new Flicker({ random, hertz: this.#hertz, depth: flickerDepth }));
  }

  /** True while they burn. */
  get lit(): boolean {
    return this.#lit;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    this.#seconds = at.seconds;
    this.#lit = onTimeAt(this.#options.burning, at.seconds) !== null;
    for (const flicker of this.#flickers) flicker.step(stepSeconds, this.#hertz);
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
      const flicker = this.#flickers[i]!;
      const length = candle.flameMetres * flicker.after(view.seconds - this.#seconds);
      const lean = leanMost * Math.sin(0.7 * view.seconds + 2 * i) * (flicker.strength - 0.6);
      const upwards = Math.sqrt(1 - Math.min(0.5, lean * lean));
      this.#flame.draw(picture, view.camera, {
        foot: sumOf(candle.place, { x: 0, y: 0.008, z: 0 }),
        direction: { x: lean, y: upwards, z: 0 },
        lengthMetres: length,
        diameterMetres: slenderness * candle.flameMetres,
        seconds: view.seconds + 3.1 * i,
      });
    });
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
