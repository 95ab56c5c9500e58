import { extremesOf, implausible, type MeasuredRange, numberText } from "./measured-range.ts";
import type { MeasuredSeries } from "./measured-series.ts";

/** Unit of a measured heat release. */
export type HeatReleaseUnit = "kW" | "W" | "MW";

/** How many kW each unit is. */
export const kilowattsPer: Readonly<Record<HeatReleaseUnit, number>> = { kW: 1, W: 0.001, MW: 1000 };

/**
 * Peak of a fire in kW where nobody has stated the unit: the burners, furniture and rubbish measured by NIST and FSRI
 * reach 8.5 to 4,000 kW, none of which stays in this range when it is given in W or MW.
 */
const usualPeak: MeasuredRange = { low: 5, high: 5000 };
/** Where the unit is stated: from a candle (80 W) to the largest hood there is (20 MW, NIST's fire laboratory). */
const statedPeak: MeasuredRange = { low: 0.05, high: 20_000 };
/** A hood's zero drifts; twice the most that was seen in house fires (−45 kW), or a quarter of the peak. */
const driftKilowatts = 100;
const driftShare = 0.25;

/**
 * Heat release in kW. Without a stated unit it is taken for kW, and a peak that no measured fire had is refused. Throws
 * `badInput` that says what was seen, and in which unit it would fit.
 */
export function plausibleHeatRelease(
  series: MeasuredSeries,
  of: { readonly unit: HeatReleaseUnit | "unstated"; readonly ignitionSeconds: number },
): MeasuredSeries {
  const unit = of.unit === "unstated" ? "kW" : of.unit;
  const range = of.unit === "unstated" ? usualPeak : statedPeak;
  const start = series.medianUpTo(of.ignitionSeconds) ?? 0;
  const { lowest, highest } = extremesOf(series);
  const factor = kilowattsPer[unit];
  const peak = factor * (highest.value - start);
  const drop = factor * (start - lowest.value);
  if (drop > Math.max(driftKilowatts, driftShare * peak) && peak <= range.high)
    throw implausible(
      series,
      `falls to ${numberText(lowest.value)} ${unit} at ${numberText(lowest.seconds)} s`,
      "no fire takes so much heat in; mend or remove these readings",
    );
  if (peak >= range.low && peak <= range.high) return factor === 1 ? series : series.times(factor);
  throw implausible(
    series,
    `peaks ${numberText(peak / factor)} ${unit} over its start, at ${numberText(highest.seconds)} s`,
    advice(peak / factor, { unit, isStated: of.unit !== "unstated", range }),
  );
}

function advice(
  peak: number,
  given: { readonly unit: HeatReleaseUnit; readonly isStated: boolean; readonly range: MeasuredRange },
): string {
  const { low, high } = given.range;
  const fits = (["kW", "W", "MW"] as const).find(
    (unit) =>
      unit !== given.unit &&
      peak * kilowattsPer[unit] >= usualPeak.low &&
      peak * kilowattsPer[unit] <= usualPeak.high,
  );
  const expected = `a fire's peak is expected from ${numberText(low)} to ${numberText(high)} kW`;
  if (fits === undefined && given.isStated) return `${expected}, and no other unit fits; mend the column`;
  if (fits === undefined)
    return `${expected}, and no other unit fits; mend the column, or state the unit behind it if it is right, as in FILE:COLUMN:kW`;
  const stay = given.isStated ? "" : `, or ${given.unit} if that is right`;
  return `${expected}, and in ${fits} it would fit; state the unit behind the column, as in FILE:COLUMN:${fits}${stay}`;
}
