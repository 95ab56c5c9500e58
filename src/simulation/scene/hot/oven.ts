import type { Random } from "#core/random.ts";
import { zeroCelsiusKelvin } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, level, sumOf, upright } from "./hot-patch.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";
import { SteamPlume } from "./steam-plume.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `Oven`. Lengths in metres. */
export interface OvenOptions {
  /** Middle of its front, which faces the camera's wall. */
  readonly place: Point;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly setCelsius: number;
  /** When it heats, and when its door stands open. */
  readonly onTimes: readonly OnTime[];
  readonly openings: readonly OnTime[];
  /** How wet what is in it is: 0 dry, 1 a roast that steams. */
  readonly moisture: number;
  readonly ambientCelsius: number;
  readonly random: Random;
}

/** A household oven heats up in some ten minutes and loses little; open, it loses its air at once (assumed). */
const cavityWarmingSeconds = 240;
const cavityCoolingSeconds = 1800;
const openCoolingSeconds = 90;
/** The door's outer glass takes this share of the excess, its inner glass that. */
const outerGlassShare = 0.13;
const innerGlassShare = 0.62;
const glassSeconds = 500;
const glassEmissivity = 0.88;
/** Enamel, and the rack and elements as bright and dark bands in it. */
const bandShare = 0.14;
const bands = 3.5;
const doorSeconds = 0.9;
/** Gust when the door opens: the heat of the oven's air, within some seconds (assumed). */
const gustKilowatts = 2.2;
const gustSeconds = 5;
const idleKilowatts = 0.35;
const waterKilogramsPerSecond = 2.5e-4;

/** An oven whose door is opened now and then: a hot cavity shows, a gust of hot wet air comes out, the door hangs hot. */
export class Oven implements SceneThing {
  readonly place: Point;
  readonly #options: OvenOptions;
  readonly #cavity: WarmingBody;
  readonly #glass: WarmingBody;
  readonly #gust: SteamPlume;
  readonly #warmth: RadiantWarmth;
  #openFor = -1;
  #openedAt = Number.NEGATIVE_INFINITY;
  #opened = 0;

