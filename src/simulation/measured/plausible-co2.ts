import { type MeasuredCo2, type MeasuredCo2Unit, ppmPer } from "./measured-co2.ts";
import { extremesOf, implausible, numberText } from "./measured-range.ts";

/** Air before a fire, in ppm: outside of this the air sensor's own readings count as implausible too. */
const startPpm = { low: 200, high: 40_000 };
/** All oxygen of air, 21 %, as CO2, and a little over: burning gives no more. */
const mostPpm = 250_000;
/** Zeroed analysers scatter by 100 to 400 ppm and drift: four times the most that was seen in house fires (−540 ppm). */
const lowestPpm = -2000;
/** A smaller rise is lost in the noise of the air sensor (10 ppm, one standard deviation); no column in vol% rises by more. */
const leastRisePpm = 25;
/**
 * An analyser that reads in vol% scatters by 100 to 400 ppm: a smaller rise does not stand out of that, and is mol/mol
 * where that fits (the least of the measured house fires rises by 5,800 ppm).
 */
const leastVolumePercentRisePpm = 1000;

type Reading = Pick<MeasuredCo2, "unit" | "counts">;

const units: readonly MeasuredCo2Unit[] = ["ppm", "vol%", "mol/mol"];

/** What there is in a series, in its own unit. */
interface Seen {
  readonly start: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Throws `badInput` for CO2 that no room has in its unit, saying what was seen, and in which unit it would fit. */
export function refuseImplausibleCo2(co2: MeasuredCo2, ignitionSeconds: number): void {
  const { series, unit, counts } = co2;
  const { lowest, highest } = extremesOf(series);
  const start = series.medianUpTo(ignitionSeconds) ?? series.at(series.beginSeconds);
  const seen = { start, lowest: lowest.value, highest: highest.value };
  const problem = problemOf(seen, { unit, counts });
  if (problem === null) return;
  const fits = [counts, counts === "all" ? ("rise" as const) : ("all" as const)]
    .flatMap((otherCounts) => units.map((otherUnit) => ({ unit: otherUnit, counts: otherCounts })))
    .filter((other) => problemOf(seen, other) === null);
  const range = `goes from ${numberText(seen.lowest)} to ${numberText(seen.highest)} ${unit}, and begins with ${numberText(start)}`;
  const [best] = fits;
  throw implausible(
    series,
    `${range}; ${problem}`,
    best === undefined
      ? "no unit fits; mend the column"
      : `as ${unitText(best)} it would fit; give FILE:COLUMN:${unitText(best)}${stay({ unit, counts })}`,
  );
}

function unitText({ unit, counts }: Reading): string {
  return counts === "rise" ? `${unit} rise` : unit;
}

/** A small rise in vol% may be true: in ppm it is taken. */
function stay({ unit, counts }: Reading): string {
  return unit === "vol%" && counts === "rise" ? ", or the column in ppm if vol% was right" : "";
}

/** What is wrong with a series in a unit; null when nothing is. */
function problemOf({ start, lowest, highest }: Seen, reading: Reading): string | null {
  const scale = ppmPer[reading.unit];
  const zero = reading.counts === "rise" ? start : 0;
  const [startsAt, low, high] = [scale * start, scale * (lowest - zero), scale * (highest - zero)];
  const as = (ppm: number) => `${numberText(ppm)} ppm`;
  if (high > mostPpm) return `that is ${as(high)}, and burning gives at most ${as(mostPpm)}`;
  if (low < lowestPpm) return `that falls to ${as(low)}, and no air holds less than nothing`;
  if (reading.counts === "all") {
    if (startsAt >= startPpm.low && startsAt <= startPpm.high) return null;
    return `air before a fire holds ${numberText(startPpm.low)} to ${as(startPpm.high)}, not ${as(startsAt)}`;
  }
  if (high < leastRisePpm) return `a rise of ${as(high)} is less than an air sensor can tell`;
  if (reading.unit !== "vol%" || high >= leastVolumePercentRisePpm) return null;
  const fitsMole = problemOf({ start, lowest, highest }, { unit: "mol/mol", counts: "rise" }) === null;
  return fitsMole ? `a rise of ${as(high)} is less than analysers in vol% can tell` : null;
}
