import type { FeatureKernel } from "./feature-kernel.ts";

/** Side of a block of optical flow, in pixels of its pyramid level. */
export const blockSide = 8;

/**
 * Gradient of one picture by central differences, one-sided at the borders (the convention of numpy.gradient), and
 * the sums of its products over 8×8 blocks that optical flow starts from. One pass serves both. Beside an excluded
 * pixel the difference is one-sided too, and 0 along an axis on which both neighbours are excluded.
 *
 * Inside, differences are kept doubled, so that they are integers; the fields say so where it matters. Results stay
 * in the fields until the next `measure`.
 */
export class BlockGradient {
  readonly width: number;
  readonly height: number;
  readonly blocksX: number;
  readonly blocksY: number;
  /** Sums over each block of products of doubled differences (x·x, x·y, y·y), in centikelvin². */
  readonly sumXx: Float64Array;
  readonly sumXy: Float64Array;
  readonly sumYy: Float64Array;
  /** Pixels that count. */
  pixels = 0;
  readonly #kernel: FeatureKernel | null;
  #magnitudes = 0;
  #squares = 0;

  /** `kernel` has taken each picture before it comes here, and knows which pixels are excluded. */
  constructor(
    size: { readonly width: number; readonly height: number },
    kernel: FeatureKernel | null = null,
  ) {
    this.width = size.width;
    this.height = size.height;
    this.blocksX = Math.ceil(size.width / blockSide);
    this.blocksY = Math.ceil(size.height / blockSide);
    const blocks = this.blocksX * this.blocksY;
    this.#kernel = kernel;
    this.sumXx = kernel?.sumXx ?? new Float64Array(blocks);
    this.sumXy = kernel?.sumXy ?? new Float64Array(blocks);
    this.sumYy = kernel?.sumYy ?? new Float64Array(blocks);
  }

  /** Mean gradient magnitude, K/pixel; NaN when no pixel counts. */
  get meanKelvinPerPixel(): number {
    return this.#magnitudes / this.pixels / 200;
  }

  /** Population standard deviation of the gradient magnitude, K/pixel; NaN when no pixel counts. */
  get stdKelvinPerPixel(): number {
    const mean = this.#magnitudes / this.pixels;
    return Math.sqrt(Math.max(0, this.#squares / this.pixels - mean * mean)) / 200;
  }

  /** Measures one picture; `excluded` has 1 where a pixel leaves every statistic, null when none does. */
  measure(centikelvin: Uint16Array, excluded: Uint8Array | null): void {
    if (this.#kernel !== null) this.#measureBy(this.#kernel);
    else if (excluded === null) this.#measureAll(centikelvin);
    else this.#measureBesideExcluded(centikelvin, excluded);
  }

  #measureBy(kernel: FeatureKernel): void {
    this.pixels = kernel.pixels;
    this.#magnitudes = kernel.sumGradient();
    this.#sumSquares();
  }

  #measureAll(centikelvin: Uint16Array): void {
    this.pixels = this.width * this.height;
    this.#magnitudes = this.#sumBlocks(centikelvin);
    this.#sumSquares();
  }

  #sumSquares(): void {
    const { sumXx, sumYy } = this;
    this.#squares = 0;
    for (let block = 0; block < sumXx.length; block += 1) this.#squares += sumXx[block]! + sumYy[block]!;
  }

