import { type JetPlace, kilowattsOfCeilingJet } from "../fire/ceiling-jet.ts";
import { type MeasuredSeries, meanAround, medianOf } from "./measured-series.ts";

/** What was measured of a fire's size. */
export interface MeasuredFireSizeOptions {
  /** Heat release in kW. */
  readonly heatRelease: MeasuredSeries;
  /** Temperature under the ceiling in °C, and where; null where none was measured. */
  readonly ceiling: { readonly celsius: MeasuredSeries; readonly place: JetPlace } | null;
  /** When it was lit, in the series' own time. */
  readonly ignitionSeconds: number;
}

/** A fire's size once a second. */
export interface MeasuredFireSize {
  /** Heat release in kW at each second since ignition, from 0. */
  readonly kilowatts: readonly number[];
  /** How long after ignition the ceiling gave the size; 0 where the heat release never lagged. */
  readonly byCeilingSeconds: number;
}

const smoothingSeconds = 10;
/** Noise before ignition is judged over at most this long. */
const noiseSecondsMax = 600;
/** A hood that has begun to see a fire has caught up with it after this long (hoods of room tests lag 20 to 60 s; assumed). */
const catchUpSeconds = 60;
/** A heat release has begun to be seen when it stands this far over what it was before ignition. */
const seenDeviations = 4;
const leastSeenKilowatts = 5;
/** A ceiling has begun to warm when it is this much warmer: less is draught and sun. */
const warmedKelvin = 3;

/**
 * The size of a measured fire: 0 before ignition, less the median of what was read before it, and smoothed over 10 s. A hood sees a
 * fire late, for its smoke has to reach it: while the heat release does not yet stand out of its own noise but the
 * ceiling is already warm, the size is the one whose ceiling jet is as warm (Alpert solved for Q). The size at which the
 * heat release is first seen is kept until it has been reached, for a minute at most: then the heat release is right.
 */
export function measuredFireSize(options: MeasuredFireSizeOptions): MeasuredFireSize {
  const { heatRelease, ceiling, ignitionSeconds } = options;
  const count = Math.max(1, Math.floor(heatRelease.endSeconds - ignitionSeconds) + 1);
  const seenKilowatts = Math.max(
    leastSeenKilowatts,
    seenDeviations * smoothedDeviation(heatRelease, ignitionSeconds),
  );
  const byHood = overStart(heatRelease, ignitionSeconds);
  const byCeiling = ceiling === null ? () => 0 : sizeByCeiling(ceiling, ignitionSeconds);
  const kilowatts: number[] = [];
  let byCeilingSeconds = 0;
  let seenAtSecond = Number.POSITIVE_INFINITY;
  let jet = 0;
  for (let second = 0; second < count; second += 1) {
    const hood = byHood(second);
    if (hood >= seenKilowatts) seenAtSecond = Math.min(seenAtSecond, second);
    if (second < seenAtSecond) jet = byCeiling(second);
    else if (hood >= jet || second >= seenAtSecond + catchUpSeconds) jet = 0;
    if (jet > hood) byCeilingSeconds = second;
    kilowatts.push(Math.max(hood, jet));
  }
  return { kilowatts, byCeilingSeconds };
}

/** A normal distribution's standard deviation is this many times its median absolute deviation: 1 / Φ⁻¹(¾). */
const deviationPerMad = 1.4826;

/**
 * Spread of a series before ignition, smoothed as its size is: the median absolute deviation in terms of a standard
 * deviation, so that a spike does not hide a fire. 0 where too little was read.
 */
function smoothedDeviation(series: MeasuredSeries, ignitionSeconds: number): number {
  const half = smoothingSeconds / 2;
  const last = ignitionSeconds - half;
  const values: number[] = [];
  for (let second = 0; second < noiseSecondsMax; second += 1) {
    const at = last - second;
    if (at < series.beginSeconds + half) break;
    values.push(meanAround((seconds) => series.at(seconds), at, smoothingSeconds));
  }
  if (values.length < 2) return 0;
  const middle = medianOf(values);
  return deviationPerMad * medianOf(values.map((value) => Math.abs(value - middle)));
}

/** A quantity over its median before ignition, never negative, 0 before ignition, smoothed; by seconds since ignition. */
function overStart(series: MeasuredSeries, ignitionSeconds: number): (second: number) => number {
  const start = series.medianUpTo(ignitionSeconds) ?? 0;
  const valueAt = (seconds: number) =>
    seconds < ignitionSeconds ? 0 : Math.max(0, series.at(seconds) - start);
  return (second) => meanAround(valueAt, ignitionSeconds + second, smoothingSeconds);
}

function sizeByCeiling(
  ceiling: { readonly celsius: MeasuredSeries; readonly place: JetPlace },
  ignitionSeconds: number,
): (second: number) => number {
  const { celsius, place } = ceiling;
  const start = celsius.medianUpTo(ignitionSeconds) ?? celsius.at(ignitionSeconds);
  const excessAt = (seconds: number) =>
    seconds < ignitionSeconds ? 0 : Math.max(0, celsius.at(seconds) - start);
  return (second) => {
    const excess = meanAround(excessAt, ignitionSeconds + second, smoothingSeconds);
    return excess < warmedKelvin ? 0 : kilowattsOfCeilingJet(excess, place);
  };
}
