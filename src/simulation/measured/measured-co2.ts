import type { MeasuredSeries } from "./measured-series.ts";

/** Unit of a measured CO2 series. */
export type MeasuredCo2Unit = "ppm" | "vol%" | "mol/mol";

/** A measured CO2 series and how to read it. */
export interface MeasuredCo2 {
  readonly series: MeasuredSeries;
  readonly unit: MeasuredCo2Unit;
  /** `rise` is over the air of the room before the fire, as analysers that were zeroed on it give it. */
  readonly counts: "all" | "rise";
}

/** CO2 of air before a fire that an analyser was zeroed on (facts §3: outdoor air, about 420 ppm). */
export const ambientCo2Ppm = 420;

/** How many ppm each unit is. */
export const ppmPer: Readonly<Record<MeasuredCo2Unit, number>> = {
  ppm: 1,
  "vol%": 10_000,
  "mol/mol": 1_000_000,
};

/**
 * CO2 in ppm by the series' own time. A rise is counted from its median before ignition, so that a badly zeroed
 * analyser shifts nothing, and the ambient 420 ppm are added; never negative. Not smoothed, so that nothing is known before it was
 * measured: the analyser's scatter of 100 to 400 ppm is left to the air sensor's own 60 s.
 */
export function measuredCo2Ppm(co2: MeasuredCo2, ignitionSeconds: number): (seconds: number) => number {
  const { series } = co2;
  const scale = ppmPer[co2.unit];
  const start = series.medianUpTo(ignitionSeconds) ?? series.at(series.beginSeconds);
  const offset = co2.counts === "rise" ? ambientCo2Ppm - scale * start : 0;
  const atRest = scale * start + offset;
  return (seconds) => {
    if (seconds < series.beginSeconds) return Math.max(0, atRest);
    return Math.max(0, offset + scale * series.at(seconds));
  };
}
