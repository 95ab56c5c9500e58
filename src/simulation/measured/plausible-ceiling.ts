import { extremesOf, implausible, numberText } from "./measured-range.ts";
import type { MeasuredSeries } from "./measured-series.ts";

/** Temperatures under a ceiling in °C: from a cold store to the end of a type K thermocouple (1,372 °C). */
const lowestCelsius = -40;
const highestCelsius = 1400;
/** Before a fire no ceiling is as warm as this: columns in kelvin begin at 230 and more. */
const warmestStartCelsius = 100;
const zeroCelsiusKelvin = 273.15;

/** Throws `badInput` for temperatures that are none of a ceiling in °C, saying what was seen and whether kelvin would fit. */
export function refuseImplausibleCeiling(series: MeasuredSeries, ignitionSeconds: number): void {
  const { lowest, highest } = extremesOf(series);
  const start = series.medianUpTo(ignitionSeconds) ?? series.at(series.beginSeconds);
  const fits = (zero: number) =>
    lowest.value - zero >= lowestCelsius &&
    highest.value - zero <= highestCelsius &&
    start - zero <= warmestStartCelsius;
  if (fits(0)) return;
  throw implausible(
    series,
    `goes from ${numberText(lowest.value)} to ${numberText(highest.value)} °C, and begins with ${numberText(start)}`,
    `${numberText(lowestCelsius)} to ${numberText(highestCelsius)} °C are expected, at most ${warmestStartCelsius} of them before the fire; ${
      fits(zeroCelsiusKelvin) ? "kelvin would fit, so take 273.15 off" : "mend the column"
    }`,
  );
}
