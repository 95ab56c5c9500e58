import { badInput } from "#core/failure.ts";
import type { DataCard } from "#learning/dataset/data-card.ts";
import { type SplitName, splitNames } from "#learning/dataset/dataset-columns.ts";
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
  /** Whether no package has learnt or chosen anything by these episodes or their families; warnings say why not. */
  readonly isHoldOut: boolean;
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
  const other = suite === null ? ["fires", "nuisances", "named", "seed"] : ["split"];
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
  const { contentSha256, title } = dataset.card;
  const warnings = of.manifests.flatMap((manifest) => datasetDoubt(manifest, { card: dataset.card, split }));
  return {
    what: `The ${split} split of ${title} (SHA-256 ${contentSha256.slice(0, 16)}…), rendered again`,
    recipes,
    warnings,
    isHoldOut: warnings.length === 0,
  };
}

/** Why a split's episodes may be known to a package; empty when it has neither learnt nor chosen anything by them. */
function datasetDoubt(
  { name, data }: Manifest,
  of: { readonly card: DataCard; readonly split: SplitName },
): readonly string[] {
  const { card, split } = of;
  if (data.hash === card.contentSha256)
    return split === "test"
      ? []
      : [`${name} has learnt from the ${split} split: these are no hold-out figures.`];
  const { lineage } = data;
  const shares = sharesOf(JSON.stringify(card.splitShares));
  if (card.fold === null || !isOfDivision(lineage, { fold: card.fold, shares }))
    return [`${name} was trained on another division: it may have seen families of this split.`];
  return split === "test"
    ? []
    : [`${name} has learnt from the families of the ${split} split: these are no hold-out figures.`];
}

function suiteEpisodes(invocation: Invocation, manifests: readonly Manifest[]): ChosenEpisodes {
  const count = (name: string, of: { readonly min: number; readonly standard: number }) =>
    numberOption(invocation, name, { kind: "integer", min: of.min, max: countsMax, default: of.standard });
  const fires = count("fires", { min: 1, standard: firesDefault });
  const nuisances = count("nuisances", { min: 1, standard: nuisancesDefault });
  const each = count("named", { min: 0, standard: namedEpisodesEach });
  const seed = numberOption(invocation, "seed", {
    kind: "integer",
    min: 0,
    max: seedsMax,
    default: seedDefault,
  });
  const known = manifests.find(({ data }) => data.lineage["seed"] === seed);
  if (known !== undefined)
    throw badInput(
      "usage",
      `The model ${known.name} was trained on data of seed ${seed}: give the suite another --seed.`,
    );
  const { lineage } = manifests[0]!.data;
  const division = { fold: foldOf(lineage) ?? 0, shares: sharesOf(lineage["splitShares"]) };
  const warnings = manifests.flatMap((manifest) => suiteDoubt(manifest, division));
  const recipes = suiteRecipes(scenarioLibrary, { seed, ...division, fires, nuisances });
  const first = 1 + Math.max(...recipes.map(({ episode }) => episode));
  const beside =
    each === 0
      ? ""
      : `; beside them ${each} each of TF5 at 12 m and 25 m, TF2 and TF3, for their own goals only`;
  return {
    what: `The suite of seed ${seed}: at least ${fires} fires and ${nuisances} nuisances of the families and rooms of the test split of fold ${division.fold}${beside}`,
    recipes: [...recipes, ...namedTestFireRecipes({ seed, first, each })],
    warnings,
    isHoldOut: warnings.length === 0,
  };
}

interface Division {
  readonly fold: number;
  readonly shares: SplitShares;
}

/** Why a package may know families of a suite that was drawn by a division; empty when it does not. */
function suiteDoubt({ name, data: { lineage } }: Manifest, division: Division): readonly string[] {
  if (foldOf(lineage) === null)
    return [
      `The package ${name} does not say which families it has not seen: the suite may hold families that it knows.`,
    ];
  return isOfDivision(lineage, division)
    ? []
    : [`${name} was trained on another division than the suite is of: it may know families of the suite.`];
}

function isOfDivision(lineage: Manifest["data"]["lineage"], division: Division): boolean {
  const shares = sharesOf(lineage["splitShares"]);
  return (
    foldOf(lineage) === division.fold && splitNames.every((split) => shares[split] === division.shares[split])
  );
}

function foldOf(lineage: Manifest["data"]["lineage"]): number | null {
  return typeof lineage["fold"] === "number" ? lineage["fold"] : null;
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
