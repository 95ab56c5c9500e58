import { badInput } from "#core/failure.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import type { SplitName } from "../dataset/dataset-columns.ts";
import { planEpisodes } from "../dataset/episode-plan.ts";
import type { EpisodeRecipe } from "../dataset/episode-rows.ts";
import type { Dataset } from "../dataset/open-dataset.ts";
import { recipeNumbers, recipeOfRow, recipeWords } from "../dataset/recipe-of-row.ts";
import { divideLibrary, type SplitShares } from "../dataset/split-rule.ts";

/** Episodes of an evaluation at most. */
export const recipesMax = 20_000;

/**
 * The recipes of a split's episodes, so that they can be rendered again: a data set does not hold all that rules see.
 * Throws `badInput` when the data set was imported or made with another version of the physics.
 */
export async function recipesOfDataset(
  dataset: Dataset,
  split: SplitName,
): Promise<readonly EpisodeRecipe[]> {
  const { card, path } = dataset;
  if (card.origin !== "simulation")
    throw badInput(
      "evaluation-imported",
      `${path} was imported: its rows do not hold what rules and alarms need, and its scenes cannot be rendered again. Replay its recordings instead.`,
    );
  if (card.physicsVersion !== physicsVersion)
    throw badInput(
      "evaluation-physics",
      `${path} was made with version ${card.physicsVersion} of the physics, this is version ${physicsVersion}: make the data set again.`,
    );
  const table = await dataset.read({
    splits: [split],
    numbers: recipeNumbers,
    words: recipeWords,
  });
  const recipes = new Map<number, EpisodeRecipe>();
  for (let row = 0; row < table.rows; row += 1) {
    const episode = table.groups[row]!;
    if (!recipes.has(episode)) recipes.set(episode, recipeOfRow(table, row));
  }
  return [...recipes.values()];
}

/** How large a suite is, and out of what it is drawn. */
export interface SuiteWish {
  readonly seed: number;
  readonly fold: number;
  readonly shares: SplitShares;
  /** Lit fires, and nuisances, at least. */
  readonly fires: number;
  readonly nuisances: number;
}

/**
 * Episodes of families and rooms of the test split, drawn from another seed than the data set's: first what the plan of
 * data sets would render, until there are enough fires; then nuisances alone, until there are enough of those.
 */
export function suiteRecipes(library: readonly Scenario[], wish: SuiteWish): readonly EpisodeRecipe[] {
  const kinds = new Map(library.map(({ name, kind }) => [name, kind]));
  const kept: EpisodeRecipe[] = [];
  let [fires, nuisances] = [0, 0];
  for (const recipe of planEpisodes(divideLibrary(library, wish), wish)) {
    const isTwin = recipe.fire === "unlit";
    if (fires >= wish.fires && nuisances >= wish.nuisances && !isTwin) return kept;
    if (recipe.split !== "test") continue;
    const kind = kinds.get(recipe.scenario);
    const isWanted = isTwin
      ? kept.at(-1)?.episode === recipe.pair
      : kind === "nuisance" || fires < wish.fires;
    if (!isWanted) continue;
    if (kept.length >= recipesMax) break;
    kept.push(recipe);
    if (kind === "fire" && !isTwin) fires += 1;
    if (kind === "nuisance") nuisances += 1;
  }
  throw badInput("usage", `A suite holds at most ${recipesMax} episodes: ask for fewer.`);
}