  #sumBlocks(centikelvin: Uint16Array): number {
    let magnitudes = 0;
    for (let block = 0; block < this.sumXx.length; block += 1)
      magnitudes += this.#sumBlock(centikelvin, block);
    return magnitudes;
  }

  /** Writes the sums of a block and gives that of its magnitudes, even and odd columns apart: a kernel takes two at once. */
  #sumBlock(centikelvin: Uint16Array, block: number): number {
    const { width, height } = this;
    const left = (block % this.blocksX) * blockSide;
    const top = Math.floor(block / this.blocksX) * blockSide;
    const right = Math.min(left + blockSide, width);
    const bottom = Math.min(top + blockSide, height);
    let xx = 0;
    let xy = 0;
    let yy = 0;
    let even = 0;
    let odd = 0;
    for (let y = top; y < bottom; y += 1) {
      const row = y * width;
      const up = y > 0 ? -width : 0;
      const down = y < height - 1 ? width : 0;
      const vertical = up === 0 || down === 0 ? 2 : 1;
      let here = centikelvin[row + left]!;
      // Beyond a border the row goes on in a straight line, which makes the central difference one-sided.
      let west = left > 0 ? centikelvin[row + left - 1]! : 2 * here - centikelvin[row + 1]!;
      for (let x = left; x < right; x += 1) {
        const i = row + x;
        const east = x < width - 1 ? centikelvin[i + 1]! : 2 * here - west;
        const dx = east - west;
        const dy = (centikelvin[i + down]! - centikelvin[i + up]!) * vertical;
        const dxx = dx * dx;
        const dyy = dy * dy;
        xx += dxx;
        xy += dx * dy;
        yy += dyy;
        const magnitude = Math.sqrt(dxx + dyy);
        if ((x & 1) === 0) even += magnitude;
        else odd += magnitude;
        west = here;
        here = east;
      }
    }
    this.sumXx[block] = xx;
    this.sumXy[block] = xy;
    this.sumYy[block] = yy;
    return even + odd;
  }

  #measureBesideExcluded(centikelvin: Uint16Array, excluded: Uint8Array): void {
    const row: RowSums = { pixels: 0, magnitudes: 0, squares: 0 };
    this.sumXx.fill(0);
    this.sumXy.fill(0);
    this.sumYy.fill(0);
    for (let y = 0; y < this.height; y += 1) this.#addRowBesideExcluded({ centikelvin, excluded, y }, row);
    this.pixels = row.pixels;
    this.#magnitudes = row.magnitudes;
    this.#squares = row.squares;
  }

  /** Adds one row, its magnitudes one after the other. What it adds to lies in variables: fields are many times slower. */
  #addRowBesideExcluded({ centikelvin, excluded, y }: RowBesideExcluded, sums: RowSums): void {
    const { width, height, sumXx, sumXy, sumYy } = this;
    const row = y * width;
    const blockRow = (y >> 3) * this.blocksX;
    const above = y > 0 ? width : 0;
    const below = y < height - 1 ? width : 0;
    let { pixels, magnitudes, squares } = sums;
    for (let x = 0; x < width; x += 1) {
      const i = row + x;
      if (excluded[i] !== 0) continue;
      const left = x > 0 && excluded[i - 1] === 0 ? 1 : 0;
      const right = x < width - 1 && excluded[i + 1] === 0 ? 1 : 0;
      const up = above !== 0 && excluded[i - width] === 0 ? width : 0;
      const down = below !== 0 && excluded[i + width] === 0 ? width : 0;
      const dx = (centikelvin[i + right]! - centikelvin[i - left]!) * (left + right === 2 ? 1 : 2);
      const dy = (centikelvin[i + down]! - centikelvin[i - up]!) * (up + down === 2 * width ? 1 : 2);
      const block = blockRow + (x >> 3);
      const square = dx * dx + dy * dy;
      sumXx[block]! += dx * dx;
      sumXy[block]! += dx * dy;
      sumYy[block]! += dy * dy;
      squares += square;
      magnitudes += Math.sqrt(square);
      pixels += 1;
    }
    sums.pixels = pixels;
    sums.magnitudes = magnitudes;
    sums.squares = squares;
  }
}

interface RowBesideExcluded {
  readonly centikelvin: Uint16Array;
  readonly excluded: Uint8Array;
  readonly y: number;
}

interface RowSums {
  pixels: number;
  magnitudes: number;
  squares: number;
}
