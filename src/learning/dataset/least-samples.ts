import { splitNames } from "./dataset-columns.ts";
import { classShares, planEpisodes } from "./episode-plan.ts";
import type { DatasetWish } from "./generate-dataset.ts";
import { divideLibrary } from "./split-rule.ts";

/** Episodes looked at: far more than there are splits and classes. */
const episodesMax = 1000;

/**
 * How many rows make it certain that each split has an episode of each class (fire, nuisance, quiet) that it can have. A
 * second without a valid picture has no row, so a few rows fewer may do as well.
 */
export function leastSamples(wish: Pick<DatasetWish, "scenarios" | "fold" | "shares" | "seed">): number {
  const division = divideLibrary(wish.scenarios, wish);
  const kindOf = new Map<string, string>(wish.scenarios.map(({ name, kind }) => [name, kind]));
  const missing = new Set(
    splitNames.flatMap((split) =>
      division.scenarios[split]
        .filter(({ scenario }) => Object.hasOwn(classShares, scenario.kind))
        .map(({ scenario }) => `${split}/${scenario.kind}`),
    ),
  );
  let secondsBefore = 0;
  let looked = 0;
  for (const { split, scenario, seconds } of planEpisodes(division, wish)) {
    missing.delete(`${split}/${kindOf.get(scenario)}`);
    looked += 1;
    // The episode that is under way when the rows are enough is finished: one row of it suffices.
    if (missing.size === 0 || looked === episodesMax) break;
    secondsBefore += seconds;
  }
  return secondsBefore + 1;
}
