/**
 * Seeded random numbers (sfc32 by Chris Doty-Humphrey, PractRand), so that everything that draws lots can be
 * repeated from its seed.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  /** NaN when there is none: a number in any case, which is quicker to keep than one that may be null. */
  #spareNormal = Number.NaN;

  /** Any integer is a seed; two generators with one seed give the same numbers. */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = 0x9e3779b9 | 0;
    for (let i = 0; i < 15; i += 1) this.#next();
  }

  /** A number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.#next() / 2 ** 32;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number in [0, count). */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** A number from the standard normal distribution (Marsaglia's polar method). */
  normal(): number {
    const spare = this.#spareNormal;
    if (!Number.isNaN(spare)) {
      this.#spareNormal = Number.NaN;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spareNormal = v * scale;
      return u * scale;
    }
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
