import type { Random } from "#core/random.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, sumOf, upright } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";
import { type SparkKind, SparkStream } from "./spark-stream.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `AngleGrinder`. */
export interface AngleGrinderOptions {
  readonly toolAt: (seconds: number) => Point;
  readonly bursts: readonly OnTime[];
  readonly discRadiusMetres: number;
  /** Disc at work 60 to 150 °C, the spot that it grinds 100 to 300 °C (assumed). */
  readonly discCelsius: number;
  readonly spotCelsius: number;
  readonly kilowatts: number;
  /** Unit vector in which the sparks leave. */
  readonly sparksTo: Point;
  readonly sparks: SparkKind;
  readonly ambientCelsius: number;
  readonly random: Random;
}

const discWarmingSeconds = 12;
const discCoolingSeconds = 60;
const spotWarmingSeconds = 4;
const spotCoolingSeconds = 25;
const spotRadiusMetres = 0.015;
const dustKilogramsPerSecond = 3e-6;

/** Grinding: a stream of sparks from a warm disc, in bursts, and a spot on the workpiece that stays hot for a while. */
export class AngleGrinder implements SceneThing {
  readonly #options: AngleGrinderOptions;
  readonly #disc: WarmingBody;
  readonly #spot: WarmingBody;
  readonly #sparks: SparkStream;
  #place: Point;
  #grinding = false;

  constructor(options: AngleGrinderOptions) {
    const celsius = options.ambientCelsius;
    this.#options = options;
    this.#place = options.toolAt(0);
    this.#disc = new WarmingBody({
      celsius,
      warmingSeconds: discWarmingSeconds,
      coolingSeconds: discCoolingSeconds,
    });
    this.#spot = new WarmingBody({
      celsius,
      warmingSeconds: spotWarmingSeconds,
      coolingSeconds: spotCoolingSeconds,
    });
    this.#sparks = new SparkStream(options.sparks, options.random);
  }

  get place(): Point {
    return this.#place;
  }

  /** How many sparks glow now. */
  get glowingSparks(): number {
    return this.#sparks.glowing;
  }

  /** Temperature of the disc now. */
  get discCelsius(): number {
    return this.#disc.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { toolAt, bursts, discCelsius, spotCelsius, ambientCelsius, sparksTo } = this.#options;
    this.#grinding = onTimeAt(bursts, at.seconds) !== null;
    this.#place = toolAt(at.seconds);
    this.#disc.step(stepSeconds, this.#grinding ? discCelsius : ambientCelsius);
    this.#spot.step(stepSeconds, this.#grinding ? spotCelsius : ambientCelsius);
    const source = { place: this.#place, direction: sparksTo, floorY: 0 };
    this.#sparks.step(stepSeconds, { seconds: at.seconds, source: this.#grinding ? source : null });
  }

  releases(): readonly AirRelease[] {
    if (!this.#grinding) return [];
    const source = { place: this.#place, diameterMetres: 0.15, kilowatts: this.#options.kilowatts };
    const dry = dryHeatRelease({ ...source, radiativeFraction: 0.05 });
    return [{ ...dry, sootKilogramsPerSecond: dustKilogramsPerSecond }];
  }

  draw(picture: Picture, view: SceneView): void {
    const { discRadiusMetres } = this.#options;
    const surroundingsCelsius = view.air.lowerCelsius;
    const disc = apparentRadiance({ celsius: this.#disc.celsius, emissivity: 0.92, surroundingsCelsius });
    const spot = apparentRadiance({ celsius: this.#spot.celsius, emissivity: 0.7, surroundingsCelsius });
    drawPatch(picture, view.camera, {
      place: sumOf(this.#place, { x: 0, y: 0.6 * discRadiusMetres, z: 0 }),
      ...upright(discRadiusMetres, 0.5 * discRadiusMetres),
      outline: "ellipse",
      radianceAt: () => disc,
    });
    drawPatch(picture, view.camera, {
      place: this.#place,
      ...upright(2 * spotRadiusMetres, spotRadiusMetres),
      outline: "ellipse",
      radianceAt: () => spot,
    });
    this.#sparks.draw(picture, view.camera, view.seconds);
  }
}
