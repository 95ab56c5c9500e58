import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Lens } from "./lens.ts";
import { blurReachPixels, LensBlur, type LensWeights } from "./lens-blur.ts";

/** Left end of the span of a row in which nothing has been drawn. */
const nothingDrawn = leptonWidth;

/**
 * Pictures as they look through the lens, of a scene in which most stands still: that is blurred once, and again only
 * what differs from it, so that a picture costs what moves in it. Gives the same as blurring the whole picture.
 */
export class LensView implements Lens {
  readonly #blur: LensBlur;
  /** What stands still: sharp, blurred sideways, and blurred both ways. */
  readonly #still = new Float32Array(leptonWidth * leptonHeight);
  readonly #stillRows = new Float32Array(leptonWidth * leptonHeight);
  readonly #stillSeen = new Float32Array(leptonWidth * leptonHeight);
  /** The newest picture, blurred sideways; equal to what stands still outside of the spans. */
  readonly #rows = new Float32Array(leptonWidth * leptonHeight);
  readonly #seen = new Float32Array(leptonWidth * leptonHeight);
  /** In each row the part that differs from what stands still, widened by the blur's reach. */
  readonly #left = new Int16Array(leptonHeight).fill(nothingDrawn);
  readonly #right = new Int16Array(leptonHeight).fill(-1);

  constructor(weights: LensWeights) {
    this.#blur = new LensBlur({ width: leptonWidth, height: leptonHeight, weights });
  }

  keepStill(sharp: Float32Array): void {
    const line = { left: 0, right: leptonWidth - 1 };
    this.#still.set(sharp);
    for (let y = 0; y < leptonHeight; y += 1) this.#blur.alongRow(sharp, this.#stillRows, { y, ...line });
    for (let y = 0; y < leptonHeight; y += 1)
      this.#blur.alongColumns(this.#stillRows, this.#stillSeen, { y, ...line });
    this.#rows.set(this.#stillRows);
    this.#left.fill(nothingDrawn);
    this.#right.fill(-1);
  }

  look(sharp: Float32Array): Float32Array {
    for (let y = 0; y < leptonHeight; y += 1) this.#lookAlong(sharp, y);
    this.#seen.set(this.#stillSeen);
    for (let y = 0; y < leptonHeight; y += 1) {
      let left = nothingDrawn;
      let right = -1;
      const last = Math.min(leptonHeight - 1, y + blurReachPixels);
      for (let k = Math.max(0, y - blurReachPixels); k <= last; k += 1) {
        left = Math.min(left, this.#left[k]!);
        right = Math.max(right, this.#right[k]!);
      }
      if (left <= right) this.#blur.alongColumns(this.#rows, this.#seen, { y, left, right });
    }
    return this.#seen;
  }

  /** Finds what has been drawn into one row and blurs that sideways. */
  #lookAlong(sharp: Float32Array, y: number): void {
    const still = this.#still;
    const start = y * leptonWidth;
    const end = start + leptonWidth;
    const before = { left: this.#left[y]!, right: this.#right[y]! };
    for (let i = start + before.left; i <= start + before.right; i += 1) this.#rows[i] = this.#stillRows[i]!;
    let from = start;
    while (from < end && sharp[from] === still[from]) from += 1;
    if (from === end) {
      this.#left[y] = nothingDrawn;
      this.#right[y] = -1;
      return;
    }
    let to = end - 1;
    while (sharp[to] === still[to]) to -= 1;
    const left = Math.max(0, from - start - blurReachPixels);
    const right = Math.min(leptonWidth - 1, to - start + blurReachPixels);
    this.#blur.alongRow(sharp, this.#rows, { y, left, right });
    this.#left[y] = left;
    this.#right[y] = right;
  }
}
