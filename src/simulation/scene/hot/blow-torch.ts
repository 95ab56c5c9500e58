import type { Random } from "#core/random.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";
import { Flicker } from "./flicker.ts";
import { GlowingSeam } from "./glowing-seam.ts";
import { combustionRelease, type HotFuel } from "./heat-source-release.ts";
import { apparentRadiance, drawPatch, upright } from "./hot-patch.ts";
import { JetFlame } from "./jet-flame.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";
import { RadiantWarmth } from "./radiant-warmth.ts";
import { type SparkKind, SparkStream } from "./spark-stream.ts";
import { WarmingBody } from "./warming-body.ts";

/** What a torch is used for when it cuts steel: sparks fly on, and the cut stays hot. */
export interface CuttingWork {
  readonly sparks: SparkKind;
  readonly kerfMetres: number;
}

/** Options of `BlowTorch`. */
export interface BlowTorchOptions {
  /** Where the nozzle is, and the unit vector in which the flame leaves. */
  readonly nozzleAt: (seconds: number) => Point;
  readonly direction: Point;
  readonly bursts: readonly OnTime[];
  readonly flame: {
    readonly lengthMetres: number;
    readonly diameterMetres: number;
    readonly absorptionPerMetre: number;
    readonly footCelsius: number;
    readonly tipCelsius: number;
  };
  readonly kilowatts: number;
  readonly fuel: HotFuel;
  /** The spot that it heats: how hot it gets and how large it looks. */
  readonly target: { readonly celsius: number; readonly radiusMetres: number };
  readonly cutting: CuttingWork | null;
  readonly ambientCelsius: number;
  readonly random: Random;
}

/** Turbulent jets flicker faster than the camera takes pictures (assumed). */
const jetHertz = 14;
const flickerDepth = 0.12;
const jetMetresPerSecond = 6;
const targetWarmingSeconds = 12;
const targetCoolingSeconds = 80;
const targetEmissivity = 0.85;
/** Premixed flames radiate little (assumed). */
const radiativeFraction = 0.05;
/** Where the flame meets its work, as a share of its length. */
const workShare = 0.85;

/** A gas torch: a jet of flame in bursts, the spot that it heats, and sparks and a glowing kerf when it cuts. */
export class BlowTorch implements SceneThing {
  readonly #options: BlowTorchOptions;
  readonly #flame: JetFlame;
  readonly #flicker: Flicker;
  readonly #target: WarmingBody;
  readonly #warmth: RadiantWarmth;
  readonly #sparks: SparkStream | null;
  readonly #kerf: GlowingSeam | null;
  #place: Point;
  #seconds = 0;
  #burning = false;

  constructor(options: BlowTorchOptions) {
    const { random, ambientCelsius, cutting, flame } = options;
    this.#options = options;
    this.#place = options.nozzleAt(0);
    this.#flame = new JetFlame({ ...flame, metresPerSecond: jetMetresPerSecond }, random);
    this.#flicker = new Flicker({ random, hertz: jetHertz, depth: flickerDepth });
    this.#target = new WarmingBody({
      celsius: ambientCelsius,
      warmingSeconds: targetWarmingSeconds,
      coolingSeconds: targetCoolingSeconds,
    });
    this.#warmth = new RadiantWarmth({ place: this.#workAt(0), facing: null });
    this.#sparks = cutting === null ? null : new SparkStream(cutting.sparks, random);
    this.#kerf =
      cutting === null
        ? null
        : new GlowingSeam({ widthMetres: cutting.kerfMetres, spacingMetres: 0.015, ambientCelsius });
  }

  get place(): Point {
    return this.#place;
  }

  /** True while it burns. */
  get burning(): boolean {
    return this.#burning;
  }

  /** Temperature of the spot that it heats. */
  get targetCelsius(): number {
    return this.#target.celsius;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { nozzleAt, bursts, target, kilowatts, ambientCelsius, direction } = this.#options;
    this.#burning = onTimeAt(bursts, at.seconds) !== null;
    this.#seconds = at.seconds;
    this.#place = nozzleAt(at.seconds);
    this.#flicker.step(stepSeconds, jetHertz);
    this.#target.step(stepSeconds, this.#burning ? target.celsius : ambientCelsius);
    this.#warmth.step(stepSeconds, this.#burning ? radiativeFraction * kilowatts : 0);
    const work = this.#workAt(at.seconds);
    if (this.#burning) this.#kerf?.reach(work, at.seconds);
    const source = { place: work, direction, floorY: 0 };
    this.#sparks?.step(stepSeconds, { seconds: at.seconds, source: this.#burning ? source : null });
  }

  releases(): readonly AirRelease[] {
    if (!this.#burning) return [];
    const { flame, kilowatts, fuel } = this.#options;
    const source = { place: this.#place, diameterMetres: flame.diameterMetres, kilowatts };
    return [combustionRelease({ ...source, radiativeFraction, fuel, indoorShare: 1 })];
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#warmth.addTo(still, excessKelvin);
  }

  draw(picture: Picture, view: SceneView): void {
    const { nozzleAt, direction, flame, target } = this.#options;
    const spot = apparentRadiance({
      celsius: this.#target.celsius,
      emissivity: targetEmissivity,
      surroundingsCelsius: view.air.lowerCelsius,
    });
    drawPatch(picture, view.camera, {
      place: this.#workAt(view.seconds),
      ...upright(target.radiusMetres, target.radiusMetres),
      outline: "ellipse",
      radianceAt: () => spot,
    });
    this.#kerf?.draw(picture, view.camera, view.seconds);
    if (this.#burning)
      this.#flame.draw(picture, view.camera, {
        foot: nozzleAt(view.seconds),
        direction,
        lengthMetres: flame.lengthMetres * this.#flicker.after(view.seconds - this.#seconds),
        diameterMetres: flame.diameterMetres,
        seconds: view.seconds,
      });
    this.#sparks?.draw(picture, view.camera, view.seconds);
  }

  #workAt(seconds: number): Point {
    const { nozzleAt, direction, flame } = this.#options;
    const from = nozzleAt(seconds);
    const metres = workShare * flame.lengthMetres;
    return {
      x: from.x + metres * direction.x,
      y: from.y + metres * direction.y,
      z: from.z + metres * direction.z,
    };
  }
}
