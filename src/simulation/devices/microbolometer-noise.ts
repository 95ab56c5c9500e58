import type { GainMode } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { radiancePerKelvinAt25Celsius } from "../scene/band-radiance.ts";
import { correlatedTile } from "../scene/correlated-tile.ts";
import { type CameraLoops, noiseTileSize } from "./camera-loops.ts";

/*
 * Constants fitted to the documented statistics of a real Lepton 3.5 clip of 82 frames (docs/guides/simulated-camera.md
 * compares them; `npm run noise` prints the comparison), all in kelvin at room temperature.
 */
/** Share of a pixel's slow wander that is left from one frame to the next, and what is added, as a deviation. */
const wanderKept = 0.925;
const pixelKelvin = 0.0212;
const columnKelvin = 0.015;
const rowKelvin = 0.0088;
const noiseSmoothingPixels = 0.8;
/** Some frames are noisier than others: spread of the logarithm. */
const frameSpread = 0.35;
/** Some pixels are noisier than others: 5th to 95th percentile 14 to 33 mK. */
const pixelSpread = 0.42;
/** What is left after a flat-field correction, until the next one. */
const fixedPixelKelvin = 0.05;
const fixedColumnKelvin = 0.022;
/** Steps of the whole picture from frame to frame, and the share of them that stays. */
const frameStepKelvin = 0.012;
const frameOffsetKept = 0.98;

/** Offset that a flat-field correction leaves (user reports of small jumps), and what grows until the next one. */
const correctionStepKelvin = 0.3;
const driftKelvin = 0.8;
const driftScaleSeconds = 40;
const blotchKelvin = 0.12;
const blotchPixels = 6;
const blotchScaleSeconds = 180;
/** Fixed pattern and blotches are added up this often. */
const patternSeconds = 1;

/** Low gain is noisier by this factor (facts sheet §4.9: 3 to 5 times; no data sheet says it). */
const lowGainFactor = 4;

const pixelCount = leptonWidth * leptonHeight;
/** Frames that a wander has gone on for before the first picture, and the most that are made up for after a pause. */
const wanderFramesMax = 30;

/** Noise drawn once for all modules; each takes its own pieces of it, so that no module waits for its drawing. */
const tileSeed = 35;
let drawnTiles: NoiseTiles | null = null;

interface NoiseTiles {
  readonly noise: Float32Array;
  readonly blotches: Float32Array;
}

function tiles(): NoiseTiles {
  if (drawnTiles !== null) return drawnTiles;
  const size = { width: noiseTileSize, height: noiseTileSize, random: new Random(tileSeed) };
  const even = correlatedTile({ ...size, smoothingPixels: noiseSmoothingPixels });
  drawnTiles = {
    // Most pixels hardly change from one frame to the next, and a few change much. √3 keeps the deviation at 1.
    noise: even.map((value) => (value * Math.abs(value)) / Math.sqrt(3)),
    blotches: correlatedTile({ ...size, smoothingPixels: blotchPixels }),
  };
  return drawnTiles;
}

/** When a picture is taken, as far as its noise depends on it. */
export interface NoiseMoment {
  /** Frames of the camera since the picture before, 1 when none was left out. */
  readonly framesPassed: number;
  readonly secondsSinceCorrection: number;
  readonly gain: GainMode;
}

/**
 * The noise of one camera module as it really comes out of it, filtered in time and space by the module itself. All
 * in radiance, so that a given noise is fewer kelvin on hot things, as it is in life.
 */
export class MicrobolometerNoise {
  readonly #random: Random;
  readonly #loops: CameraLoops;
  readonly #fixed = new Float32Array(pixelCount);
  readonly #blotch = new Float32Array(pixelCount);
  #patternGain: GainMode | null = null;
  #patternSeconds = 0;
  #frameOffset = 0;
  #correctionStep = 0;
  #drift = 0;