  constructor(options: OvenOptions) {
    const { place, halfWidth, ambientCelsius: celsius, random } = options;
    this.place = place;
    this.#options = options;
    this.#cavity = new WarmingBody({
      celsius,
      warmingSeconds: cavityWarmingSeconds,
      coolingSeconds: cavityCoolingSeconds,
    });
    this.#glass = new WarmingBody({ celsius, warmingSeconds: glassSeconds, coolingSeconds: glassSeconds });
    const before = onBefore(options.onTimes);
    this.#cavity.step(before, options.setCelsius);
    this.#glass.step(before, celsius + outerGlassShare * (options.setCelsius - celsius));
    this.#warmth = new RadiantWarmth({ place, facing: { x: 0, y: 0, z: -1 } });
    this.#gust = new SteamPlume(
      {
        mouthMetres: 0.8 * halfWidth,
        lengthMetres: random.between(0.7, 1.2),
        spread: random.between(0.15, 0.25),
        metresPerSecond: random.between(0.5, 0.9),
        mouthCelsius: random.between(60, 80),
        absorptionPerMetre: random.between(0.5, 2),
      },
      random,
    );
  }

  /** Temperature inside. */
  get cavityCelsius(): number {
    return this.#cavity.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { onTimes, openings, setCelsius, ambientCelsius, halfWidth, halfHeight } = this.#options;
    const on = onTimeAt(onTimes, at.seconds) !== null;
    const opening = onTimeAt(openings, at.seconds);
    if (opening !== null) this.#openedAt = opening.fromSeconds;
    const target = on ? setCelsius : ambientCelsius;
    if (opening === null) this.#cavity.step(stepSeconds, target);
    else this.#cavity.step((stepSeconds * cavityCoolingSeconds) / openCoolingSeconds, ambientCelsius);
    const excess = this.#cavity.celsius - ambientCelsius;
    this.#glass.step(stepSeconds, ambientCelsius + outerGlassShare * excess);
    const moved = stepSeconds / doorSeconds;
    this.#opened = Math.min(1, Math.max(0, this.#opened + (opening === null ? -moved : moved)));
    this.#openFor = this.#openedAt === Number.NEGATIVE_INFINITY ? -1 : at.seconds - this.#openedAt;
    const area = 4 * halfWidth * halfHeight;
    const radiated = blackbodyKilowatts(this.#cavity.celsius) - blackbodyKilowatts(ambientCelsius);
    this.#warmth.step(stepSeconds, this.#opened * area * radiated);
  }

  releases(): readonly AirRelease[] {
    const { place, halfWidth, setCelsius, ambientCelsius, moisture } = this.#options;
    const hot = Math.max(0, (this.#cavity.celsius - ambientCelsius) / (setCelsius - ambientCelsius));
    const gust = this.#openFor >= 0 ? Math.exp(-this.#openFor / gustSeconds) : 0;
    const dry = dryHeatRelease({
      place,
      diameterMetres: 2 * halfWidth,
      kilowatts: hot * (idleKilowatts + gust * gustKilowatts),
      radiativeFraction: 0.3,
    });
    return [{ ...dry, waterKilogramsPerSecond: hot * gust * moisture * waterKilogramsPerSecond }];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#warmth.addTo(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    if (this.#opened === 0) this.#drawClosed(picture, view);
    else this.#drawOpen(picture, view);
    const { place, halfHeight, moisture } = this.#options;
    if (moisture === 0 || this.#openFor < 0 || this.#openFor > 4 * gustSeconds) return;
    this.#gust.draw(picture, view, {
      mouth: sumOf(place, { x: 0, y: 0.8 * halfHeight, z: -0.05 }),
      direction: { x: 0, y: 0.86, z: -0.51 },
      strength: moisture * Math.exp(-this.#openFor / gustSeconds),
      ageSeconds: this.#openFor,
      stoppedSeconds: 0,
    });
  }

  #drawClosed(picture: Picture, view: SceneView): void {
    const { place, halfWidth, halfHeight } = this.#options;
    const glass = this.#glassRadiance(this.#glass.celsius, view);
    drawPatch(picture, view.camera, {
      place,
      ...upright(0.85 * halfWidth, 0.75 * halfHeight),
      outline: "rectangle",
      radianceAt: () => glass,
    });
  }

  /** The cavity above the door that has come down as far as it has opened, and the door's inside before it. */
  #drawOpen(picture: Picture, view: SceneView): void {
    const { place, halfWidth, halfHeight, ambientCelsius } = this.#options;
    const air = view.air.lowerCelsius;
    const hot = this.#cavity.celsius;
    const radiances = [-1, 1].map((side) =>
      apparentRadiance({
        celsius: hot + side * bandShare * (hot - ambientCelsius),
        emissivity: 0.95,
        surroundingsCelsius: air,
      }),
    ) as [number, number];
    const [dark, bright] = radiances;
    const shown = this.#opened;
    drawPatch(picture, view.camera, {
      place: sumOf(place, { x: 0, y: (1 - shown) * halfHeight, z: 0 }),
      ...upright(halfWidth, shown * halfHeight),
      outline: "rectangle",
      radianceAt: (u, v) =>
        dark + (bright - dark) * (0.5 + 0.5 * Math.cos(Math.PI * bands * v) * (1 - u * u)),
    });
    const inner = this.#glassRadiance(ambientCelsius + innerGlassShare * (hot - ambientCelsius), view);
    drawPatch(picture, view.camera, {
      place: sumOf(place, { x: 0, y: -halfHeight, z: -shown * halfHeight }),
      ...level(halfWidth, shown * halfHeight),
      outline: "rectangle",
      radianceAt: () => inner,
    });
  }

  #glassRadiance(celsius: number, view: SceneView): number {
    return apparentRadiance({
      celsius,
      emissivity: glassEmissivity,
      surroundingsCelsius: view.air.lowerCelsius,
    });
  }
}

/** What a black surface of one square metre gives off (Stefan and Boltzmann). */
function blackbodyKilowatts(celsius: number): number {
  return 5.670374e-11 * (celsius + zeroCelsiusKelvin) ** 4;
}
