import assert from "node:assert/strict";
import { test } from "node:test";
import { timesOf } from "#simulation/scenario/episode.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { splitNames } from "./dataset-columns.ts";
import { planEpisodes } from "./episode-plan.ts";
import type { EpisodeRecipe } from "./episode-rows.ts";
import { divideLibrary } from "./split-rule.ts";

const wish = { seed: 1, fold: 0, shares: { train: 0.6, validation: 0.2, test: 0.2 } } as const;
const scenarios = new Map(scenarioLibrary.map((scenario) => [scenario.name, scenario]));

function ignitionOf({ scenario, seed, seconds, imaginedIgnitionSeconds }: EpisodeRecipe): number {
  return (
    imaginedIgnitionSeconds ??
    timesOf(scenarios.get(scenario)!, randomStreams(seed)("times"), seconds).igniteAtSeconds
  );
}

/** Area under the curve of the second of an episode as a sign that it will burn, over seconds before ignition. */
function aucOfTime(recipes: readonly EpisodeRecipe[]): number {
  const counts = [new Float64Array(3_600), new Float64Array(3_600)] as const;
  for (const recipe of recipes) {
    const burns = scenarios.get(recipe.scenario)!.kind === "fire" && recipe.fire === "as-staged";
    const own = counts[burns ? 1 : 0];
    for (let second = 0; second < ignitionOf(recipe); second += 1) own[second] = own[second]! + 1;
  }
  const [quiet, burning] = counts;
  let [before, wins] = [0, 0];
  for (let second = 0; second < quiet.length; second += 1) {
    wins += burning[second]! * (before + quiet[second]! / 2);
    before += quiet[second]!;
  }
  return wins / (before * burning.reduce((sum, count) => sum + count, 0));
}

test("before ignition the time since an episode began does not tell whether it will burn, in any split", () => {
  const recipes: EpisodeRecipe[] = [];
  for (const recipe of planEpisodes(divideLibrary(scenarioLibrary, wish), wish)) {
    recipes.push(recipe);
    if (recipes.length === 8_000) break;
  }
  for (const split of splitNames) {
    const auc = aucOfTime(recipes.filter((recipe) => recipe.split === split));
    assert.ok(Math.abs(auc - 0.5) < 0.02, `${split}: ${auc.toFixed(3)}`);
  }
});
