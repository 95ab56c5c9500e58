import type { AirSample } from "#core/frames/air-sample.ts";
import { ticksToCelsius, ticksToPercent } from "../sensirion/ticks.ts";

/** Low bits of the data-ready word of which any set means that a measurement waits (data sheet, get_data_ready_status). */
const readyMask = 0x07ff;

/** Reply to a forced recalibration that failed. */
const recalibrationFailed = 0xffff;

/** A correction of 0 ppm. */
const recalibrationZero = 0x8000;

/** Which member of the family it is, by bits 15 to 12 of the variant word. */
export type Scd4xVariant = "SCD40" | "SCD41" | "SCD42" | "SCD43" | "unknown";

const variants: ReadonlyMap<number, Scd4xVariant> = new Map([
  [0, "SCD40"],
  [1, "SCD41"],
  [2, "SCD42"],
  [5, "SCD43"],
]);

/**
 * Whether it does all that an SCD41 does: an SCD43 has the same commands and measures more exactly; chips too old to
 * tell are taken for an SCD41. An SCD40 or SCD42 ends at 2,000 ppm (data sheets).
 */
export function measuresLikeScd41(variant: Scd4xVariant): boolean {
  return variant === "SCD41" || variant === "SCD43" || variant === "unknown";
}

/** Whether the data-ready word says that a measurement waits. */
export function isDataReady(word: number): boolean {
  return (word & readyMask) !== 0;
}

/** The family member that the variant word names. */
export function scd4xVariant(word: number): Scd4xVariant {
  return variants.get(word >> 12) ?? "unknown";
}

/**
 * A measurement of three words: CO2 in ppm, temperature and humidity in ticks (data sheet, read_measurement). A CO2
 * word of 0 means that there was no CO2 measurement, and is NaN.
 */
export function toAirSample(words: readonly number[], sampledAtMicros: number): AirSample {
  const [co2 = 0, temperature = 0, humidity = 0] = words;
  return {
    sampledAtMicros,
    co2Ppm: co2 === 0 ? Number.NaN : co2,
    temperatureCelsius: ticksToCelsius(temperature),
    humidityPercent: ticksToPercent(humidity),
  };
}

/** The correction in ppm that a forced recalibration made; null when it failed. */
export function recalibrationCorrectionPpm(word: number): number | null {
  return word === recalibrationFailed ? null : word - recalibrationZero;
}
