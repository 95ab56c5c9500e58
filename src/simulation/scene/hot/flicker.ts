import type { Random } from "#core/random.ts";

/** Loses its phase slowly and its strength within this time, so that its spectrum is a hump and no line. */
const phaseWander = 0.35;
const strengthSeconds = 0.6;
const strengthDeviation = 0.35;

/**
 * The unrest of a flame or arc about its mean: band-limited noise with its peak at a frequency (facts §4.6). It goes
 * on between steps, so that a camera that looks too seldom sees an alias, as a real one does.
 */
export class Flicker {
  readonly #random: Random;
  readonly #depth: number;
  #hertz: number;
  #phase: number;
  #strength = 1;

  constructor(options: { readonly random: Random; readonly hertz: number; readonly depth: number }) {
    this.#random = options.random;
    this.#hertz = options.hertz;
    this.#depth = options.depth;
    this.#phase = options.random.between(0, 2 * Math.PI);
  }

  /** Strength of the present puff, about 1. */
  get strength(): number {
    return Math.max(0.2, this.#strength);
  }

  /** Lets time go by, from now on at this frequency. */
  step(seconds: number, hertz: number): void {
    this.#phase = this.phaseAfter(seconds) + phaseWander * Math.sqrt(seconds) * this.#random.normal();
    this.#hertz = hertz;
    const kept = Math.exp(-seconds / strengthSeconds);
    const fresh = strengthDeviation * Math.sqrt(1 - kept * kept) * this.#random.normal();
    this.#strength = 1 + kept * (this.#strength - 1) + fresh;
  }

  /** Phase in radians this long after the last step. */
  phaseAfter(seconds: number): number {
    return this.#phase + 2 * Math.PI * this.#hertz * seconds;
  }

  /** Factor on the mean this long after the last step, never negative. */
  after(seconds: number): number {
    return Math.max(0, 1 + this.#depth * this.strength * Math.sin(this.phaseAfter(seconds)));
  }
}
