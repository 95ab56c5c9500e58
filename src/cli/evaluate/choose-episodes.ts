import { badInput } from "#core/failure.ts";
import { splitNames } from "#learning/dataset/dataset-columns.ts";
import type { EpisodeRecipe } from "#learning/dataset/episode-rows.ts";
import { openDataset } from "#learning/dataset/open-dataset.ts";
import { parseSplitShares, type SplitShares } from "#learning/dataset/split-rule.ts";
import { recipesOfDataset, suiteRecipes } from "#learning/evaluation/evaluation-recipes.ts";
import { namedEpisodesEach, namedTestFireRecipes } from "#learning/evaluation/named-test-fires.ts";
import type { Manifest } from "#model-package/manifest.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { Invocation } from "../command.ts";
import { defaultSplit } from "../dataset/dataset-options.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";

/** Episodes to judge, in their order, and what has to be said about them. */
export interface ChosenEpisodes {
  readonly what: string;
  readonly recipes: readonly EpisodeRecipe[];
  readonly warnings: readonly string[];
}

const firesDefault = 400;
const nuisancesDefault = 600;
const seedDefault = 2026;
const countsMax = 10_000;
const seedsMax = 2 ** 31 - 1;

/** The episodes that the options ask for. Throws `badInput` when they contradict each other. */
export async function chooseEpisodes(
  invocation: Invocation,
  manifests: readonly Manifest[],
): Promise<ChosenEpisodes> {
  const { values } = invocation;
  const suite = choiceOption(invocation, "suite", ["full"]);
  const data = values["data"];
  if ((suite === null) === (data === undefined))
    throw badInput("usage", "Say what to judge on: either --data DIR or --suite full.");
  const other = suite === null ? ["fires", "nuisances", "seed"] : ["split"];
  const misplaced = other.find((name) => values[name] !== undefined);
  if (misplaced !== undefined)
    throw badInput("usage", `--${misplaced} belongs to ${suite === null ? "--suite" : "--data"}.`);
  return data === undefined
    ? suiteEpisodes(invocation, manifests)
    : datasetEpisodes(invocation, { data, manifests });
}

async function datasetEpisodes(
  invocation: Invocation,
  of: { readonly data: string; readonly manifests: readonly Manifest[] },
): Promise<ChosenEpisodes> {
  const split = choiceOption(invocation, "split", splitNames) ?? "test";
  const dataset = await openDataset(of.data);
  const recipes = await recipesOfDataset(dataset, split);
  if (recipes.length === 0) throw badInput("evaluation-empty", `The ${split} split of ${of.data} is empty.`);
  const { contentSha256, title, fold } = dataset.card;
  const warnings: string[] = [];
  for (const manifest of of.manifests) {
    const isSame = manifest.data.hash === contentSha256;
    if (isSame && split !== "test")
      warnings.push(`${manifest.name} has learnt from the ${split} split: these are no hold-out figures.`);
    if (!isSame && manifest.data.lineage["fold"] !== fold)
      warnings.push(
        `${manifest.name} was trained on another division: it may have seen families of this split.`,
      );
  }
  return {
    what: `The ${split} split of ${title} (SHA-256 ${contentSha256.slice(0, 16)}…), rendered again`,
    recipes,
    warnings,
  };
}

function suiteEpisodes(invocation: Invocation, manifests: readonly Manifest[]): ChosenEpisodes {
  const count = (name: string, standard: number) =>
    numberOption(invocation, name, { kind: "integer", min: 1, max: countsMax, default: standard });
  const fires = count("fires", firesDefault);
  const nuisances = count("nuisances", nuisancesDefault);
  const seed = numberOption(invocation, "seed", {
    kind: "integer",
    min: 0,
    max: seedsMax,
    default: seedDefault,
  });
  const { lineage } = manifests[0]!.data;
  const fold = typeof lineage["fold"] === "number" ? lineage["fold"] : null;
  if (lineage["seed"] === seed)
    throw badInput("usage", `The model was trained on data of seed ${seed}: give the suite another --seed.`);
  const warnings =
    fold === null
      ? [
          "The package does not say which families it has not seen: the suite may hold families that it knows.",
        ]
      : [];
  const wish = { seed, fold: fold ?? 0, shares: sharesOf(lineage["splitShares"]), fires, nuisances };
  const recipes = suiteRecipes(scenarioLibrary, wish);
  const first = 1 + Math.max(...recipes.map(({ episode }) => episode));
  return {
    what: `The suite of seed ${seed}: at least ${fires} fires and ${nuisances} nuisances of the families and rooms of the test split of fold ${wish.fold}; beside them ${namedEpisodesEach} each of TF5 at 12 m and 25 m, TF2 and TF3, for their own goals only`,
    recipes: [...recipes, ...namedTestFireRecipes({ seed, first, each: namedEpisodesEach })],
    warnings,
  };
}

function sharesOf(text: unknown): SplitShares {
  if (typeof text !== "string") return parseSplitShares(defaultSplit);
  const shares = JSON.parse(text) as Record<string, number>;
  return {
    train: shares["train"] ?? 0,
    validation: shares["validation"] ?? 0,
    test: shares["test"] ?? 0,
  };
}
