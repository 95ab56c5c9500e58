import type { AirSample } from "../frames/air-sample.ts";
import { secondsBetween } from "../time.ts";

/** The end of an SCD41's output: more than this is read as "at least this". */
export const co2PpmMax = 40_000;

/**
 * What an SCD41 can read of real air (Sensirion SCD4x data sheet: output to 40,000 ppm, −10 to 60 °C); under 200 ppm
 * of CO2 there is no such air on Earth, and 0 is what unset fields hold.
 */
const plausible = {
  co2Ppm: { min: 200, max: co2PpmMax },
  temperatureCelsius: { min: -10, max: 60 },
  humidityPercent: { min: 0, max: 100 },
} as const;

/**
 * The very same three values for so long, over so many readings, are no measurement: 5 min of an SCD41 in periodic
 * mode, 10 min in low-power mode, whose noise alone changes every reading.
 */
const stuckSeconds = 295;
const stuckReadings = 20;

/** Air outdoors has 420 ppm and the SCD41 is good to ±(50 + 2.5 %): what reads less for long is out of calibration. */
const outdoorLeastPpm = 350;

/** Whether a CO2 value can be true. */
export function isPlausibleCo2(ppm: number): boolean {
  return isWithin(ppm, plausible.co2Ppm);
}

/** What cannot be true about a reading, in a sentence with what to do; null when nothing. Absent values say nothing. */
export function implausibleReading(sample: AirSample): string | null {
  const { co2Ppm, temperatureCelsius, humidityPercent } = sample;
  const outside = (value: number, quantity: keyof typeof plausible, decimals: number) =>
    textOutside(value, { ...plausible[quantity], decimals });
  if (co2Ppm > plausible.co2Ppm.max)
    return `The air sensor reads ${outside(co2Ppm, "co2Ppm", 0)} ppm of CO2, more than it can measure: treat the room as dangerous until somebody has measured it otherwise, then check the sensor.`;
  if (!Number.isNaN(co2Ppm) && !isPlausibleCo2(co2Ppm))
    return `The air sensor reads ${outside(co2Ppm, "co2Ppm", 0)} ppm of CO2, which no room has: check or replace it. Its CO2 is not used.`;
  if (!Number.isNaN(temperatureCelsius) && !isWithin(temperatureCelsius, plausible.temperatureCelsius))
    return `The air sensor reads ${outside(temperatureCelsius, "temperatureCelsius", 1)} °C, outside its range of -10 to 60 °C: look at the room, then check the sensor.`;
  if (!Number.isNaN(humidityPercent) && !isWithin(humidityPercent, plausible.humidityPercent))
    return `The air sensor reads ${outside(humidityPercent, "humidityPercent", 1)} % of humidity, which cannot be: check or replace it.`;
  return null;
}

/** A value outside a range, rounded: by one more step where rounding would put it back inside. */
function textOutside(
  value: number,
  range: { readonly min: number; readonly max: number; readonly decimals: number },
): string {
  const { min, max, decimals } = range;
  const step = 10 ** -decimals;
  const shown = value > max ? Math.max(value, max + step) : Math.min(value, min - step);
  return String(Number(shown.toFixed(decimals)));
}

/** Whether CO2 is below what air outdoors has; null when it is absent. */
export function isBelowOutdoorAir(sample: AirSample): boolean | null {
  return Number.isNaN(sample.co2Ppm) ? null : sample.co2Ppm < outdoorLeastPpm;
}

/** A reading and how long its values have stayed the same. */
export interface RepeatedReading {
  readonly sample: AirSample;
  readonly sinceMicros: number;
  readonly readings: number;
}

/** Takes in a reading. A source without temperature or humidity is never stuck: CO2 alone may well stay the same. */
export function followReading(before: RepeatedReading | null, sample: AirSample): RepeatedReading {
  if (before !== null && areEqual(before.sample, sample))
    return { ...before, sample, readings: before.readings + 1 };
  return { sample, sinceMicros: sample.sampledAtMicros, readings: 1 };
}

/** Whether the same values have come for too long. */
export function isStuck(reading: RepeatedReading): boolean {
  const seconds = secondsBetween(reading.sinceMicros, reading.sample.sampledAtMicros);
  return reading.readings >= stuckReadings && seconds >= stuckSeconds;
}

function isWithin(value: number, range: { readonly min: number; readonly max: number }): boolean {
  return value >= range.min && value <= range.max;
}

function areEqual(one: AirSample, other: AirSample): boolean {
  return (
    one.co2Ppm === other.co2Ppm &&
    one.temperatureCelsius === other.temperatureCelsius &&
    one.humidityPercent === other.humidityPercent
  );
}
