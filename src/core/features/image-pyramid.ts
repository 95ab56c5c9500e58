import { assert } from "../failure.ts";

/** Levels of the pyramid: full, half and quarter size. */
export const pyramidLevels = 3;

/** One picture of a pyramid, in centikelvin. */
export interface PyramidLevel {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
}

/** A pyramid's own level, whose picture may be another one after each `build`. */
interface OwnLevel extends PyramidLevel {
  pixels: Uint16Array;
}

/** Smallest picture side; below it the coarsest level would have no interior. */
export const pictureSideMin = 16;

/**
 * A picture at full, half and quarter size. Level 0 is the owner's picture itself, no copy; each coarser pixel is the
 * rounded mean of 2×2 finer ones; an odd last row or column of the finer level is left out.
 */
export class ImagePyramid {
  readonly #levels: readonly OwnLevel[];

  constructor(size: { readonly width: number; readonly height: number }) {
    assert(Math.min(size.width, size.height) >= pictureSideMin, "the picture is at least 16×16 pixels");
    const levels: OwnLevel[] = [];
    for (let level = 0; level < pyramidLevels; level += 1) {
      const width = size.width >> level;
      const height = size.height >> level;
      levels.push({ width, height, pixels: new Uint16Array(level === 0 ? 0 : width * height) });
    }
    this.#levels = levels;
  }

  /** The levels from full size down; that of full size is empty before the first `build`. */
  get levels(): readonly PyramidLevel[] {
    return this.#levels;
  }

  /** Makes the coarser levels of a full-size picture, which stays the owner's and must not change while it is used. */
  build(full: Uint16Array): void {
    const levels = this.#levels;
    levels[0]!.pixels = full;
    for (let level = 1; level < pyramidLevels; level += 1) halve(levels[level - 1]!, levels[level]!);
  }
}

function halve(fine: PyramidLevel, coarse: PyramidLevel): void {
  const from = fine.pixels;
  const to = coarse.pixels;
  const stride = fine.width;
  const { width, height } = coarse;
  for (let y = 0; y < height; y += 1) {
    let i = 2 * y * stride;
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      to[row + x] = (from[i]! + from[i + 1]! + from[i + stride]! + from[i + stride + 1]! + 2) >> 2;
      i += 2;
    }
  }
}
