import type { AirSample } from "../frames/air-sample.ts";
import { microsPerSecond } from "../time.ts";
import type { AirFeatures } from "./feature-second.ts";
import { TimeSeries } from "./time-series.ts";

/** A CO2 reading older than this is no longer the present state of the air. */
export const gasAgeMaxMicros = 12 * microsPerSecond;

/** Lag of gas_delta. */
export const gasLagMicros = 60 * microsPerSecond;

/** Window of gas_vel: over 30 s it would be mostly sensor noise (0.38 against 0.06 ppm/s). */
export const gasWindowMicros = 120 * microsPerSecond;

/** Sampling period of an SCD41 in periodic measurement (SCD4x data sheet 1.5, start_periodic_measurement). */
export const airPeriodMicros = 5 * microsPerSecond;

/** Readings nearer than this to the one before are left out, so that a fast source cannot push the window out. */
const airSpacingMinMicros = microsPerSecond / 4;

/** Readings kept: 120 s at the least spacing, and some more. The oldest leaves. */
const airSamplesMax = 512;

/** The CO2 readings of the last two minutes, and the gas features made of them. */
export class AirHistory {
  readonly #co2Ppm = new TimeSeries({ samplesMax: airSamplesMax, periodMicros: airPeriodMicros });
  #newestAtMicros = Number.NEGATIVE_INFINITY;

  /** Takes a reading; one without a valid CO2 value, or not newer than the last, changes nothing. */
  add(sample: AirSample): void {
    const { sampledAtMicros, co2Ppm } = sample;
    if (!Number.isSafeInteger(sampledAtMicros) || !Number.isFinite(co2Ppm) || co2Ppm <= 0) return;
    if (sampledAtMicros - this.#newestAtMicros < airSpacingMinMicros) return;
    this.#newestAtMicros = sampledAtMicros;
    this.#co2Ppm.add({ atMicros: sampledAtMicros, measuredAtMicros: sampledAtMicros, value: co2Ppm });
  }

  /** The gas features at a time; readings after it are not looked at. All NaN while there is no fresh reading. */
  featuresAt(atMicros: number): AirFeatures {
    const co2Ppm = this.#co2Ppm.newest({ atMicros, ageMaxMicros: gasAgeMaxMicros });
    if (Number.isNaN(co2Ppm)) return { co2Ppm, co2DeltaPpm: Number.NaN, co2SlopePpmPerSecond: Number.NaN };
    return {
      co2Ppm,
      co2DeltaPpm: co2Ppm - this.#co2Ppm.lagged(atMicros - gasLagMicros),
      co2SlopePpmPerSecond: this.#co2Ppm.slopePerSecond({
        endMicros: atMicros,
        windowMicros: gasWindowMicros,
      }),
    };
  }
}
