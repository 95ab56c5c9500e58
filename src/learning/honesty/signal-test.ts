import type { Random } from "#core/random.ts";
import { RankedRows } from "../evaluation/ranked-rows.ts";
import type { ScoredRows } from "../evaluation/scored-rows.ts";

/** What a test for signal found. */
export interface SignalTest {
  /** ROC AUC on hold-out rows. */
  readonly rocAuc: number;
  /** Highest of the areas that chance gives in 99 of 100 cases: labels shuffled between episodes. */
  readonly chanceRocAuc: number;
  /** Share of the shuffles that did at least as well. */
  readonly pValue: number;
  readonly hasSignal: boolean;
}

/** A verdict of "signal" is wrong in at most this share of data sets without any. */
const significance = 0.01;

/**
 * Is there anything in the scores that the labels know? The labels of whole episodes are shuffled among episodes (a
 * permutation test, Fisher 1935; by episode because rows of one are alike): where the area under the curve is no better
 * than what shuffled labels give, the model has learnt nothing that holds for other episodes.
 */
export function testForSignal(
  rows: ScoredRows,
  options: { readonly shuffles: number; readonly random: Random },
): SignalTest {
  const ranked = new RankedRows(rows);
  const rocAuc = ranked.rocAuc();
  const shuffled = Array.from({ length: options.shuffles }, () =>
    ranked.relabelled(shuffleEpisodes(rows, options.random)).rocAuc(),
  )
    .filter((area) => !Number.isNaN(area))
    .sort((one, other) => one - other);
  const asGood = shuffled.filter((area) => area >= rocAuc).length;
  const pValue = (asGood + 1) / (shuffled.length + 1);
  return {
    rocAuc,
    chanceRocAuc: shuffled[Math.floor((1 - significance) * shuffled.length)] ?? Number.NaN,
    pValue,
    hasSignal: !Number.isNaN(rocAuc) && pValue <= significance,
  };
}

/**
 * Gives each episode the labels of another one, stretched to its length: a second has the label of the same share of the
 * other episode. Whole episodes keep together, so that an episode of one label stays one of one label; labels dealt out
 * end to end would be cut at other places than the scores are, vary less than chance does, and call chance a signal.
 */
function shuffleEpisodes({ labels, groups }: ScoredRows, random: Random): Uint8Array {
  const rowsOf = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const known = rowsOf.get(group);
    if (known === undefined) rowsOf.set(group, [row]);
    else known.push(row);
  });
  const episodes = [...rowsOf.values()];
  const order = episodes.map((_, k) => k);
  for (let k = order.length - 1; k > 0; k -= 1) {
    const other = random.integer(k + 1);
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  const shuffled = new Uint8Array(labels.length);
  episodes.forEach((rows, k) => {
    const from = episodes[order[k]!]!;
    rows.forEach((row, at) => {
      shuffled[row] = labels[from[Math.floor((at * from.length) / rows.length)]!]!;
    });
  });
  return shuffled;
}
