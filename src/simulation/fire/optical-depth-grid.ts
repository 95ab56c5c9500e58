import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { transmittance } from "./flame-painting.ts";

/** A round lump of gas as it appears: a Gaussian of optical depth. Lengths in pixels. */
export interface Lump {
  readonly x: number;
  readonly y: number;
  /** Standard deviation of the Gaussian. */
  readonly sigma: number;
  /** Optical depth at its middle. */
  readonly depth: number;
  /** Band radiance of its gas. */
  readonly radiance: number;
}

/** Lumps are drawn out to this many standard deviations. */
const reachInSigmas = 2.6;
/** A cell is at most this share of a typical lump's standard deviation, and at most so many pixels. */
const cellShare = 0.55;
const cellPixelsMax = 8;
const margin = 2;

/**
 * Sums the optical depth and the glow of many lumps over the picture, on cells of 1 to 8 pixels, coarser for large
 * lumps, so that a flame that fills the picture costs no more than a small one.
 */
export class OpticalDepthGrid {
  /** Optical depth, and optical depth times radiance, at the place last looked at. */
  depth = 0;
  glow = 0;
  readonly #depths = new Float32Array((leptonWidth + 2 * margin) * (leptonHeight + 2 * margin));
  readonly #glows = new Float32Array(this.#depths.length);
  readonly #across = new Float32Array(leptonWidth + 2 * margin);
  #cellPixels = 1;
  #columns = 0;
  #rows = 0;
  #left = 0;
  #right = -1;
  #top = 0;
  #bottom = -1;

  /** Begins a new sum for lumps of about this size. */
  begin(sigmaPixels: number): void {
    this.#clear();
    this.#cellPixels = 1;
    while (this.#cellPixels < cellPixelsMax && 2 * this.#cellPixels <= cellShare * sigmaPixels)
      this.#cellPixels *= 2;
    this.#columns = Math.ceil(leptonWidth / this.#cellPixels) + 2 * margin;
    this.#rows = Math.ceil(leptonHeight / this.#cellPixels) + 2 * margin;
    this.#left = this.#columns;
    this.#right = -1;
    this.#top = this.#rows;
    this.#bottom = -1;
  }

  /** Picture points that lumps may have reached. */
  get box(): {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  } {
    const cell = this.#cellPixels;
    return {
      left: (this.#left - margin) * cell,
      right: (this.#right - margin + 1) * cell,
      top: (this.#top - margin) * cell,
      bottom: (this.#bottom - margin + 1) * cell,
    };
  }

  /** Adds a lump. */
  add(lump: Lump): void {
    const cell = this.#cellPixels;
    const x = this.#toCell(lump.x);
    const y = this.#toCell(lump.y);
    const sigma = Math.max(0.35, lump.sigma / cell);
    const reach = reachInSigmas * sigma;
    const left = Math.max(0, Math.ceil(x - reach));
    const right = Math.min(this.#columns - 1, Math.floor(x + reach));
    const top = Math.max(0, Math.ceil(y - reach));
    const bottom = Math.min(this.#rows - 1, Math.floor(y + reach));
    if (left > right || top > bottom) return;
    this.#grow({ left, right, top, bottom });
    const scale = 1 / (2 * sigma * sigma);
    const across = this.#across;
    for (let column = left; column <= right; column += 1)
      across[column] = transmittance(scale * (column - x) * (column - x));
    const depths = this.#depths;
    const glows = this.#glows;
    for (let row = top; row <= bottom; row += 1) {
      const down = lump.depth * transmittance(scale * (row - y) * (row - y));
      const first = row * this.#columns;
      for (let column = left; column <= right; column += 1) {
        const depth = down * across[column]!;
        depths[first + column] = depths[first + column]! + depth;
        glows[first + column] = glows[first + column]! + depth * lump.radiance;
      }
    }
  }

  /** Sets `depth` and `glow` to those at a picture point. */
  look(x: number, y: number): void {
    if (this.#cellPixels === 1) {
      const index = (y + margin) * this.#columns + x + margin;
      this.depth = this.#depths[index]!;
      this.glow = this.#glows[index]!;
      return;
    }
    const column = this.#toCell(x);
    const row = this.#toCell(y);
    const left = Math.floor(column);
    const top = Math.floor(row);
    const shareX = column - left;
    const shareY = row - top;
    const index = top * this.#columns + left;
    this.depth = blend(this.#depths, { index, columns: this.#columns, shareX, shareY });
    this.glow = blend(this.#glows, { index, columns: this.#columns, shareX, shareY });
  }

  /** A cell's middle lies in the middle of its pixels. */
  #toCell(pixel: number): number {
    return (pixel + 0.5) / this.#cellPixels - 0.5 + margin;
  }

  #grow(box: { left: number; right: number; top: number; bottom: number }): void {
    this.#left = Math.min(this.#left, box.left);
    this.#right = Math.max(this.#right, box.right);
    this.#top = Math.min(this.#top, box.top);
    this.#bottom = Math.max(this.#bottom, box.bottom);
  }

  #clear(): void {
    for (let row = this.#top; row <= this.#bottom; row += 1) {
      const from = row * this.#columns + this.#left;
      const to = row * this.#columns + this.#right + 1;
      this.#depths.fill(0, from, to);
      this.#glows.fill(0, from, to);
    }
  }
}

function blend(
  of: Float32Array,
  at: { readonly index: number; readonly columns: number; readonly shareX: number; readonly shareY: number },
): number {
  const { index, columns, shareX, shareY } = at;
  const upper = of[index]! + shareX * (of[index + 1]! - of[index]!);
  const lower = of[index + columns]! + shareX * (of[index + columns + 1]! - of[index + columns]!);
  return upper + shareY * (lower - upper);
}
