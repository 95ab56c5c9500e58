import type { DatasetDescription } from "./describe-dataset.ts";

/** What makes a data set unfit to learn from. */
export interface DatasetFaults {
  readonly impossibleRows: number;
  /** Rows, episodes, pairs, families and kinds of rooms that are in two splits and must not be. */
  readonly leaks: number;
  /** Questions that a probe answers though nothing should tell, and seconds in which a fire differs from its twin. */
  readonly waysToCheat: number;
  /** Questions that were answered, and had to be: one that is only reported for comparison is none. */
  readonly asked: number;
  /** Questions that there are too few episodes to ask: no fault, and no proof either. */
  readonly notAsked: number;
}

/**
 * Counts what is wrong with a data set. Kinds of rooms may be in two splits where its card says that the library allowed
 * no better: all of them under `individual-rooms`, those outside of the test split under `test-templates`.
 */
export function datasetFaults(
  description: Pick<DatasetDescription, "card" | "leaks" | "cheating" | "impossible">,
): DatasetFaults {
  const { card, leaks, cheating, impossible } = description;
  const rooms =
    card.roomRule === "templates"
      ? leaks.roomsInTwoSplits
      : card.roomRule === "test-templates"
        ? leaks.testRoomsElsewhere
        : [];
  const scores = cheating?.scores ?? [];
  const unequal = cheating === null || cheating.equalTwinSeconds === cheating.twinSeconds ? 0 : 1;
  return {
    impossibleRows: impossible.rows,
    leaks:
      leaks.duplicatesAcrossSplits +
      leaks.episodesInTwoSplits.length +
      leaks.pairsInTwoSplits.length +
      leaks.familiesInTwoSplits.length +
      rooms.length,
    waysToCheat: scores.filter(({ verdict }) => verdict === "failed").length + unequal,
    asked: scores.filter(({ verdict }) => verdict === "passed" || verdict === "failed").length,
    notAsked: scores.filter(({ verdict }) => verdict === "too-few").length,
  };
}

/** The faults in one line for people. Where no question was asked it says so, and not that there are no ways to cheat. */
export function faultsText(faults: DatasetFaults): string {
  const { impossibleRows, leaks, waysToCheat, asked, notAsked } = faults;
  const found = `${counted(impossibleRows, "impossible row")}, ${counted(leaks, "leak")} between splits`;
  const open = `${counted(notAsked, "question")} with too few episodes to say`;
  if (asked === 0 && waysToCheat === 0) {
    const why = notAsked > 0 ? open : "imported rows do not say what would have happened";
    return `${found}, cheating not checked (${why})`;
  }
  const answered = `${counted(waysToCheat, "way")} to cheat in ${counted(asked, "question")} asked`;
  return `${found}, ${answered}${notAsked === 0 ? "" : `; ${open}`}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
