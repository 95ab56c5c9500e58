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
  const rows = smooth(white, { width, height, weights, step: { x: 1, y: 0 } });
  const tile = smooth(rows, { width, height, weights, step: { x: 0, y: 1 } });
  return standardise(tile);
}

interface Smoothing {
  readonly width: number;
  readonly height: number;
  readonly weights: Float32Array;
  readonly step: { readonly x: number; readonly y: number };
}

function smooth(from: Float32Array, { width, height, weights, step }: Smoothing): Float32Array {
  const to = new Float32Array(from.length);
  const reach = (weights.length - 1) / 2;
  const columns = wrapped(width, reach);
  const rows = wrapped(height, reach);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let k = 0; k < weights.length; k += 1) {
        const fromX = columns[x + (step.x === 0 ? reach : k)]!;
        const fromY = rows[y + (step.y === 0 ? reach : k)]!;
        sum += weights[k]! * from[fromY * width + fromX]!;
      }
      to[y * width + x] = sum;
    }
  return to;
}

/** Where each position from −reach to size + reach lies once the tile is repeated. */
function wrapped(size: number, reach: number): Int32Array {
  const positions = new Int32Array(size + 2 * reach);
  for (let i = 0; i < positions.length; i += 1) positions[i] = (i + (size - (reach % size))) % size;
  return positions;
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
