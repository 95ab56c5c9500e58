import type { Random } from "#core/random.ts";
import { tSquaredKilowatts } from "./fire-growth.ts";
import { type FlameMoment, type FlameSize, Puffing } from "./puffing.ts";

/** Growth of a paper fire: about the class "fast" of NFPA, α = 0.0469 kW/s², drawn for each fire. */
const lowestGrowth = 0.035;
const highestGrowth = 0.06;
/** A sheet of crumpled paper starts the fire: 5 g at 14 MJ/kg burn for a minute or two. Drawn for each fire. */
const lowestKindlingKilowatts = 0.4;
const highestKindlingKilowatts = 1;
const fastestKindlingSeconds = 0.6;
const slowestKindlingSeconds = 1.5;
/** A fire younger than this burns even when it is still tiny. */
const youngSeconds = 8;
/** Peak of an office waste basket of 7 to 15 litres: 10 to 60 kW. */
const lowestPeakKilowatts = 30;
const highestPeakKilowatts = 48;
/** About 0.9 kg of paper and plastic; the last third burns ever more slowly. */
const fuelKilojoules = 12_000;
const decayShare = 0.3;
const burntOutKilowatts = 0.3;
/** A burning area gives this much until it fills the basket. */
const kilowattsPerSquareMetre = 400;
/** A flame that is put out dies within a second. */
const quenchSeconds = 0.35;
const quenchedKilowatts = 0.02;

/**
 * The fire in the waste basket: grows with the square of time, levels off, burns out or is put out. Time runs in steps;
 * between them the flame is extrapolated, so that a picture may be taken at any time.
 */
export class BasketFire {
  readonly #puffing: Puffing;
  readonly #rimDiameter: number;
  readonly #growth: number;
  readonly #peakKilowatts: number;
  readonly #kindlingKilowatts: number;
  readonly #kindlingSeconds: number;
  #seconds = 0;
  #burntKilojoules = 0;
  #quenchedAtSeconds: number | null = null;

  constructor(options: { readonly random: Random; readonly rimDiameter: number }) {
    const { random } = options;
    this.#rimDiameter = options.rimDiameter;
    this.#growth = random.between(lowestGrowth, highestGrowth);
    this.#peakKilowatts = random.between(lowestPeakKilowatts, highestPeakKilowatts);
    this.#kindlingKilowatts = random.between(lowestKindlingKilowatts, highestKindlingKilowatts);
    this.#kindlingSeconds = random.between(fastestKindlingSeconds, slowestKindlingSeconds);
    this.#puffing = new Puffing(random);
  }

  /** True while there are flames. */
  get burning(): boolean {
    const kilowatts = this.#kilowattsAfter(0);
    if (this.#quenchedAtSeconds !== null) return kilowatts > quenchedKilowatts;
    return this.#seconds < youngSeconds || kilowatts > burntOutKilowatts;
  }

  /** Puts the flames out; what has been heated stays hot. */
  quench(): void {
    this.#quenchedAtSeconds ??= this.#seconds;
  }

  /** Lets time go by. */
  step(seconds: number): void {
    this.#burntKilojoules += seconds * this.#kilowattsAfter(seconds / 2);
    this.#puffing.step(seconds, this.#sizeAfter(0).diameter);
    this.#seconds += seconds;
  }

  /** The flame `seconds` after the last step. */
  flameAfter(seconds: number): FlameMoment {
    return this.#puffing.flameAfter(seconds, this.#sizeAfter(seconds), this.#sizeAfter(0).diameter);
  }

  #sizeAfter(seconds: number): FlameSize {
    const kilowatts = this.#kilowattsAfter(seconds);
    return { kilowatts, diameter: this.#diameter(kilowatts) };
  }

  #kilowattsAfter(seconds: number): number {
    const age = this.#seconds + seconds;
    const kindling = this.#kindlingKilowatts * -Math.expm1(-age / this.#kindlingSeconds);
    const grown = kindling + tSquaredKilowatts(this.#growth, age);
    const fuelLeft = Math.max(0, 1 - this.#burntKilojoules / fuelKilojoules);
    const free = Math.min(this.#peakKilowatts, grown) * Math.min(1, fuelLeft / decayShare);
    if (this.#quenchedAtSeconds === null) return free;
    return free * Math.exp((this.#quenchedAtSeconds - age) / quenchSeconds);
  }

  #diameter(kilowatts: number): number {
    const area = kilowatts / kilowattsPerSquareMetre;
    return Math.min(this.#rimDiameter, Math.sqrt((4 * area) / Math.PI));
  }
}
