import type { Random } from "#core/random.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { EmberBed } from "./ember-bed.ts";
import { Flicker } from "./flicker.ts";
import { HearthFlame, type HearthFlameSize, woodFlame } from "./hearth-flame.ts";
import { combustionRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, sumOf, upright } from "./hot-patch.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `Fireplace`. Lengths in metres. */
export interface FireplaceOptions {
  /** Middle of the opening's lower edge; the opening faces the camera's wall. */
  readonly place: Point;
  readonly halfWidth: number;
  readonly height: number;
  /** Open, or behind a pane, which is opaque in this band: then one sees the hot pane. */
  readonly front: "open" | "glass";
  readonly kilowatts: number;
  /** Flames side by side, and their absorption per metre: sooty wood flames have 0.5 to 5 (facts §2.6). */
  readonly tongues: number;
  readonly absorptionPerMetre: number;
  /** How hot the embers get. */
  readonly emberCelsius: number;
  readonly burning: readonly OnTime[];
  /** Share of the smoke that the chimney does not draw. */
  readonly indoorShare: number;
  readonly ambientCelsius: number;
  readonly random: Random;
}

/** Kindling becomes a fire within minutes; logs last for hours (assumed). */
const growthSeconds = 150;
const dieSeconds = 500;
const emberWarmingSeconds = 300;
const emberCoolingSeconds = 2400;
const liningWarmingSeconds = 900;
const liningCoolingSeconds = 3000;
const liningCelsius = 210;
/** A pane settles at 120 to 300 °C; it follows the fire within seconds. */
const paneShare = 0.42;
const paneSeconds = 45;
const paneFlicker = 0.03;
const radiativeFraction = 0.35;
/** Share of the heat that leaves through the opening as radiation; the lining keeps the rest (assumed). */
const outwardShare = 0.13;
/** Logs slump and flare: the fire's strength wanders by this share with this memory. */
const unrest = 0.25;
const unrestSeconds = 40;
/** Flames between logs are slender; together they fill this share of the opening's width. */
const tongueShare = 0.42;
const unevenness = 0.5;

/** A fireplace or stove with a real fire in its place: large, flickering, for hours. */
export class Fireplace implements SceneThing {
  readonly place: Point;
  readonly #options: FireplaceOptions;
  readonly #flames: readonly HearthFlame[];
  readonly #embers: EmberBed;
  readonly #strength: WarmingBody;
  readonly #glow: WarmingBody;
  readonly #lining: WarmingBody;
  readonly #pane: WarmingBody;
  readonly #paneFlicker: Flicker;
  readonly #warmth: RadiantWarmth;
  #unrest = 0;
  #seconds = 0;

