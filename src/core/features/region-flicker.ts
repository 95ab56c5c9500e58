import { microsPerSecond } from "../time.ts";
import { regionDefinition } from "./region-definition.ts";

/** Uneven samples of one region's frames, oldest first; only the first `count` of each array are samples. */
export interface FlickerSamples {
  readonly count: number;
  readonly atMicros: Float64Array;
  readonly values: readonly Float64Array[];
}

/** A column of the basis whose part not yet described is shorter than this share of it adds nothing and is dropped. */
const dependentShare = 1e-6;

/**
 * Rms between 1 Hz and half the frame rate, relative to the mean.
 *
 * Slow change is taken out by least squares on the true timestamps: constant, line, and a cosine and a sine of each
 * frequency k/T below 1 Hz − 1/(2T), where T is the time the samples stand for (their span · n/(n − 1)). What is left
 * is the band from 1 Hz on, and its rms is √(Σ residual²/n). The number of samples n is not reduced by the fitted
 * terms, because they describe just the share of a white noise that lies below 1 Hz. Basis by modified Gram–Schmidt.
 */
export class FlickerFilter {
  #count = 0;
  #firstAtMicros = Number.NaN;
  #lastAtMicros = Number.NaN;
  #basis: readonly Float64Array[] = [];

  /**
   * The flicker of each of the values; NaN, absent, when there are less than 60 % of the samples of 4 s, when they span
   * less than 60 % of it, or when the mean is not positive. Regions share their frames, so the basis of the last call
   * serves again when the frames are the same.
   */
  measure(samples: FlickerSamples): number[] {
    const { flickerSeconds, frameHertz, coverageMin } = regionDefinition;
    const { count, atMicros } = samples;
    const span = count < 2 ? 0 : (atMicros[count - 1]! - atMicros[0]!) / microsPerSecond;
    if (count < coverageMin * flickerSeconds * frameHertz || span < coverageMin * flickerSeconds)
      return samples.values.map(() => Number.NaN);
    const basis = this.#basisFor(samples, span);
    return samples.values.map((values) => relativeRms(values, count, basis));
  }

  #basisFor(samples: FlickerSamples, span: number): readonly Float64Array[] {
    const { count, atMicros } = samples;
    const first = atMicros[0]!;
    const last = atMicros[count - 1]!;
    if (count !== this.#count || first !== this.#firstAtMicros || last !== this.#lastAtMicros) {
      this.#basis = slowBasis(samples, span);
      this.#count = count;
      this.#firstAtMicros = first;
      this.#lastAtMicros = last;
    }
    return this.#basis;
  }
}

function relativeRms(values: Float64Array, count: number, basis: readonly Float64Array[]): number {
  const rest = values.slice(0, count);
  let mean = 0;
  for (let i = 0; i < count; i += 1) mean += rest[i]! / count;
  if (!(mean > 0)) return Number.NaN;
  for (const column of basis) takeOut(rest, column);
  return Math.sqrt(dot(rest, rest) / count) / mean;
}

/** Orthonormal columns that span everything slower than the flicker band. */
function slowBasis(samples: FlickerSamples, span: number): Float64Array[] {
  const { count, atMicros } = samples;
  const period = (span * count) / (count - 1);
  const seconds = new Float64Array(count);
  for (let i = 0; i < count; i += 1) seconds[i] = (atMicros[i]! - atMicros[0]!) / microsPerSecond;
  const basis: Float64Array[] = [];
  addColumn(basis, new Float64Array(count).fill(1));
  addColumn(
    basis,
    seconds.map((t) => t / period - 0.5),
  );
  for (let k = 1; k / period < regionDefinition.flickerLowHertz - 0.5 / period; k += 1) {
    const radiansPerSecond = (2 * Math.PI * k) / period;
    addColumn(
      basis,
      seconds.map((t) => Math.cos(radiansPerSecond * t)),
    );
    addColumn(
      basis,
      seconds.map((t) => Math.sin(radiansPerSecond * t)),
    );
  }
  return basis;
}

function addColumn(basis: Float64Array[], column: Float64Array): void {
  const lengthBefore = Math.sqrt(dot(column, column));
  for (const other of basis) takeOut(column, other);
  const length = Math.sqrt(dot(column, column));
  if (length <= dependentShare * lengthBefore) return;
  basis.push(column.map((value) => value / length));
}

/** Subtracts from the values their part along a column of length 1. */
function takeOut(values: Float64Array, column: Float64Array): void {
  const share = dot(values, column);
  for (let i = 0; i < values.length; i += 1) values[i] = values[i]! - share * column[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}
