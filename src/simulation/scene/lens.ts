import type { LensWeights } from "./lens-blur.ts";

/** A lens before a scene in which most stands still; pictures of 160·120 pixels of radiance. */
export interface Lens {
  /** What stands still has changed. */
  keepStill(sharp: Float32Array): void;
  /** A sharp picture, seen through the lens; overwritten by the next call. */
  look(sharp: Float32Array): Float32Array;
}

/**
 * Makes a lens that blurs by these weights: `LensView` is the definition, something faster may take its place with the
 * same results to the last bit.
 */
export type LensMaker = (weights: LensWeights) => Lens;
