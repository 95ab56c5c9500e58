import { microsPerSecond, secondsBetween } from "../time.ts";
import { regionDefinition } from "./region-definition.ts";

/** What a track remembers of each second, in the order of the columns of its history. */
export interface SecondSample {
  readonly atMicros: number;
  readonly area: number;
  readonly peakCelsius: number;
  readonly excess: number;
  readonly centroidX: number;
  readonly centroidY: number;
}

/** The quantities a slope can be taken of. */
export type SlopeQuantity = "area" | "peakCelsius" | "excess";

/** The last seconds of one track, oldest first; keeps `secondSamplesMax` of them and drops the oldest above that. */
export class RegionHistory {
  #samples: SecondSample[] = [];

  /** Forgets everything: another region begins. */
  clear(): void {
    this.#samples = [];
  }

  /** Adds the newest second; seconds come in order of time. */
  add(sample: SecondSample): void {
    if (this.#samples.length === regionDefinition.secondSamplesMax) this.#samples.shift();
    this.#samples.push(sample);
  }

  /** Moves the temperatures by an FFC's step; excess heat does not change, since the background moves with them. */
  shift(deltaKelvin: number): void {
    this.#samples = this.#samples.map((sample) => ({
      ...sample,
      peakCelsius: sample.peakCelsius + deltaKelvin,
    }));
  }

  /** The newest sample at or before `lagSeconds` ago, however old; null when the track had not begun. */
  before(nowMicros: number, lagSeconds: number): SecondSample | null {
    const latest = nowMicros - lagSeconds * microsPerSecond;
    return this.#samples.findLast((sample) => sample.atMicros <= latest) ?? null;
  }

  /** As `before`, but null also when the sample is more than 1.5 s older than the lag: the features' lagged value. */
  lagged(nowMicros: number, lagSeconds: number): SecondSample | null {
    const sample = this.before(nowMicros, lagSeconds);
    if (sample === null) return null;
    const age = secondsBetween(sample.atMicros, nowMicros);
    return age <= lagSeconds + regionDefinition.lagToleranceSeconds ? sample : null;
  }

  /**
   * Least-squares slope by true timestamps, per second, over the last `windowSeconds`, or over the age of the track
   * where that is shorter. NaN when the window so scaled is under 3 s, when it holds less than 60 % of its seconds, or
   * when these span less than 60 % of it.
   */
  slope(
    quantity: SlopeQuantity,
    range: { readonly nowMicros: number; readonly windowSeconds: number; readonly ageSeconds: number },
  ): number {
    const { slopeSecondsMin, coverageMin } = regionDefinition;
    const window = Math.min(range.windowSeconds, range.ageSeconds);
    if (window < slopeSecondsMin) return Number.NaN;
    const from = range.nowMicros - window * microsPerSecond;
    const samples = this.#samples.filter((sample) => sample.atMicros >= from);
    if (samples.length < 2 || samples.length < coverageMin * window) return Number.NaN;
    if (secondsBetween(samples[0]!.atMicros, samples.at(-1)!.atMicros) < coverageMin * window)
      return Number.NaN;
    return leastSquaresSlope(samples, quantity);
  }
}

function leastSquaresSlope(samples: readonly SecondSample[], quantity: SlopeQuantity): number {
  const start = samples[0]!.atMicros;
  let meanSeconds = 0;
  let meanValue = 0;
  for (const sample of samples) {
    meanSeconds += secondsBetween(start, sample.atMicros) / samples.length;
    meanValue += sample[quantity] / samples.length;
  }
  let covariance = 0;
  let variance = 0;
  for (const sample of samples) {
    const seconds = secondsBetween(start, sample.atMicros) - meanSeconds;
    covariance += seconds * (sample[quantity] - meanValue);
    variance += seconds * seconds;
  }
  return covariance / variance;
}
