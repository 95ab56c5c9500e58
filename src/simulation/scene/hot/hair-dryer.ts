import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, sumOf, upright } from "./hot-patch.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `HairDryer`. */
export interface HairDryerOptions {
  /** Where the hand that holds it is, and the head that it blows at; null while it is not held. */
  readonly handAt: (seconds: number) => Point | null;
  readonly headAt: (seconds: number) => Point | null;
  /** 60 to 150 °C at the nozzle (facts §4.8). */
  readonly nozzleCelsius: number;
  /** Hair that is being dried: 40 to 60 °C (assumed). */
  readonly hairCelsius: number;
  readonly kilowatts: number;
  readonly onTimes: readonly OnTime[];
  readonly ambientCelsius: number;
}

const nozzleWarmingSeconds = 6;
const nozzleCoolingSeconds = 45;
const hairWarmingSeconds = 12;
const hairCoolingSeconds = 25;
const nozzleRadiusMetres = 0.024;
const barrelMetres = 0.16;
const barrelRadiusMetres = 0.035;
const barrelShare = 0.2;
const emissivity = 0.92;
const hairRadiusMetres = 0.055;

/** A hair dryer in a moving hand: a hot nozzle, a warm barrel, and the patch of hair that it warms. */
export class HairDryer implements SceneThing {
  readonly #options: HairDryerOptions;
  readonly #nozzle: WarmingBody;
  readonly #hair: WarmingBody;
  #place: Point;
  #on = false;

  constructor(options: HairDryerOptions) {
    const { ambientCelsius, onTimes, nozzleCelsius } = options;
    this.#options = options;
    this.#nozzle = new WarmingBody({
      celsius: ambientCelsius,
      warmingSeconds: nozzleWarmingSeconds,
      coolingSeconds: nozzleCoolingSeconds,
    });
    this.#hair = new WarmingBody({
      celsius: Math.max(28, ambientCelsius),
      warmingSeconds: hairWarmingSeconds,
      coolingSeconds: hairCoolingSeconds,
    });
    this.#nozzle.step(onBefore(onTimes), nozzleCelsius);
    this.#place = options.handAt(0) ?? { x: 0, y: 1, z: 1 };
  }

  /** A little before the one who holds it. */
  get place(): Point {
    return sumOf(this.#place, { x: 0, y: 0, z: -0.2 });
  }

  /** Temperature of the nozzle now. */
  get nozzleCelsius(): number {
    return this.#nozzle.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { handAt, onTimes, nozzleCelsius, hairCelsius, ambientCelsius } = this.#options;
    this.#on = onTimeAt(onTimes, at.seconds) !== null;
    this.#place = handAt(at.seconds) ?? this.#place;
    this.#nozzle.step(stepSeconds, this.#on ? nozzleCelsius : ambientCelsius);
    this.#hair.step(stepSeconds, this.#on ? hairCelsius : Math.max(28, ambientCelsius));
  }

  releases(): readonly AirRelease[] {
    if (!this.#on) return [];
    const source = { place: this.#place, diameterMetres: 0.3, kilowatts: this.#options.kilowatts };
    return [dryHeatRelease({ ...source, radiativeFraction: 0.05 })];
  }

  draw(picture: Picture, view: SceneView): void {
    const hand = this.#options.handAt(view.seconds);
    const head = this.#options.headAt(view.seconds);
    if (hand === null || head === null) return;
    const away = Math.max(0.1, Math.hypot(head.x - hand.x, head.y - hand.y, head.z - hand.z));
    const aim = { x: (head.x - hand.x) / away, y: (head.y - hand.y) / away, z: (head.z - hand.z) / away };
    const nozzle = along(hand, aim, 0.6 * barrelMetres);
    const back = along(hand, aim, -0.4 * barrelMetres);
    this.#drawHair(picture, view, along(head, aim, -0.1));
    this.#drawBarrel(picture, view, { nozzle, back });
    const air = view.air.lowerCelsius;
    const hot = apparentRadiance({ celsius: this.#nozzle.celsius, emissivity, surroundingsCelsius: air });
    const flat = Math.max(0.3, Math.hypot(aim.x, aim.z));
    drawPatch(picture, view.camera, {
      place: along(nozzle, aim, 0.005),
      across: { x: 0.6 * nozzleRadiusMetres, y: 0, z: (-nozzleRadiusMetres * aim.x) / flat },
      along: { x: 0, y: nozzleRadiusMetres, z: 0 },
      outline: "ellipse",
      radianceAt: () => hot,
    });
  }

  #drawHair(picture: Picture, view: SceneView, place: Point): void {
    const skin = apparentRadiance({
      celsius: this.#hair.celsius,
      emissivity: 0.97,
      surroundingsCelsius: view.air.lowerCelsius,
    });
    if (!this.#on && this.#hair.celsius < 31) return;
    drawPatch(picture, view.camera, {
      place,
      ...upright(hairRadiusMetres, hairRadiusMetres),
      outline: "ellipse",
      radianceAt: () => skin,
    });
  }

  #drawBarrel(
    picture: Picture,
    view: SceneView,
    ends: { readonly nozzle: Point; readonly back: Point },
  ): void {
    const from = view.camera.project(ends.back);
    const to = view.camera.project(ends.nozzle);
    if (from === null || to === null) return;
    const air = view.air.lowerCelsius;
    const celsius = air + barrelShare * (this.#nozzle.celsius - air);
    picture.drawCapsule({
      fromX: from.x,
      fromY: from.y,
      fromRadius: barrelRadiusMetres * from.scale,
      toX: to.x,
      toY: to.y,
      toRadius: nozzleRadiusMetres * to.scale,
      depth: Math.min(from.depth, to.depth),
      celsius,
      edgeCelsius: celsius - 1,
      foldsKelvin: 0,
      foldsPhase: 0,
    });
  }
}

function along(from: Point, direction: Point, metres: number): Point {
  return sumOf(from, { x: direction.x * metres, y: direction.y * metres, z: direction.z * metres });
}
