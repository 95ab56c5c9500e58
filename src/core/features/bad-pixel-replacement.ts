import { assert } from "../failure.ts";
import { severeCelsius, severeCentikelvin } from "./centikelvin.ts";

/** Farthest good neighbour that may stand for a bad pixel, in pixels; without one the pixel leaves every statistic. */
export const neighbourPixelsMax = 3;

/** A bad pixel counts for severe heat when this many of its good direct neighbours are severe. */
export const severeNeighboursMin = 2;

/** Where the pictures come from and which pixels the operator has masked. */
export interface BadPixelReplacementOptions {
  readonly width: number;
  readonly height: number;
  /** 1 = masked; null without masks. */
  readonly masked: Uint8Array | null;
}

/**
 * Replaces bad pixels by the mean of their nearest good neighbours, and keeps the maps that follow from masks and bad
 * pixels together. A good neighbour is neither bad nor masked. Direct neighbours (8) come first; where none is good,
 * the ring around them, and so on.
 *
 * A bad pixel beside two good severe ones is counted as theirs: its value is then the mean of the severe ones and it
 * is not ignored, so that a map never makes a fire smaller.
 */
export class BadPixelReplacement {
  /** 1 where a region must not look: masked or bad; changed in place by `apply` and `settle`. */
  readonly ignored: Uint8Array;
  readonly #width: number;
  readonly #height: number;
  readonly #masked: Uint8Array | null;
  #excluded: Uint8Array | null;
  #watchedPixels: number;
  #bad = new Int32Array(0);
  /** Good neighbours of the k-th bad pixel: from `#first[k]` to `#first[k + 1]`. */
  #neighbours = new Int32Array(0);
  #first = new Int32Array(1);

  constructor(options: BadPixelReplacementOptions) {
    const { width, height, masked } = options;
    assert(masked === null || masked.length === width * height, "the mask has the size of the picture");
    this.#width = width;
    this.#height = height;
    this.#masked =
      masked === null || !masked.includes(1) ? null : Uint8Array.from(masked, (m) => (m ? 1 : 0));
    this.#excluded = this.#masked;
    this.#watchedPixels = width * height - countOnes(this.#masked);
    this.ignored = this.#masked?.slice() ?? new Uint8Array(width * height);
  }

  /** 1 where a pixel leaves every statistic: masked, or bad without a good neighbour; null when none does. */
  get excluded(): Uint8Array | null {
    return this.#excluded;
  }

  /** Pixels that count in the statistics. */
  get watchedPixels(): number {
    return this.#watchedPixels;
  }

  /** Takes a new map, 1 = bad. Not called per frame. */
  setMap(map: Uint8Array): void {
    assert(map.length === this.ignored.length, "the bad-pixel map has the size of the picture");
    const bad: number[] = [];
    const neighbours: number[] = [];
    const first = [0];
    const excluded = this.#masked?.slice() ?? new Uint8Array(map.length);
    this.ignored.set(excluded);
    for (let i = 0; i < map.length; i += 1) {
      if (map[i] === 0 || this.#isMasked(i)) continue;
      this.ignored[i] = 1;
      const good = this.#goodNeighbours(map, i);
      if (good.length === 0) excluded[i] = 1;
      else {
        bad.push(i);
        neighbours.push(...good);
        first.push(neighbours.length);
      }
    }
    this.#bad = Int32Array.from(bad);
    this.#neighbours = Int32Array.from(neighbours);
    this.#first = Int32Array.from(first);
    this.#excluded = excluded.includes(1) ? excluded : null;
    this.#watchedPixels = map.length - countOnes(this.#excluded);
  }

  /** Replaces the bad pixels of one picture in place and marks those that count for severe heat as not ignored. */
  apply(centikelvin: Uint16Array): void {
    for (let k = 0; k < this.#bad.length; k += 1) {
      const pixel = this.#bad[k]!;
      const first = this.#first[k]!;
      const end = this.#first[k + 1]!;
      let sum = 0;
      let severeSum = 0;
      let severe = 0;
      for (let n = first; n < end; n += 1) {
        const value = centikelvin[this.#neighbours[n]!]!;
        sum += value;
        if (value < severeCentikelvin || !this.#touch(pixel, this.#neighbours[n]!)) continue;
        severeSum += value;
        severe += 1;
      }
      const counts = severe >= severeNeighboursMin;
      this.ignored[pixel] = counts ? 0 : 1;
      centikelvin[pixel] = Math.round(counts ? severeSum / severe : sum / (end - first));
    }
  }

  /** Marks which bad pixels count for severe heat in the median picture of a second, in °C. */
  settle(medianCelsius: Float32Array): void {
    for (let k = 0; k < this.#bad.length; k += 1) {
      const pixel = this.#bad[k]!;
      let severe = 0;
      for (let n = this.#first[k]!; n < this.#first[k + 1]!; n += 1) {
        const neighbour = this.#neighbours[n]!;
        if (medianCelsius[neighbour]! >= severeCelsius && this.#touch(pixel, neighbour)) severe += 1;
      }
      this.ignored[pixel] = severe >= severeNeighboursMin ? 0 : 1;
    }
  }

  #isMasked(pixel: number): boolean {
    return this.#masked !== null && this.#masked[pixel] !== 0;
  }

  #touch(a: number, b: number): boolean {
    const width = this.#width;
    return (
      Math.abs((a % width) - (b % width)) <= 1 && Math.abs(Math.floor(a / width) - Math.floor(b / width)) <= 1
    );
  }

  #goodNeighbours(map: Uint8Array, pixel: number): number[] {
    const good: number[] = [];
    const x0 = pixel % this.#width;
    const y0 = Math.floor(pixel / this.#width);
    for (let radius = 1; radius <= neighbourPixelsMax && good.length === 0; radius += 1) {
      for (let y = Math.max(y0 - radius, 0); y <= Math.min(y0 + radius, this.#height - 1); y += 1) {
        for (let x = Math.max(x0 - radius, 0); x <= Math.min(x0 + radius, this.#width - 1); x += 1) {
          const i = y * this.#width + x;
          if (map[i] === 0 && !this.#isMasked(i)) good.push(i);
        }
      }
    }
    return good;
  }
}

function countOnes(map: Uint8Array | null): number {
  return map === null ? 0 : map.reduce((sum, pixel) => sum + pixel, 0);
}
