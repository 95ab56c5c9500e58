import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { radiancePerKelvinAt25Celsius } from "../scene/band-radiance.ts";
import { correlatedTile } from "../scene/correlated-tile.ts";

/*
 * Constants measured on a real Lepton 3.5 clip of 82 frames, all at room temperature: noise of one pixel from frame to
 * frame 20 mK (standard deviation of the difference ÷ √2), correlated in time (.89 from one frame to the next: most of
 * it is a slow wander) and in space (.45 to .60 over one pixel), columns 15 mK and rows 8 mK in the difference, fixed
 * pattern 55 mK, whole-frame steps 12 mK.
 */
const wanderKept = 0.918;
const pixelKelvin = 0.022;
const columnKelvin = 0.0145;
const rowKelvin = 0.0081;
const fixedPixelKelvin = 0.05;
const fixedColumnKelvin = 0.022;
const noiseSmoothingPixels = 0.62;
/** Some pixels are noisier than others: 5th to 95th percentile 14 to 33 mK. */
const pixelSpread = 0.3;
const frameStepKelvin = 0.012;
const frameOffsetKept = 0.98;

/** Offset that a flat-field correction leaves (user reports of small jumps), and what grows until the next one. */
const correctionStepKelvin = 0.3;
const driftKelvin = 0.25;
const blotchKelvin = 0.12;
const blotchPixels = 6;
const driftScaleSeconds = 180;

/** Every module reads a little high or low; its specification allows ±5 K, most are far better. */
const unitBiasKelvin = 1.5;

/** Room that a tile has for random shifts. */
const shiftPixels = 48;
const tileWidth = leptonWidth + shiftPixels;
const tileHeight = leptonHeight + shiftPixels;
const tileCount = 2;
const pixelCount = leptonWidth * leptonHeight;

/**
 * The noise of one camera module as it really comes out of it, filtered in time and space by the module itself. All
 * in radiance, so that a given noise is fewer kelvin on hot things, as it is in life.
 */
export class MicrobolometerNoise {
  readonly #random: Random;
  readonly #tiles: readonly Float32Array[];
  readonly #blotches: Float32Array;
  readonly #unevenness = new Float32Array(pixelCount);
  readonly #wander = new Float32Array(pixelCount);
  readonly #fixed = new Float32Array(pixelCount);
  readonly #blotch = new Float32Array(pixelCount);
  readonly #columns = new Float32Array(leptonWidth);
  readonly #unitBias: number;
  #frameOffset = 0;
  #correctionStep = 0;
  #drift = 0;

  constructor(random: Random) {
    this.#random = random;
    const size = { width: tileWidth, height: tileHeight };
    this.#tiles = Array.from({ length: tileCount }, () =>
      correlatedTile({ ...size, smoothingPixels: noiseSmoothingPixels, random }),
    );
    this.#blotches = correlatedTile({ ...size, smoothingPixels: blotchPixels, random });
    for (let i = 0; i < pixelCount; i += 1)
      this.#unevenness[i] = Math.exp(pixelSpread * random.normal() - pixelSpread ** 2 / 2);
    this.#unitBias = random.between(-unitBiasKelvin, unitBiasKelvin);
    this.correct();
    // The wander has been going on since power-on.
    for (let frame = 0; frame < 40; frame += 1) this.#stepWander();
  }

  /** A flat-field correction took place: the fixed pattern, the offset and the course of the drift are drawn anew. */
  correct(): void {
    const random = this.#random;
    this.#correctionStep = correctionStepKelvin * random.normal();
    this.#drift = driftKelvin * random.normal();
    for (let x = 0; x < leptonWidth; x += 1) this.#columns[x] = fixedColumnKelvin * random.normal();
    const blotches = this.#shifted(this.#blotches);
    for (let i = 0; i < pixelCount; i += 1) {
      const x = i % leptonWidth;
      this.#fixed[i] =
        radiancePerKelvinAt25Celsius * (fixedPixelKelvin * random.normal() + this.#columns[x]!);
      this.#blotch[i] = radiancePerKelvinAt25Celsius * blotchKelvin * blotches.sign * blotches.at(i);
    }
  }

  /** Adds one frame's noise to a picture of radiance. */
  addTo(radiance: Float32Array, secondsSinceCorrection: number): void {
    this.#stepWander();
    this.#frameOffset = frameOffsetKept * this.#frameOffset + frameStepKelvin * this.#random.normal();
    const grown = secondsSinceCorrection / driftScaleSeconds;
    const blotch = Math.sqrt(grown);
    const offset =
      radiancePerKelvinAt25Celsius *
      (this.#unitBias + this.#correctionStep + this.#frameOffset + this.#drift * grown);
    const wander = this.#wander;
    const fixed = this.#fixed;
    const blotches = this.#blotch;
    for (let i = 0; i < pixelCount; i += 1)
      radiance[i] = radiance[i]! + wander[i]! + fixed[i]! + blotch * blotches[i]! + offset;
  }

  #stepWander(): void {
    const random = this.#random;
    const scale = radiancePerKelvinAt25Celsius;
    const columns = this.#columns;
    for (let x = 0; x < leptonWidth; x += 1) columns[x] = scale * columnKelvin * random.normal();
    const tile = this.#tiles[random.integer(tileCount)]!;
    const start = random.integer(shiftPixels) * tileWidth + random.integer(shiftPixels);
    const amplitude = (random.uniform() < 0.5 ? -1 : 1) * scale * pixelKelvin;
    const wander = this.#wander;
    const unevenness = this.#unevenness;
    for (let y = 0; y < leptonHeight; y += 1) {
      const row = scale * rowKelvin * random.normal();
      const from = start + y * tileWidth;
      for (let x = 0; x < leptonWidth; x += 1) {
        const i = y * leptonWidth + x;
        wander[i] =
          wanderKept * wander[i]! + amplitude * unevenness[i]! * tile[from + x]! + columns[x]! + row;
      }
    }
  }

  #shifted(tile: Float32Array): { readonly sign: 1 | -1; at(index: number): number } {
    const start = this.#random.integer(shiftPixels) * tileWidth + this.#random.integer(shiftPixels);
    const sign = this.#random.uniform() < 0.5 ? -1 : 1;
    const at = (index: number): number =>
      tile[start + Math.floor(index / leptonWidth) * tileWidth + (index % leptonWidth)]!;
    return { sign, at };
  }
}
