import { badInput } from "#core/failure.ts";
import type { MeasuredSeries, Reading } from "./measured-series.ts";

/** What a quantity may be, in one unit of it. */
export interface MeasuredRange {
  readonly low: number;
  readonly high: number;
}

/** The lowest and the highest reading of a series. */
export function extremesOf(series: MeasuredSeries): { readonly lowest: Reading; readonly highest: Reading } {
  const readings = series.readings();
  return {
    lowest: readings.reduce((one, other) => (other.value < one.value ? other : one)),
    highest: readings.reduce((one, other) => (other.value > one.value ? other : one)),
  };
}

/** A number as people write it: four digits, thousands apart, an exponent beyond a million millions. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return value.toExponential(3);
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

/** A refusal in one sentence: the column, what is wrong with it, and what to do. */
export function implausible(series: MeasuredSeries, what: string, advice: string): Error {
  return badInput("measured-implausible", `${series.source} ${what}: ${advice}.`);
}
