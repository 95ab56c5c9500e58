/** Side of the square tile of noise that pictures take their pieces of. */
export const noiseTileSize = 256;

/** What the noise of one frame is made of. */
export interface WanderStep {
  /** Share of a pixel's wander that stays. */
  readonly kept: number;
  /** What a pixel's unevenness and its place in the tile are multiplied by; the sign turns the tile's. */
  readonly amplitude: number;
  /** Index in the tile of the picture's first pixel. */
  readonly tileStart: number;
}

/** How radiance becomes counts. */
export interface CountSteps {
  /** Radiance at which counting begins, in W·m⁻²·sr⁻¹. */
  readonly zeroRadiance: number;
  readonly countsPerRadiance: number;
}

/**
 * The loops over all pixels of one emulated camera, as something faster than this part's TypeScript may run them;
 * `PlainCameraLoops` is the definition, and results are equal to the last bit. They belong to one camera, and lend it the
 * arrays that they work on, 160·120 pixels each where nothing else is said.
 */
export interface CameraLoops {
  /** `noiseTileSize`² numbers, which the owner writes once. */
  readonly noiseTile: Float32Array;
  readonly unevenness: Float32Array;
  readonly wander: Float32Array;
  readonly pattern: Float32Array;
  /** Noise of each column and row of one frame. */
  readonly columns: Float32Array;
  readonly rows: Float32Array;
  /** What each of the detector's counts reads, in hundredths of a kelvin: `detectorCounts` numbers. */
  readonly readings: Float32Array;
  /** What the detector gets and, once counted, reads. */
  readonly detected: Float32Array;
  /** What is before the imager, in hundredths of a kelvin. */
  readonly seen: Float32Array;
  /** The imager's words. */
  readonly words: Uint16Array;
  /** One frame goes by: the wander fades, and noise of the tile, the columns and the rows is added to it. */
  stepWander(step: WanderStep): void;
  /** Writes radiance with `gain` times the wander, the pattern and an offset into `detected`. */
  addNoise(radiance: Float32Array, noise: { readonly gain: number; readonly offset: number }): void;
  /** Makes readings of the radiance in `detected`: below 2³¹ counts, which end with the readings. */
  countRadiance(steps: CountSteps): void;
  /** Makes rounded words from 0 to `most` of what is `seen`, at most 2³¹ in size, and gives their sum. */
  writeWords(scale: { readonly centikelvinPerCount: number; readonly most: number }): number;
}

/** Makes the loops of one camera. */
export type CameraLoopsMaker = () => CameraLoops;
