import type { Random } from "#core/random.ts";
import { microsPerSecond } from "#core/time.ts";
import { radiancesToCelsius, zeroCelsiusKelvin } from "../scene/band-radiance.ts";
import { type BadPixel, drawBadPixels } from "./bad-pixels.ts";
import { leptonPixels } from "./emulated-lepton-imager.ts";
import { MicrobolometerNoise } from "./microbolometer-noise.ts";

const centikelvinPerKelvin = 100;

/** Something to look at: band radiance in W·m⁻²·sr⁻¹, blurred by the lens, at times that only go forward. */
export interface RadianceSource {
  radianceAt(atMicros: number): Float32Array;
}

/**
 * An emulated room as an emulated Lepton's detector sees it: with the detector's noise and bad pixels, and without the
 * room's own camera module and its corrections, which are the emulated Lepton's business. Give it `scene` and
 * `onCorrection`.
 */
export class SceneOfRoom {
  /** Apparent temperatures at a time, in hundredths of a kelvin; overwritten by the next call. */
  readonly scene: (atMicros: number) => Float32Array;
  /** A flat-field correction has ended: the fixed pattern is drawn anew. */
  readonly onCorrection: () => void;
  readonly #room: RadianceSource;
  readonly #noise: MicrobolometerNoise;
  readonly #badPixels: readonly BadPixel[];
  readonly #values = new Float32Array(leptonPixels);
  #correctedAtMicros: number | null = null;

  constructor(room: RadianceSource, random: Random) {
    this.#room = room;
    this.#noise = new MicrobolometerNoise(random);
    this.#badPixels = drawBadPixels(random);
    this.scene = (atMicros) => this.#look(atMicros);
    this.onCorrection = () => {
      this.#noise.correct();
      this.#correctedAtMicros = null;
    };
  }

  #look(atMicros: number): Float32Array {
    const values = this.#values;
    const radiance = this.#room.radianceAt(atMicros);
    // The correction has ended shortly before the first picture after it.
    this.#correctedAtMicros ??= atMicros;
    this.#noise.addTo(radiance, Math.max(0, atMicros - this.#correctedAtMicros) / microsPerSecond);
    radiancesToCelsius(radiance, values);
    for (const { index, offsetKelvin } of this.#badPixels) values[index] = values[index]! + offsetKelvin;
    for (let i = 0; i < values.length; i += 1)
      values[i] = (values[i]! + zeroCelsiusKelvin) * centikelvinPerKelvin;
    return values;
  }
}
