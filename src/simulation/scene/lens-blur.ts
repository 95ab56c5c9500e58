/** Standard deviation of the lens's blur in pixels (facts sheet §2.5: a point spreads over about 2×2 pixels). */
export const lensBlurPixels = 0.6;

/** Weights of a pixel and of its two neighbours each side, from the Gaussian integrated over each pixel. */
function weights(): readonly [number, number, number] {
  const at = (offset: number): number => Math.exp((-offset * offset) / (2 * lensBlurPixels * lensBlurPixels));
  const sum = at(0) + 2 * at(1) + 2 * at(2);
  return [at(0) / sum, at(1) / sum, at(2) / sum];
}

const [centre, near, far] = weights();

/** Blurs a picture of radiance in place, as the lens does; borders repeat their last pixel. Keeps the mean. */
export class LensBlur {
  readonly #width: number;
  readonly #height: number;
  readonly #scratch: Float32Array;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    this.#scratch = new Float32Array(size.width * size.height);
  }

  apply(radiance: Float32Array): void {
    this.#alongRows(radiance, this.#scratch);
    this.#alongColumns(this.#scratch, radiance);
  }

  #alongRows(from: Float32Array, to: Float32Array): void {
    const last = this.#width - 1;
    for (let y = 0; y < this.#height; y += 1) {
      const row = y * this.#width;
      for (let x = 0; x <= last; x += 1) {
        const i = row + x;
        const inside = x >= 2 && x <= last - 2;
        const left1 = inside ? i - 1 : row + Math.max(0, x - 1);
        const left2 = inside ? i - 2 : row + Math.max(0, x - 2);
        const right1 = inside ? i + 1 : row + Math.min(last, x + 1);
        const right2 = inside ? i + 2 : row + Math.min(last, x + 2);
        to[i] =
          centre * from[i]! + near * (from[left1]! + from[right1]!) + far * (from[left2]! + from[right2]!);
      }
    }
  }

  #alongColumns(from: Float32Array, to: Float32Array): void {
    const width = this.#width;
    const last = this.#height - 1;
    for (let y = 0; y <= last; y += 1) {
      const row = y * width;
      const up1 = Math.max(0, y - 1) * width;
      const up2 = Math.max(0, y - 2) * width;
      const down1 = Math.min(last, y + 1) * width;
      const down2 = Math.min(last, y + 2) * width;
      for (let x = 0; x < width; x += 1)
        to[row + x] =
          centre * from[row + x]! +
          near * (from[up1 + x]! + from[down1 + x]!) +
          far * (from[up2 + x]! + from[down2 + x]!);
    }
  }
}
