import { type BlockGradient, blockSide } from "./block-gradient.ts";
import type { FeatureKernel } from "./feature-kernel.ts";
import { type FlowBlock, type FlowSums, sumFlowBlock } from "./flow-block.ts";
import { type ImagePyramid, pyramidLevels } from "./image-pyramid.ts";

/**
 * Noise gate: a block moves only where the smaller eigenvalue of its mean structure tensor is at least this, in
 * (centikelvin/pixel)², that is a gradient of 0.1 K/pixel in the weaker direction. Measured on a real Lepton: its
 * frame-to-frame noise (0.028 K, correlated between neighbours) then moves a block by less than 0.1 pixel.
 */
export const flowEigenvalueMin = 100;

/** Longest flow vector, in pixels; longer ones keep their direction. */
export const flowPixelsMax = 8;

/** Longest step of one iteration, in pixels of its level: beyond it the linear model no longer holds. */
const stepPixelsMax = 2;

/** Half a block: with fewer pixels than this a block is judged as if it had so many. */
const blockPixelsMin = (blockSide * blockSide) / 2;

/** Two pictures and what lies between them. */
export interface OpticalFlowInput {
  readonly previous: ImagePyramid;
  readonly current: ImagePyramid;
  /** Change of the frame median, in centikelvin: see `FlowBlock`. */
  readonly offsetCentikelvin: number;
}

/** Blocks and vectors of one pyramid level. */
interface FlowLevel {
  readonly width: number;
  readonly height: number;
  readonly blocksX: number;
  readonly blocksY: number;
  readonly flowX: Float64Array;
  readonly flowY: Float64Array;
  /** 1 where a pixel and its four neighbours count, so that a gradient can be formed there; null when all do. */
  usable: Uint8Array | null;
}

/**
 * Optical flow by Lucas–Kanade (1981) on 8×8 blocks, coarse to fine over three pyramid levels (Bouguet 2001), one
 * iteration on each; this code is the definition of flow_mag_mean and flow_mag_std.
 *
 * At each level a block starts from twice the vector of the block that covers it one level up, rounded to whole
 * pixels, and solves for the rest with the mean gradient of the two pictures. A block whose structure tensor is below
 * the noise gate has no flow at full size (0), and at a coarser level hands down the vector it started from. Blocks of
 * which less than half the pixels count leave the statistics. Results stay in the fields until the next `measure`.
 */
export class OpticalFlow {
  /** Mean length of the flow vectors of all blocks, in pixels a frame; NaN when no block counts. */
  meanPixels = Number.NaN;
  /** Population standard deviation of those lengths. */
  stdPixels = Number.NaN;

  readonly #gradient: BlockGradient;
  readonly #kernel: FeatureKernel | null;
  readonly #levels: readonly FlowLevel[];
  #blockCounts: Uint8Array;
  #startX = 0;
  #startY = 0;
  #vectorX = 0;
  #vectorY = 0;
  readonly #block: FlowBlock = { left: 0, right: 0, top: 0, bottom: 0, shiftX: 0, shiftY: 0, offset: 0 };
  readonly #sums: FlowSums = { xx: 0, xy: 0, yy: 0, xt: 0, yt: 0, count: 0 };

