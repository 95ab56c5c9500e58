import { assert } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import { bootstrapByEpisode, type Interval } from "./episode-bootstrap.ts";
import { RankedRows } from "./ranked-rows.ts";
import type { ScoredRows } from "./scored-rows.ts";

/** Figures of probabilities on rows that nothing was learnt from, each with its 95 % interval by episode. */
export interface HoldOutFigures {
  readonly rows: number;
  readonly positives: number;
  readonly episodes: number;
  /** Episodes with at least one positive row. */
  readonly fireEpisodes: number;
  readonly rocAuc: Interval;
  readonly averagePrecision: Interval;
  readonly logLoss: Interval;
  readonly brier: Interval;
}

const resamplesDefault = 300;
/** Probabilities nearer to 0 or 1 than this count as this, as in `logLoss`. */
const certaintyMin = 1e-7;

/** Judges probabilities by what was true; whole episodes are resampled. */
export function holdOutFigures(
  rows: ScoredRows,
  random: Random,
  resamples = resamplesDefault,
): HoldOutFigures {
  const { scores, labels, groups } = rows;
  assert(scores.length === labels.length, "every row has a score");
  const ranked = new RankedRows(rows);
  const options = { groups, resamples, random };
  const losses = scores.map((score, row) => {
    const p = Math.min(1 - certaintyMin, Math.max(certaintyMin, score));
    return -Math.log(labels[row] === 1 ? p : 1 - p);
  });
  const squares = scores.map((score, row) => (score - labels[row]!) ** 2);
  const meanOf = (values: Float64Array) => (weightOf: (row: number) => number) => {
    let [sum, total] = [0, 0];
    for (let row = 0; row < values.length; row += 1) {
      const weight = weightOf(row);
      sum += weight * values[row]!;
      total += weight;
    }
    return sum / total;
  };
  return {
    rows: scores.length,
    positives: labels.reduce((sum, label) => sum + label, 0),
    episodes: new Set(groups).size,
    fireEpisodes: new Set(groups.filter((_, row) => labels[row] === 1)).size,
    rocAuc: bootstrapByEpisode((weightOf) => ranked.rocAuc(weightOf), options),
    averagePrecision: bootstrapByEpisode((weightOf) => ranked.averagePrecision(weightOf), options),
    logLoss: bootstrapByEpisode(meanOf(losses), options),
    brier: bootstrapByEpisode(meanOf(squares), options),
  };
}
