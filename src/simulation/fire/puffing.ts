import type { Random } from "#core/random.ts";
import { flameHeightMetres, puffingHertz } from "./plume-correlations.ts";

/** A flame as it is at one moment. */
export interface FlameMoment {
  readonly kilowatts: number;
  /** Diameter of the burning area in metres. */
  readonly diameter: number;
  /** Mean flame height over its base in metres. */
  readonly height: number;
  /** Phase of the puffing in radians. */
  readonly puffPhase: number;
  /** Strength of the present puff, about 1. */
  readonly puffStrength: number;
  /** How fast its eddies rise, and how far they have risen since it began, in diameters as they were at the time. */
  readonly riseMetresPerSecond: number;
  readonly risenDiameters: number;
}

/** How a flame is to burn: its heat and its diameter. */
export interface FlameSize {
  readonly kilowatts: number;
  readonly diameter: number;
  /** Height of a jet, which momentum gives it; without it the flame is as high as buoyancy makes it. */
  readonly height?: number;
}

/** Below this diameter a flame's puffing is as fast as that of one this wide. */
const narrowestMetres = 0.01;
/** The phase wanders by this many radians per √s, so that the flicker is broadband about its peak (facts §4.6). */
const phaseWander = 0.35;
/** Strength of puffs: deviation from 1, and how long one strength lasts. */
const strengthDeviation = 0.35;
const strengthSeconds = 0.6;
const weakestPuff = 0.2;
/** Eddies of a basket's flame, 0.26 m wide, rise at 1.3 m/s; buoyancy makes them faster with √D. Assumed. */
const riseAtReference = 1.3;
const referenceDiameter = 0.26;

/** The restlessness of a flame: it puffs at f = 1.5/√D, each puff of another strength, and its eddies rise. */
export class Puffing {
  readonly #random: Random;
  #phase: number;
  #strength = 1;
  #risenDiameters = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#phase = random.between(0, 2 * Math.PI);
  }

  /** Lets time go by for a flame of this diameter. */
  step(seconds: number, diameter: number): void {
    const wander = phaseWander * Math.sqrt(seconds) * this.#random.normal();
    this.#phase = this.#phaseAfter(seconds, diameter) + wander;
    const kept = Math.exp(-seconds / strengthSeconds);
    const fresh = strengthDeviation * Math.sqrt(1 - kept * kept) * this.#random.normal();
    this.#strength = 1 + kept * (this.#strength - 1) + fresh;
    this.#risenDiameters += (seconds * riseOf(diameter)) / eddyDiameter(diameter);
  }

  /** The flame `seconds` after the last step; `before` is its size at the step, which its frequency follows. */
  flameAfter(seconds: number, size: FlameSize, beforeDiameter = size.diameter): FlameMoment {
    const rise = riseOf(beforeDiameter);
    return {
      kilowatts: size.kilowatts,
      diameter: size.diameter,
      height: size.height ?? flameHeightMetres(size),
      puffPhase: this.#phaseAfter(seconds, beforeDiameter),
      puffStrength: Math.max(weakestPuff, this.#strength),
      riseMetresPerSecond: rise,
      risenDiameters: this.#risenDiameters + (seconds * rise) / eddyDiameter(beforeDiameter),
    };
  }

  #phaseAfter(seconds: number, diameter: number): number {
    return this.#phase + 2 * Math.PI * puffingHertz(Math.max(narrowestMetres, diameter)) * seconds;
  }
}

function riseOf(diameter: number): number {
  return riseAtReference * Math.sqrt(Math.max(narrowestMetres, diameter) / referenceDiameter);
}

/** The diameter that a flame's eddies go by: those of a very thin one are as large as of one 5 cm wide. */
export function eddyDiameter(diameter: number): number {
  return Math.max(0.05, diameter);
}

/** The momentary height of a flame in metres: the mean one, longer and shorter with each puff. */
export function momentaryHeight(flame: FlameMoment): number {
  return flame.height * Math.max(0.4, 1 + 0.28 * flame.puffStrength * Math.sin(flame.puffPhase));
}
