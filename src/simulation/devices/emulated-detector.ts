import type { GainMode } from "#core/frames/frame-telemetry.ts";
import type { Random } from "#core/random.ts";
import { type BadPixel, type BadPixelLot, drawBadPixels } from "./bad-pixels.ts";
import type { CameraLoops, CountSteps } from "./camera-loops.ts";
import { writeReadings } from "./detector-counts.ts";
import { MicrobolometerNoise, type NoiseMoment } from "./microbolometer-noise.ts";
import { PlainCameraLoops } from "./plain-camera-loops.ts";

const centikelvinPerKelvin = 100;

/** Every module reads a little high or low; its specification allows ±5 K, most are far better. Assumed. */
const ordinaryBiasKelvin = 1.5;

/** What is known of one unit instead of drawn. */
export interface DetectorUnit {
  /** What it reads too much or too little. */
  readonly unitBiasKelvin?: number;
  /** How many bad pixels it may have. Default few. */
  readonly badPixels?: BadPixelLot;
}

/**
 * The detector of one camera module: makes apparent temperatures of the radiance that the lens lets fall on it, with
 * its noise, its bias and its bad pixels. What the module's electronics make of them is the business of others.
 */
export class EmulatedDetector {
  readonly #noise: MicrobolometerNoise;
  readonly #badPixels: readonly BadPixel[];
  readonly #biasCentikelvin: number;
  readonly #loops: CameraLoops;
  /** How it counts in the gain in which it counted last; null before. */
  #counting: (CountSteps & { readonly gain: GainMode }) | null = null;

  constructor(random: Random, unit: DetectorUnit & { readonly loops?: CameraLoops | undefined } = {}) {
    this.#loops = unit.loops ?? new PlainCameraLoops();
    this.#noise = new MicrobolometerNoise(random, this.#loops);
    this.#badPixels = drawBadPixels(random, unit.badPixels ?? "few");
    const drawnKelvin = random.between(-ordinaryBiasKelvin, ordinaryBiasKelvin);
    this.#biasCentikelvin = centikelvinPerKelvin * (unit.unitBiasKelvin ?? drawnKelvin);
  }

  /** A flat-field correction took place. */
  correct(): void {
    this.#noise.correct();
  }

  /** Apparent temperatures in hundredths of a kelvin, in the detector's steps; overwritten by the next call. */
  see(radiance: Float32Array, moment: NoiseMoment): Float32Array {
    const { detected: seen } = this.#loops;
    this.#noise.add(radiance, moment);
    this.#loops.countRadiance(this.#countingIn(moment.gain));
    for (const { index, offsetKelvin } of this.#badPixels)
      seen[index] = seen[index]! + centikelvinPerKelvin * offsetKelvin;
    return seen;
  }

  #countingIn(gain: GainMode): CountSteps {
    if (this.#counting?.gain === gain) return this.#counting;
    const biasCentikelvin = this.#biasCentikelvin;
    this.#counting = { gain, ...writeReadings(this.#loops.readings, { gain, biasCentikelvin }) };
    return this.#counting;
  }
}
