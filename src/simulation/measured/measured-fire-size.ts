import { type JetPlace, kilowattsOfCeilingJet } from "../fire/ceiling-jet.ts";
import { type MeasuredSeries, meanAround } from "./measured-series.ts";

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
/** A heat release has begun to be seen when it stands this far over what it was before ignition. */
const seenDeviations = 4;
const leastSeenKilowatts = 5;
/** A ceiling has begun to warm when it is this much warmer: less is draught and sun. */
const warmedKelvin = 3;

/**
 * The size of a measured fire: 0 before ignition, less what was read before it, and smoothed over 10 s. A hood sees a
 * fire late, for its smoke has to reach it: while the heat release does not yet stand out of its own noise but the
 * ceiling is already warm, the size is the one whose ceiling jet is as warm (Alpert solved for Q). That size is then
 * kept until the heat release has reached it.
 */
export function measuredFireSize(options: MeasuredFireSizeOptions): MeasuredFireSize {
  const { heatRelease, ceiling, ignitionSeconds } = options;
  const count = Math.max(1, Math.floor(heatRelease.endSeconds - ignitionSeconds) + 1);
  const before = heatRelease.upTo(ignitionSeconds);
  const seenKilowatts = Math.max(
    leastSeenKilowatts,
    seenDeviations * smoothedDeviation(before?.deviation ?? 0),
  );
  const byHood = overStart(heatRelease, ignitionSeconds);
  const byCeiling = ceiling === null ? () => 0 : sizeByCeiling(ceiling, ignitionSeconds);
  const kilowatts: number[] = [];
  let byCeilingSeconds = 0;
  let kept: number | null = null;
  let isSeen = false;
  for (let second = 0; second < count; second += 1) {
    const hood = byHood(second);
    isSeen ||= hood >= seenKilowatts;
    const jet = isSeen ? 0 : byCeiling(second);
    if (jet > hood) {
      kilowatts.push(jet);
      kept = jet;
      byCeilingSeconds = second;
      continue;
    }
    if (kept !== null && hood >= kept) kept = null;
    if (kept !== null) byCeilingSeconds = second;
    kilowatts.push(kept ?? hood);
  }
  return { kilowatts, byCeilingSeconds };
}

/** Averaging over ten readings of white noise leaves a third of its deviation. */
function smoothedDeviation(deviation: number): number {
  return deviation / Math.sqrt(smoothingSeconds);
}

/** A quantity over its mean before ignition, never negative, 0 before ignition, smoothed; by seconds since ignition. */
function overStart(series: MeasuredSeries, ignitionSeconds: number): (second: number) => number {
  const start = series.upTo(ignitionSeconds)?.mean ?? 0;
  const valueAt = (seconds: number) =>
    seconds < ignitionSeconds ? 0 : Math.max(0, series.at(seconds) - start);
  return (second) => meanAround(valueAt, ignitionSeconds + second, smoothingSeconds);
}

function sizeByCeiling(
  ceiling: { readonly celsius: MeasuredSeries; readonly place: JetPlace },
  ignitionSeconds: number,
): (second: number) => number {
  const { celsius, place } = ceiling;
  const start = celsius.upTo(ignitionSeconds)?.mean ?? celsius.at(ignitionSeconds);
  const excessAt = (seconds: number) =>
    seconds < ignitionSeconds ? 0 : Math.max(0, celsius.at(seconds) - start);
  return (second) => {
    const excess = meanAround(excessAt, ignitionSeconds + second, smoothingSeconds);
    return excess < warmedKelvin ? 0 : kilowattsOfCeilingJet(excess, place);
  };
}
