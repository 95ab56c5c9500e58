import type { FlameRenderer } from "#simulation/scenario/scenario.ts";
import type { EpisodeNumberName, EpisodeWordName, SplitName } from "./dataset-columns.ts";
import type { EpisodeRecipe } from "./episode-rows.ts";
import type { DatasetTable } from "./open-dataset.ts";

/** Words of a row that say how its episode is rendered again. */
export const recipeWords = [
  "kind",
  "scenario",
  "room",
  "fire",
  "flame_renderer",
  "split",
] as const satisfies readonly EpisodeWordName[];
/** Numbers of a row that say how its episode is rendered again. */
export const recipeNumbers = [
  "ignite_at_s",
  "seed",
  "length_s",
  "mask",
] as const satisfies readonly EpisodeNumberName[];

/** How the episode of a row of a rendered data set is rendered again; the table has `recipeWords` and `recipeNumbers`. */
export function recipeOfRow(table: DatasetTable, row: number): EpisodeRecipe {
  const word = (name: (typeof recipeWords)[number]): string => {
    const column = table.words.get(name)!;
    return column.names[column.codes[row]!]!;
  };
  const number = (name: (typeof recipeNumbers)[number]): number => table.numbers.get(name)![row]!;
  return {
    episode: table.groups[row]!,
    pair: table.pairs[row]!,
    split: word("split") as SplitName,
    scenario: word("scenario"),
    room: word("room"),
    seed: number("seed"),
    seconds: number("length_s"),
    imaginedIgnitionSeconds: word("kind") === "fire" ? null : number("ignite_at_s"),
    fire: word("fire") === "unlit" ? "unlit" : "as-staged",
    flameRenderer: word("flame_renderer") as FlameRenderer,
    maskSeed: number("mask"),
  };
}
