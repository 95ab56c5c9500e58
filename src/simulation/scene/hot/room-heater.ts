import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, sumOf, upright } from "./hot-patch.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `RoomHeater`. Lengths in metres. */
export interface RoomHeaterOptions {
  /** Middle of its grille, which faces the camera's wall. */
  readonly place: Point;
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** Heating elements: how hot, how grey, how many bars, and which share of the grille's height they fill. */
  readonly element: {
    readonly celsius: number;
    readonly emissivity: number;
    readonly bars: number;
    readonly share: number;
  };
  readonly kilowatts: number;
  readonly radiativeFraction: number;
  /** Where its air stream meets the floor; null without a fan. */
  readonly stream: Point | null;
  readonly onTimes: readonly OnTime[];
  readonly ambientCelsius: number;
}

/** Wire glows within seconds, the casing warms in minutes (assumed). */
const elementWarmingSeconds = 7;
const elementCoolingSeconds = 22;
const casingWarmingSeconds = 150;
const casingCoolingSeconds = 400;
/** Between the bars one sees a reflector and the grille, which take this share of the elements' excess. */
const casingShare = 0.11;
const casingEmissivity = 0.9;
/** Share of a fan's warm air that the floor in front takes up before it rises (assumed). */
const streamShare = 0.12;

/** An electric heater with glowing bars behind a grille, with or without a fan. */
export class RoomHeater implements SceneThing {
  readonly place: Point;
  readonly #options: RoomHeaterOptions;
  readonly #element: WarmingBody;
  readonly #casing: WarmingBody;
  readonly #front: RadiantWarmth;
  readonly #floor: RadiantWarmth | null;
  #kilowatts = 0;

  constructor(options: RoomHeaterOptions) {
    this.place = options.place;
    this.#options = options;
    const celsius = options.ambientCelsius;
    this.#element = new WarmingBody({
      celsius,
      warmingSeconds: elementWarmingSeconds,
      coolingSeconds: elementCoolingSeconds,
    });
    this.#casing = new WarmingBody({
      celsius,
      warmingSeconds: casingWarmingSeconds,
      coolingSeconds: casingCoolingSeconds,
    });
    this.#front = new RadiantWarmth({ place: options.place, facing: { x: 0, y: 0, z: -1 } });
    this.#floor = options.stream === null ? null : new RadiantWarmth({ place: options.stream, facing: null });
    this.#follow(onBefore(options.onTimes), "on");
  }

  /** Temperature of the elements now. */
  get elementCelsius(): number {
    return this.#element.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    this.#follow(stepSeconds, onTimeAt(this.#options.onTimes, at.seconds) === null ? "off" : "on");
  }

  releases(): readonly AirRelease[] {
    const { place, halfWidth, radiativeFraction } = this.#options;
    if (this.#kilowatts === 0) return [];
    return [
      dryHeatRelease({
        place,
        diameterMetres: 2 * halfWidth,
        kilowatts: this.#kilowatts,
        radiativeFraction,
      }),
    ];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#front.addTo(still, excessKelvin);
    this.#floor?.addTo(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, halfWidth, halfHeight, element } = this.#options;
    const surroundingsCelsius = view.air.lowerCelsius;
    const glow = apparentRadiance({
      celsius: this.#element.celsius,
      emissivity: element.emissivity,
      surroundingsCelsius,
    });
    const casing = apparentRadiance({
      celsius: this.#casing.celsius,
      emissivity: casingEmissivity,
      surroundingsCelsius,
    });
    drawPatch(picture, view.camera, {
      place,
      ...upright(halfWidth, halfHeight),
      outline: "rectangle",
      radianceAt: () => casing,
    });
    const barHalf = (element.share * halfHeight) / element.bars;
    for (let bar = 0; bar < element.bars; bar += 1) {
      const up = ((2 * bar + 1) / element.bars - 1) * halfHeight;
      drawPatch(picture, view.camera, {
        place: sumOf(place, { x: 0, y: up, z: -0.005 }),
        ...upright(0.9 * halfWidth, barHalf),
        outline: "rectangle",
        radianceAt: () => glow,
      });
    }
  }

  #follow(seconds: number, turned: "on" | "off"): void {
    const { element, ambientCelsius, kilowatts, radiativeFraction } = this.#options;
    const on = turned === "on";
    this.#kilowatts = on ? kilowatts : 0;
    this.#element.step(seconds, on ? element.celsius : ambientCelsius);
    const excess = on ? casingShare * (element.celsius - ambientCelsius) : 0;
    this.#casing.step(seconds, ambientCelsius + excess);
    this.#front.step(seconds, this.#kilowatts * radiativeFraction);
    this.#floor?.step(seconds, streamShare * this.#kilowatts);
  }
}