  /**
   * The gradient of the full-size picture is shared with the gradient features: its owner measures it first. `kernel`
   * takes the place of both pyramids: it has taken both pictures before.
   */
  constructor(gradient: BlockGradient, kernel: FeatureKernel | null = null) {
    this.#gradient = gradient;
    this.#kernel = kernel;
    this.#levels = Array.from({ length: pyramidLevels }, (_, level) =>
      flowLevel({ width: gradient.width >> level, height: gradient.height >> level }),
    );
    this.#blockCounts = countingBlocks(gradient, null);
  }

  /** Says which pixels leave every statistic; null when none does. Not called per frame. */
  setExcluded(excluded: Uint8Array | null): void {
    let map = excluded;
    for (const [k, level] of this.#levels.entries()) {
      level.usable = map === null ? null : usablePixels(level, map);
      this.#kernel?.setUsable(k, level.usable);
      map = map === null ? null : halveExclusion(map, level);
    }
    this.#blockCounts = countingBlocks(this.#gradient, excluded);
  }

  /** Measures the flow between two pictures whose pyramids are built. */
  measure(input: OpticalFlowInput): void {
    for (let level = pyramidLevels - 1; level >= 0; level -= 1) this.#measureLevel(input, level);
    this.#summarise();
  }

  #measureLevel(input: OpticalFlowInput, level: number): void {
    const { blocksX, blocksY, flowX, flowY } = this.#levels[level]!;
    for (let by = 0; by < blocksY; by += 1) {
      for (let bx = 0; bx < blocksX; bx += 1) {
        const block = by * blocksX + bx;
        this.#startFromParent(level, bx, by);
        // At full size the gradient features have summed the tensor already: most blocks of a still room end here.
        if (level > 0 || hasTexture(this.#gradient, block)) this.#step(input, level, bx, by);
        flowX[block] = this.#vectorX;
        flowY[block] = this.#vectorY;
      }
    }
  }

  // Plain arguments and fields in what runs per block: objects here would be garbage 400 times a frame.

  #startFromParent(level: number, bx: number, by: number): void {
    this.#startX = 0;
    this.#startY = 0;
    if (level + 1 < pyramidLevels) {
      const coarser = this.#levels[level + 1]!;
      const parentX = Math.min(bx >> 1, coarser.blocksX - 1);
      const parentY = Math.min(by >> 1, coarser.blocksY - 1);
      const parent = parentY * coarser.blocksX + parentX;
      this.#startX = 2 * coarser.flowX[parent]!;
      this.#startY = 2 * coarser.flowY[parent]!;
    }
    this.#vectorX = level > 0 ? this.#startX : 0;
    this.#vectorY = level > 0 ? this.#startY : 0;
  }

  /** One Lucas–Kanade iteration of one block; keeps what it started from where the other picture has no texture. */
  #step(input: OpticalFlowInput, level: number, bx: number, by: number): void {
    if (!this.#placeBlock(level, bx, by)) return;
    this.#block.offset = input.offsetCentikelvin;
    this.#sumBlock(input, level);
    const { xx, xy, yy, xt, yt, count } = this.#sums;
    // Differences of four pixels are four times the gradient. Few pixels average little noise: they need more texture.
    const gate = flowEigenvalueMin * 16 * Math.max(count, blockPixelsMin);
    if (smallerEigenvalue(xx, xy, yy) < gate) return;
    const scale = -4 / (xx * yy - xy * xy);
    const stepX = (yy * xt - xy * yt) * scale;
    const stepY = (xx * yt - xy * xt) * scale;
    const length = Math.sqrt(stepX * stepX + stepY * stepY);
    const factor = length > stepPixelsMax ? stepPixelsMax / length : 1;
    this.#vectorX = this.#block.shiftX + stepX * factor;
    this.#vectorY = this.#block.shiftY + stepY * factor;
  }

  /** Finds the pixels that lie with their neighbours inside both pictures; false when there are none. */
  #placeBlock(level: number, bx: number, by: number): boolean {
    const { width, height } = this.#levels[level]!;
    const block = this.#block;
    const shiftX = Math.round(this.#startX);
    const shiftY = Math.round(this.#startY);
    block.shiftX = shiftX;
    block.shiftY = shiftY;
    block.left = Math.max(bx * blockSide, 1 - shiftX, 1);
    block.right = Math.min((bx + 1) * blockSide, width - 1 - shiftX, width - 1);
    block.top = Math.max(by * blockSide, 1 - shiftY, 1);
    block.bottom = Math.min((by + 1) * blockSide, height - 1 - shiftY, height - 1);
    return block.right > block.left && block.bottom > block.top;
  }

  #sumBlock(input: OpticalFlowInput, level: number): void {
    const { width, usable } = this.#levels[level]!;
    if (this.#kernel !== null) {
      this.#kernel.sumFlowBlock(level, this.#block, this.#sums);
      return;
    }
    const current = input.current.levels[level]!.pixels;
    const previous = input.previous.levels[level]!.pixels;
    sumFlowBlock({ width, usable, current, previous }, this.#block, this.#sums);
  }

  #summarise(): void {
    const { flowX, flowY } = this.#levels[0]!;
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let block = 0; block < flowX.length; block += 1) {
      if (this.#blockCounts[block] === 0) continue;
      const x = flowX[block]!;
      const y = flowY[block]!;
      const length = Math.min(Math.sqrt(x * x + y * y), flowPixelsMax);
      count += 1;
      sum += length;
      squares += length * length;
    }
    this.meanPixels = sum / count;
    this.stdPixels = Math.sqrt(Math.max(0, squares / count - this.meanPixels * this.meanPixels));
  }
}

function hasTexture(gradient: BlockGradient, block: number): boolean {
  const xx = gradient.sumXx[block]!;
  const xy = gradient.sumXy[block]!;
  const yy = gradient.sumYy[block]!;
  // Doubled differences have four times the products.
  return smallerEigenvalue(xx, xy, yy) >= flowEigenvalueMin * 4 * blockSide * blockSide;
}

function smallerEigenvalue(xx: number, xy: number, yy: number): number {
  const half = (xx - yy) / 2;
  return (xx + yy) / 2 - Math.sqrt(half * half + xy * xy);
}

function flowLevel(size: { width: number; height: number }): FlowLevel {
  const blocksX = Math.ceil(size.width / blockSide);
  const blocksY = Math.ceil(size.height / blockSide);
  return {
    ...size,
    blocksX,
    blocksY,
    flowX: new Float64Array(blocksX * blocksY),
    flowY: new Float64Array(blocksX * blocksY),
    usable: null,
  };
}

function usablePixels(size: { width: number; height: number }, excluded: Uint8Array): Uint8Array {
  const { width, height } = size;
  const usable = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      const beside = excluded[i - 1]! + excluded[i + 1]! + excluded[i - width]! + excluded[i + width]!;
      usable[i] = excluded[i]! + beside === 0 ? 1 : 0;
    }
  }
  return usable;
}

function countingBlocks(gradient: BlockGradient, excluded: Uint8Array | null): Uint8Array {
  const { width, height, blocksX, blocksY } = gradient;
  const all = new Float64Array(blocksX * blocksY);
  const counting = new Float64Array(blocksX * blocksY);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const block = (y >> 3) * blocksX + (x >> 3);
      all[block]! += 1;
      if (excluded === null || excluded[y * width + x] === 0) counting[block]! += 1;
    }
  }
  return Uint8Array.from(all, (pixels, block) => (2 * counting[block]! >= pixels ? 1 : 0));
}

function halveExclusion(excluded: Uint8Array, size: { width: number; height: number }): Uint8Array {
  const width = size.width >> 1;
  const height = size.height >> 1;
  const coarse = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = 2 * y * size.width + 2 * x;
      const any = excluded[i]! | excluded[i + 1]! | excluded[i + size.width]! | excluded[i + size.width + 1]!;
      coarse[y * width + x] = any;
    }
  }
  return coarse;
}