  constructor(options: FireplaceOptions) {
    const { place, halfWidth, height, random, ambientCelsius: celsius } = options;
    this.place = place;
    this.#options = options;
    const look = { ...woodFlame, absorptionPerMetre: options.absorptionPerMetre };
    this.#flames = Array.from({ length: options.tongues }, () => new HearthFlame(random, look));
    this.#embers = new EmberBed({
      place: sumOf(place, { x: 0, y: 0.14 * height, z: 0 }),
      halfWidth: 0.62 * halfWidth,
      halfOther: 0.14 * height,
      lies: "stacked",
      random,
    });
    this.#strength = new WarmingBody({
      celsius: 0,
      warmingSeconds: growthSeconds,
      coolingSeconds: dieSeconds,
    });
    this.#glow = new WarmingBody({
      celsius,
      warmingSeconds: emberWarmingSeconds,
      coolingSeconds: emberCoolingSeconds,
    });
    this.#lining = new WarmingBody({
      celsius,
      warmingSeconds: liningWarmingSeconds,
      coolingSeconds: liningCoolingSeconds,
    });
    this.#pane = new WarmingBody({ celsius, warmingSeconds: paneSeconds, coolingSeconds: paneSeconds });
    this.#paneFlicker = new Flicker({ random, hertz: 0.6, depth: paneFlicker });
    this.#warmth = new RadiantWarmth({
      place: sumOf(place, { x: 0, y: height / 2, z: 0 }),
      facing: { x: 0, y: 0, z: -1 },
    });
    const before = onBefore(options.burning);
    if (before > 0) this.#follow(before, 1);
  }

  /** Heat released now. */
  get kilowatts(): number {
    return Math.max(0, this.#options.kilowatts * this.#strength.celsius * (1 + this.#unrest));
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { burning, random } = this.#options;
    this.#seconds = at.seconds;
    const kept = Math.exp(-stepSeconds / unrestSeconds);
    const fresh = unrest * Math.sqrt(1 - kept * kept) * random.normal();
    this.#unrest = Math.max(-0.6, Math.min(0.6, kept * this.#unrest + fresh));
    this.#follow(stepSeconds, onTimeAt(burning, at.seconds) === null ? 0 : 1);
    this.#paneFlicker.step(stepSeconds, 0.6);
    this.#flames.forEach((flame, i) => {
      flame.step(stepSeconds, this.#tongue(i));
    });
  }

  releases(): readonly AirRelease[] {
    const { halfWidth, indoorShare } = this.#options;
    if (this.kilowatts < 0.01) return [];
    const source = { place: this.place, diameterMetres: 2 * halfWidth, kilowatts: this.kilowatts };
    return [combustionRelease({ ...source, radiativeFraction, fuel: "wood", indoorShare })];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#warmth.addTo(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, halfWidth, height, front } = this.#options;
    const opening = sumOf(place, { x: 0, y: height / 2, z: 0 });
    const air = view.air.lowerCelsius;
    const flicker = this.#paneFlicker.after(view.seconds - this.#seconds);
    const celsius = front === "glass" ? air + (this.#pane.celsius - air) * flicker : this.#lining.celsius;
    const middle = apparentRadiance({ celsius, emissivity: 0.9, surroundingsCelsius: air });
    const edge = apparentRadiance({
      celsius: air + 0.6 * (celsius - air),
      emissivity: 0.9,
      surroundingsCelsius: air,
    });
    drawPatch(picture, view.camera, {
      place: opening,
      ...upright(halfWidth, height / 2),
      outline: "rectangle",
      radianceAt: (u, v) => middle + (edge - middle) * Math.min(1, 0.6 * u * u + 0.4 * v * v),
    });
    if (front === "glass") return;
    this.#embers.draw(picture, view, this.#glow.celsius);
    this.#flames.forEach((flame, i) => {
      const aside = ((2 * i + 1) / this.#flames.length - 1) * 0.5 * halfWidth;
      const base = sumOf(place, { x: aside, y: 0.2 * height, z: -0.02 });
      const size = this.#tongue(i);
      flame.draw(picture, view, { base, size, secondsAfterStep: view.seconds - this.#seconds, lean: 0 });
    });
  }

  /** Size of one tongue; logs burn here more, there less. */
  #tongue(i: number): HearthFlameSize {
    const { halfWidth, height, tongues, kilowatts } = this.#options;
    const share = (1 + unevenness * Math.sin(2.4 * i + this.#seconds / unrestSeconds)) / tongues;
    const strength = Math.min(1, Math.max(0.1, this.kilowatts / kilowatts));
    return {
      kilowatts: this.kilowatts < 0.2 ? 0 : share * this.kilowatts,
      diameterMetres: (tongueShare * 2 * halfWidth * Math.sqrt(strength)) / tongues,
      highestMetres: 0.78 * height,
    };
  }

  #follow(seconds: number, target: 0 | 1): void {
    const { emberCelsius, ambientCelsius, kilowatts } = this.#options;
    this.#strength.step(seconds, target);
    const share = this.#strength.celsius;
    const towards = (celsius: number): number => ambientCelsius + share * (celsius - ambientCelsius);
    this.#glow.step(seconds, towards(emberCelsius));
    this.#lining.step(seconds, towards(liningCelsius));
    this.#pane.step(seconds, towards(paneShare * emberCelsius * (1 + 0.5 * this.#unrest)));
    this.#warmth.step(seconds, outwardShare * kilowatts * share);
  }
}