  /** The loops belong to the same module as the noise, and to no other. */
  constructor(random: Random, loops: CameraLoops) {
    this.#random = random;
    this.#loops = loops;
    loops.noiseTile.set(tiles().noise);
    for (let i = 0; i < pixelCount; i += 1)
      loops.unevenness[i] = Math.exp(pixelSpread * random.normal() - pixelSpread ** 2 / 2);
    this.correct();
    for (let frame = 0; frame < wanderFramesMax; frame += 1) this.#step();
  }

  /** A flat-field correction took place: the fixed pattern, the offset and the course of the drift are drawn anew. */
  correct(): void {
    const random = this.#random;
    this.#correctionStep = correctionStepKelvin * random.normal();
    this.#drift = driftKelvin * random.normal();
    const scale = radiancePerKelvinAt25Celsius;
    const { columns } = this.#loops;
    for (let x = 0; x < leptonWidth; x += 1) columns[x] = fixedColumnKelvin * random.normal();
    const { blotches } = tiles();
    const start = this.#tileStart();
    const sign = this.#sign();
    for (let i = 0; i < pixelCount; i += 1) {
      const x = i % leptonWidth;
      const at = start + ((i - x) / leptonWidth) * noiseTileSize + x;
      this.#fixed[i] = scale * (fixedPixelKelvin * random.normal() + columns[x]!);
      this.#blotch[i] = scale * blotchKelvin * sign * blotches[at]!;
    }
    this.#patternGain = null;
  }

  /** Writes what the detector gets and one picture's noise into the loops' `detected`. */
  add(radiance: Float32Array, moment: NoiseMoment): void {
    const frames = Math.min(wanderFramesMax, moment.framesPassed);
    for (let frame = 0; frame < frames; frame += 1) this.#step();
    this.#keepPattern(moment);
    const gain = moment.gain === "low" ? lowGainFactor : 1;
    const grown = driftShare(moment.secondsSinceCorrection);
    const offset =
      radiancePerKelvinAt25Celsius * (this.#correctionStep + gain * this.#frameOffset + this.#drift * grown);
    this.#loops.addNoise(radiance, { gain, offset });
  }

  /** Makes what hardly changes from frame to frame anew now and then. */
  #keepPattern({ gain, secondsSinceCorrection }: NoiseMoment): void {
    const isFresh = Math.abs(secondsSinceCorrection - this.#patternSeconds) < patternSeconds;
    if (gain === this.#patternGain && isFresh) return;
    this.#patternGain = gain;
    this.#patternSeconds = secondsSinceCorrection;
    const factor = gain === "low" ? lowGainFactor : 1;
    const blotch = factor * Math.sqrt(secondsSinceCorrection / blotchScaleSeconds);
    const { pattern } = this.#loops;
    for (let i = 0; i < pixelCount; i += 1) pattern[i] = factor * this.#fixed[i]! + blotch * this.#blotch[i]!;
  }

  /** One frame goes by. */
  #step(): void {
    const random = this.#random;
    const scale = radiancePerKelvinAt25Celsius;
    this.#frameOffset = frameOffsetKept * this.#frameOffset + frameStepKelvin * random.normal();
    const { columns, rows } = this.#loops;
    const loudness = scale * Math.exp(frameSpread * random.normal() - frameSpread ** 2);
    for (let x = 0; x < leptonWidth; x += 1) columns[x] = loudness * columnKelvin * random.normal();
    for (let y = 0; y < leptonHeight; y += 1) rows[y] = loudness * rowKelvin * random.normal();
    const tileStart = this.#tileStart();
    const amplitude = this.#sign() * loudness * pixelKelvin;
    this.#loops.stepWander({ kept: wanderKept, amplitude, tileStart });
  }

  /** Where in the tile a picture-sized piece begins. */
  #tileStart(): number {
    const y = this.#random.integer(noiseTileSize - leptonHeight);
    return y * noiseTileSize + this.#random.integer(noiseTileSize - leptonWidth);
  }

  #sign(): 1 | -1 {
    return this.#random.uniform() < 0.5 ? -1 : 1;
  }
}

/** How far the drift after a correction has come: fast at first. */
function driftShare(secondsSinceCorrection: number): number {
  return -Math.expm1(-secondsSinceCorrection / driftScaleSeconds);
}
