import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, level, sumOf, upright } from "./hot-patch.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `HalogenLamp`. */
export interface HalogenLampOptions {
  /** Middle of its front glass. */
  readonly place: Point;
  readonly radiusMetres: number;
  /** A spot in the ceiling shines down, a floodlight faces the room. */
  readonly shines: "down" | "into-the-room";
  /** Front glass and reflector: 80 to 250 °C (facts §4.8). Glass hides the filament in this band. */
  readonly celsius: number;
  readonly kilowatts: number;
  readonly onTimes: readonly OnTime[];
  readonly ambientCelsius: number;
}

const warmingSeconds = 70;
const coolingSeconds = 140;
const emissivity = 0.9;
const housingShare = 0.3;
const housingWider = 1.5;
const radiativeFraction = 0.7;

/** A halogen lamp: a hot front glass in a warm housing, switched on and off. */
export class HalogenLamp implements SceneThing {
  readonly place: Point;
  readonly #options: HalogenLampOptions;
  readonly #glass: WarmingBody;
  readonly #warmth: RadiantWarmth;
  #kilowatts = 0;

  constructor(options: HalogenLampOptions) {
    const { place, shines, ambientCelsius, celsius, kilowatts, onTimes } = options;
    this.place = place;
    this.#options = options;
    this.#glass = new WarmingBody({ celsius: ambientCelsius, warmingSeconds, coolingSeconds });
    const facing = shines === "down" ? { x: 0, y: -1, z: 0 } : { x: 0, y: 0, z: -1 };
    this.#warmth = new RadiantWarmth({ place, facing });
    const before = onBefore(onTimes);
    this.#glass.step(before, celsius);
    this.#warmth.step(before, radiativeFraction * kilowatts);
  }

  /** Temperature of its glass now. */
  get glassCelsius(): number {
    return this.#glass.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { onTimes, celsius, ambientCelsius, kilowatts } = this.#options;
    const on = onTimeAt(onTimes, at.seconds) !== null;
    this.#kilowatts = on ? kilowatts : 0;
    this.#glass.step(stepSeconds, on ? celsius : ambientCelsius);
    this.#warmth.step(stepSeconds, radiativeFraction * this.#kilowatts);
  }

  releases(): readonly AirRelease[] {
    const { place, radiusMetres } = this.#options;
    const source = { place, diameterMetres: 2 * radiusMetres, kilowatts: this.#kilowatts };
    return this.#kilowatts === 0 ? [] : [dryHeatRelease({ ...source, radiativeFraction })];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#warmth.addTo(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, radiusMetres, shines, ambientCelsius } = this.#options;
    const celsius = this.#glass.celsius;
    const look = { emissivity, surroundingsCelsius: view.air.lowerCelsius };
    const housing = apparentRadiance({
      ...look,
      celsius: ambientCelsius + housingShare * (celsius - ambientCelsius),
    });
    const glass = apparentRadiance({ ...look, celsius });
    const wide = housingWider * radiusMetres;
    const shape = (half: number) => (shines === "down" ? level(half, half) : upright(half, 0.75 * half));
    const outline = shines === "down" ? "ellipse" : "rectangle";
    drawPatch(picture, view.camera, { place, ...shape(wide), outline, radianceAt: () => housing });
    const front = shines === "down" ? { x: 0, y: -0.01, z: 0 } : { x: 0, y: 0, z: -0.01 };
    const at = sumOf(place, front);
    drawPatch(picture, view.camera, { place: at, ...shape(radiusMetres), outline, radianceAt: () => glass });
  }
}
