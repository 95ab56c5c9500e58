import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { Flicker } from "./flicker.ts";
import { GlowingSeam } from "./glowing-seam.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, drawSpeck, level } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";
import { type SparkKind, SparkStream } from "./spark-stream.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `WeldingArc`. */
export interface WeldingArcOptions {
  /** Where the tool is at a time: it goes along the seam while the arc burns. */
  readonly toolAt: (seconds: number) => Point;
  readonly bursts: readonly OnTime[];
  readonly kilowatts: number;
  /** Area at the arc's temperature that sends as much as arc, pool and the glowing metal around them, in cm². */
  readonly squareCentimetres: number;
  /** CO2 that a shielding gas brings: 0 for rods and argon, 8e-5 for mixed gas, 4.6e-4 for pure CO2 at 15 L/min. */
  readonly shieldingCo2KilogramsPerSecond: number;
  readonly sparks: SparkKind;
  /** Middle of the workpiece's top and its half sides. */
  readonly workpiece: { readonly place: Point; readonly halfX: number; readonly halfZ: number };
  readonly ambientCelsius: number;
  readonly random: Random;
}

/** Drops of metal and the mains let an arc's light change about a hundred times a second; the camera sees an alias. */
const arcHertz = 97;
const flickerDepth = 0.7;
/** The arc is far beyond the table's end; its area stands for what it sends (assumed). */
const arcCelsius = 1400;
const plateWarmingSeconds = 90;
const plateCoolingSeconds = 500;
const plateExcessKelvin = 70;
const edgeShare = 0.15;
const plateEmissivity = 0.75;
const fumeKilogramsPerSecond = 6e-6;
const radiativeFraction = 0.12;
const arcRadiusMetres = 0.02;

/** Arc welding: bursts of a flickering point that saturates the camera, flying sparks, a seam that cools. */
export class WeldingArc implements SceneThing {
  readonly #options: WeldingArcOptions;
  readonly #flicker: Flicker;
  readonly #seam: GlowingSeam;
  readonly #sparks: SparkStream;
  readonly #plate: WarmingBody;
  readonly #warmth: RadiantWarmth;
  #place: Point;
  #seconds = 0;
  #burning = false;

  constructor(options: WeldingArcOptions) {
    const { random, ambientCelsius, workpiece } = options;
    this.#options = options;
    this.#place = options.toolAt(0);
    this.#flicker = new Flicker({ random, hertz: arcHertz, depth: flickerDepth });
    this.#seam = new GlowingSeam({ widthMetres: 0.008, spacingMetres: 0.012, ambientCelsius });
    this.#sparks = new SparkStream(options.sparks, random);
    this.#plate = new WarmingBody({
      celsius: ambientCelsius,
      warmingSeconds: plateWarmingSeconds,
      coolingSeconds: plateCoolingSeconds,
    });
    this.#warmth = new RadiantWarmth({
      place: { ...workpiece.place, y: workpiece.place.y + 0.1 },
      facing: null,
    });
  }

  get place(): Point {
    return this.#place;
  }

  /** True while the arc burns. */
  get burning(): boolean {
    return this.#burning;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { toolAt, bursts, kilowatts, ambientCelsius, random } = this.#options;
    this.#burning = onTimeAt(bursts, at.seconds) !== null;
    this.#seconds = at.seconds;
    this.#place = toolAt(at.seconds);
    this.#flicker.step(stepSeconds, arcHertz * random.between(0.9, 1.1));
    if (this.#burning) this.#seam.reach(this.#place, at.seconds);
    const source = { place: this.#place, direction: { x: 0, y: 0.3, z: -0.2 }, floorY: 0 };
    this.#sparks.step(stepSeconds, { seconds: at.seconds, source: this.#burning ? source : null });
    const excess = this.#burning ? plateExcessKelvin : 0;
    this.#plate.step(stepSeconds, ambientCelsius + excess);
    this.#warmth.step(stepSeconds, this.#burning ? radiativeFraction * kilowatts : 0);
  }

  releases(): readonly AirRelease[] {
    if (!this.#burning) return [];
    const { kilowatts, shieldingCo2KilogramsPerSecond } = this.#options;
    const source = { place: this.#place, diameterMetres: 0.1, kilowatts, radiativeFraction };
    return [
      {
        ...dryHeatRelease(source),
        co2KilogramsPerSecond: shieldingCo2KilogramsPerSecond,
        sootKilogramsPerSecond: fumeKilogramsPerSecond,
      },
    ];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#warmth.addTo(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    const { workpiece } = this.#options;
    const { ambientCelsius } = this.#options;
    const look = { emissivity: plateEmissivity, surroundingsCelsius: view.air.lowerCelsius };
    const plate = apparentRadiance({ ...look, celsius: this.#plate.celsius });
    const excess = edgeShare * (this.#plate.celsius - ambientCelsius);
    const edge = apparentRadiance({ ...look, celsius: ambientCelsius + excess });
    drawPatch(picture, view.camera, {
      place: workpiece.place,
      ...level(workpiece.halfX, workpiece.halfZ),
      outline: "rectangle",
      radianceAt: (u, v) => edge + (plate - edge) * (1 - u * u) * (1 - v * v),
    });
    this.#seam.draw(picture, view.camera, view.seconds);
    if (this.#burning) this.#drawArc(picture, view);
    this.#sparks.draw(picture, view.camera, view.seconds);
  }

  #drawArc(picture: Picture, view: SceneView): void {
    const at = view.camera.project(this.#place);
    if (at === null) return;
    const flicker = this.#flicker.after(view.seconds - this.#seconds);
    const pixels = 1e-4 * this.#options.squareCentimetres * at.scale * at.scale * flicker;
    const radiance = celsiusToRadiance(arcCelsius);
    const nearer = { ...at, depth: at.depth - arcRadiusMetres };
    // Four specks, so that near the camera it fills more than one pixel.
    const off = 0.5 * arcRadiusMetres * at.scale;
    for (let k = 0; k < 4; k += 1) {
      const x = at.x + ((k & 1) === 1 ? off : -off);
      const y = at.y + (k >> 1 === 1 ? off : -off);
      drawSpeck(picture, { ...nearer, x, y }, { pixels: Math.min(4, pixels / 4), radiance });
    }
  }
}
