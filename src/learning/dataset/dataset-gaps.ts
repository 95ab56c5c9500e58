import { labelNames, type SplitName, splitNames } from "./dataset-columns.ts";
import type { DatasetTally } from "./dataset-tally.ts";

/** Fewer rows of a class than ten minutes, or fewer episodes than ten, are told: a rate from ten is known to ±30 points. */
export const fewRows = 600;
/** See `fewRows`. */
export const fewEpisodes = 10;

/** Which scenarios could be in which split. */
export type PlannedScenarios = Readonly<Record<SplitName, readonly string[]>>;

/** What a finished data set lacks, one sentence each: classes that are rare in a split, and scenarios without an episode. */
export function datasetGaps(
  tally: Pick<DatasetTally, "counts" | "labelledEpisodes">,
  planned: PlannedScenarios | null,
): readonly string[] {
  const present = new Set(tally.counts.scenarios.map(({ split, scenario }) => `${split}/${scenario}`));
  return splitNames.flatMap((split) => {
    const absent = planned?.[split].filter((name) => !present.has(`${split}/${name}`)) ?? [];
    return [...absentText(split, absent, planned?.[split].length ?? 0), ...rareText(tally, split)];
  });
}

function absentText(split: SplitName, absent: readonly string[], of: number): readonly string[] {
  if (absent.length === 0) return [];
  const verb = absent.length === 1 ? "has" : "have";
  return [
    `${absent.length} of the library's ${of} scenarios for the ${split} split ${verb} no episode: ${absent.join(", ")}.`,
  ];
}

function rareText(
  { counts, labelledEpisodes }: Pick<DatasetTally, "counts" | "labelledEpisodes">,
  split: SplitName,
): readonly string[] {
  const rare = labelNames.flatMap((label) => {
    const rows = counts.rowsBySplit[split]?.[label] ?? 0;
    const episodes = labelledEpisodes[split][label] ?? 0;
    return rows < fewRows || episodes < fewEpisodes ? [`${label} (${rows} rows, ${episodes} episodes)`] : [];
  });
  if (rare.length === 0) return [];
  return [
    `Fewer than ${fewRows} rows or ${fewEpisodes} episodes in the ${split} split, too few to judge by: ${rare.join(", ")}.`,
  ];
}
