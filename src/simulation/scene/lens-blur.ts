/** Standard deviation of the lens's blur in pixels (facts sheet §2.5: a point spreads over about 2×2 pixels). */
export const lensBlurPixels = 0.6;

/** How far the blur reaches: what lies beyond two pixels weighs less than a hundredth up to a blur of 0.85 pixel. */
export const blurReachPixels = 2;

/** Options of `LensBlur`. */
export interface LensBlurOptions {
  readonly width: number;
  readonly height: number;
  /** Default: those of `lensBlurPixels`. */
  readonly weights?: LensWeights;
}

/** What the Gaussian weighs: a pixel itself, its neighbour and the one beyond; over both sides 1 together. */
export interface LensWeights {
  readonly centre: number;
  readonly near: number;
  readonly far: number;
}

/** The weights of a blur of this standard deviation in pixels. */
export function lensWeights(blurPixels: number): LensWeights {
  const at = (offset: number): number => Math.exp((-offset * offset) / (2 * blurPixels * blurPixels));
  const sum = at(0) + 2 * at(1) + 2 * at(2);
  return { centre: at(0) / sum, near: at(1) / sum, far: at(2) / sum };
}

/** A part of one line, both ends inside. */
export interface RowSpan {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

/** Blurs a picture of radiance as the lens does; borders repeat their last pixel. Keeps the mean. */
export class LensBlur {
  readonly #width: number;
  readonly #height: number;
  readonly #scratch: Float32Array;
  readonly #centre: number;
  readonly #near: number;
  readonly #far: number;

  constructor({ width, height, weights = lensWeights(lensBlurPixels) }: LensBlurOptions) {
    this.#width = width;
    this.#height = height;
    this.#scratch = new Float32Array(width * height);
    this.#centre = weights.centre;
    this.#near = weights.near;
    this.#far = weights.far;
  }

  /** Blurs a whole picture in place. */
  apply(radiance: Float32Array): void {
    const line = { left: 0, right: this.#width - 1 };
    for (let y = 0; y < this.#height; y += 1) this.alongRow(radiance, this.#scratch, { y, ...line });
    for (let y = 0; y < this.#height; y += 1) this.alongColumns(this.#scratch, radiance, { y, ...line });
  }

  /** Blurs a part of one line sideways. */
  alongRow(from: Float32Array, to: Float32Array, { y, left, right }: RowSpan): void {
    const [centre, near, far] = [this.#centre, this.#near, this.#far];
    const start = y * this.#width;
    const last = start + this.#width - 1;
    const inner = Math.min(start + right, last - blurReachPixels);
    let i = start + left;
    for (; i < start + blurReachPixels && i <= start + right; i += 1) this.#atEnd(from, to, { i, start });
    for (; i <= inner; i += 1)
      to[i] = centre * from[i]! + near * (from[i - 1]! + from[i + 1]!) + far * (from[i - 2]! + from[i + 2]!);
    for (; i <= start + right; i += 1) this.#atEnd(from, to, { i, start });
  }

  /** Blurs a part of one line upwards and downwards. */
  alongColumns(from: Float32Array, to: Float32Array, { y, left, right }: RowSpan): void {
    const [centre, near, far] = [this.#centre, this.#near, this.#far];
    const width = this.#width;
    const last = this.#height - 1;
    const row = y * width;
    const up1 = (Math.max(0, y - 1) - y) * width;
    const up2 = (Math.max(0, y - 2) - y) * width;
    const down1 = (Math.min(last, y + 1) - y) * width;
    const down2 = (Math.min(last, y + 2) - y) * width;
    for (let i = row + left; i <= row + right; i += 1)
      to[i] =
        centre * from[i]! +
        near * (from[i + up1]! + from[i + down1]!) +
        far * (from[i + up2]! + from[i + down2]!);
  }

  #atEnd(from: Float32Array, to: Float32Array, { i, start }: { i: number; start: number }): void {
    const last = start + this.#width - 1;
    const at = (k: number): number => from[Math.min(last, Math.max(start, k))]!;
    to[i] = this.#centre * at(i) + this.#near * (at(i - 1) + at(i + 1)) + this.#far * (at(i - 2) + at(i + 2));
  }
}
