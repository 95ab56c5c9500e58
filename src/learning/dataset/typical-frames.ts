import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { microsPerSecond } from "#core/time.ts";
import { encodePng } from "#recording/export-png.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { labelNames } from "./dataset-columns.ts";
import type { EpisodeRecipe } from "./episode-rows.ts";
import type { DatasetTable } from "./open-dataset.ts";
import { recipeNumbers, recipeOfRow, recipeWords } from "./recipe-of-row.ts";
import { episodeOf, episodeStartMicros } from "./render-rows.ts";

/** Words and numbers that a picture is made again from. */
export const frameWords = ["family", ...recipeWords] as const;
/** See `frameWords`. */
export const frameNumbers = ["second", ...recipeNumbers] as const;

/** A picture of the data set, rendered again. */
export interface TypicalFrame {
  readonly title: string;
  readonly png: Uint8Array;
}

/** One second of the data set, and how to render it again. */
export interface FramePlace {
  readonly recipe: EpisodeRecipe;
  readonly second: number;
  readonly label: string;
}

/**
 * Chooses seconds that are typical: for each family (in the order of the data set, as many as are wanted) the middle one
 * of those in which its fire shows, or the middle one of all where nothing shows.
 */
export function chooseFrames(table: DatasetTable, framesMax: number): readonly FramePlace[] {
  const family = table.words.get("family")!;
  const rowsOf = new Map<string, { readonly shows: number[]; readonly all: number[] }>();
  for (let row = 0; row < table.rows; row += 1) {
    const name = family.names[family.codes[row]!]!;
    const own = rowsOf.get(name) ?? { shows: [], all: [] };
    rowsOf.set(name, own);
    own.all.push(row);
    const label = labelNames[table.labels[row]!];
    if (label === "flaming" || label === "slow-heat") own.shows.push(row);
  }
  return [...rowsOf.values()].slice(0, framesMax).map(({ shows, all }) => {
    const rows = shows.length > 0 ? shows : all;
    return placeOf(table, rows[Math.floor(rows.length / 2)]!);
  });
}

function placeOf(table: DatasetTable, row: number): FramePlace {
  return {
    recipe: recipeOfRow(table, row),
    second: table.numbers.get("second")![row]!,
    label: labelNames[table.labels[row]!]!,
  };
}

/** Renders a second of an episode again: the last picture before it closed, with its coldest and hottest point. */
export function renderFrame(at: FramePlace, library: readonly Scenario[]): TypicalFrame {
  const endMicros = episodeStartMicros + at.second * microsPerSecond;
  let last: ThermalFrame | null = null;
  for (const entry of renderEpisode(episodeOf(at.recipe, library), { startMicros: episodeStartMicros })) {
    if (entry.kind !== "thermal") continue;
    if (entry.atMicros >= endMicros && last !== null) break;
    last = entry.frame;
  }
  const { scenario, room, seed } = at.recipe;
  const title = `${scenario} in ${room}, seed ${seed}, second ${at.second}: ${at.label}${rangeText(last)}`;
  return { title, png: last === null ? new Uint8Array() : encodePng(last, "iron") };
}

function rangeText(frame: ThermalFrame | null): string {
  if (frame === null) return "";
  let [coldest, hottest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const pixel of frame.pixels) {
    coldest = Math.min(coldest, pixel);
    hottest = Math.max(hottest, pixel);
  }
  const celsius = (centikelvin: number) => (centikelvin / 100 - 273.15).toFixed(1);
  return `, ${celsius(coldest)} to ${celsius(hottest)} °C`;
}
