import type { Random } from "#core/random.ts";

/** Options of `correlatedTile`. */
export interface CorrelatedTileOptions {
  readonly width: number;
  readonly height: number;
  /** Standard deviation of the Gaussian that white noise is smoothed with, in pixels. */
  readonly smoothingPixels: number;
  readonly random: Random;
}

/**
 * A field of noise with mean 0 and standard deviation 1 whose neighbours resemble each other: white noise smoothed by
 * a Gaussian, so that the correlation over d pixels is exp(−d²/(4·smoothing²)). It tiles: its edges fit each other.
 */
export function correlatedTile(options: CorrelatedTileOptions): Float32Array {
  const { width, height, smoothingPixels, random } = options;
  const white = new Float32Array(width * height);
  for (let i = 0; i < white.length; i += 1) white[i] = random.normal();
  const reach = Math.max(1, Math.ceil(3 * smoothingPixels));
  const weights = new Float32Array(2 * reach + 1);
  for (let k = -reach; k <= reach; k += 1)
    weights[k + reach] = Math.exp((-k * k) / (2 * smoothingPixels * smoothingPixels));
  const rows = smoothRows(white, { width, height, weights });
  return standardise(smoothColumns(rows, { width, height, weights }));
}

interface Smoothing {
  readonly width: number;
  readonly height: number;
  readonly weights: Float32Array;
}

/** Along x, the ends of each row joined. */
function smoothRows(from: Float32Array, { width, height, weights }: Smoothing): Float32Array {
  const to = new Float32Array(from.length);
  const reach = (weights.length - 1) / 2;
  const line = new Float64Array(width + 2 * reach);
  for (let y = 0; y < height; y += 1) {
    const first = y * width;
    for (let i = 0; i < line.length; i += 1) line[i] = from[first + wrapped(i - reach, width)]!;
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let k = 0; k < weights.length; k += 1) sum += weights[k]! * line[x + k]!;
      to[first + x] = sum;
    }
  }
  return to;
}

/** Along y, the last row joined to the first; whole rows at a time, because they lie together in memory. */
function smoothColumns(from: Float32Array, { width, height, weights }: Smoothing): Float32Array {
  const to = new Float32Array(from.length);
  const reach = (weights.length - 1) / 2;
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    for (let k = 0; k < weights.length; k += 1) {
      const weight = weights[k]!;
      const row = wrapped(y + k - reach, height) * width;
      for (let x = 0; x < width; x += 1) sums[x] = sums[x]! + weight * from[row + x]!;
    }
    to.set(sums, y * width);
  }
  return to;
}

/** Where a position lies once the tile is repeated. */
function wrapped(position: number, size: number): number {
  return ((position % size) + size) % size;
}

function standardise(tile: Float32Array): Float32Array {
  let sum = 0;
  let squares = 0;
  for (const value of tile) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / tile.length;
  const deviation = Math.sqrt(squares / tile.length - mean * mean);
  return tile.map((value) => (value - mean) / deviation);
}
