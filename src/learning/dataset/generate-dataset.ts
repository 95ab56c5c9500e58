import { regionSchemaId, wholePictureSchemaId } from "#core/features/feature-schema.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import type { DataCard } from "./data-card.ts";
import { datasetLayoutVersion, type SplitName, splitNames } from "./dataset-columns.ts";
import { type CardText, type CsvWish, DatasetFolder } from "./dataset-folder.ts";
import type { PlannedScenarios } from "./dataset-gaps.ts";
import { classShares, planEpisodes } from "./episode-plan.ts";
import { inOrder } from "./episode-pool.ts";
import type { EpisodeRecipe, EpisodeRows } from "./episode-rows.ts";
import { labelRuleText } from "./label-rule-text.ts";
import { divideLibrary, type RoomRule, type SplitDivision, type SplitShares } from "./split-rule.ts";

/** What data set to make. */
export interface DatasetWish {
  readonly folder: string;
  readonly scenarios: readonly Scenario[];
  /** At least so many rows; the last episode (and its twin) is whole. */
  readonly samples: number;
  readonly seed: number;
  readonly fold: number;
  readonly shares: SplitShares;
  readonly csv: CsvWish | null;
  readonly softwareVersion: string;
}

/** How a data set is made; nothing of it changes a bit of the result. */
export interface DatasetWork {
  readonly render: (recipe: EpisodeRecipe) => Promise<EpisodeRows>;
  /** Episodes begun and not yet written: bounds the memory. */
  readonly windowMax: number;
  /** Asked between episodes; true stops and keeps what is finished. */
  readonly isStopped: () => boolean;
  readonly onProgress: (progress: { readonly rows: number; readonly resumedRows: number }) => void;
}

/**
 * Makes a data set of whole episodes out of a scenario library, or goes on with an interrupted one; null when it was
 * stopped. One wish gives one content, byte for byte. Throws `Failure` when the folder is taken or the disk refuses.
 */
export async function generateDataset(wish: DatasetWish, work: DatasetWork): Promise<DataCard | null> {
  const division = divideLibrary(wish.scenarios, wish);
  const folder = await DatasetFolder.open(wish.folder, planOf(wish, division));
  try {
    if (!(await renderEpisodes(folder, { wish, work, division }))) {
      await folder.leave();
      return null;
    }
    return await folder.finish({
      card: cardText(wish, division),
      planned: plannedScenarios(division),
      csv: wish.csv,
      impossible: "refuse",
    });
  } catch (error) {
    await folder.leave().catch(() => {});
    throw error;
  }
}

function plannedScenarios({ scenarios }: SplitDivision): PlannedScenarios {
  const names = (split: SplitName) => scenarios[split].map(({ scenario }) => scenario.name);
  return { train: names("train"), validation: names("validation"), test: names("test") };
}

/** Fills the log; false when it was stopped. */
async function renderEpisodes(
  folder: DatasetFolder,
  task: { readonly wish: DatasetWish; readonly work: DatasetWork; readonly division: SplitDivision },
): Promise<boolean> {
  const { wish, work, division } = task;
  const { log } = folder;
  const resumedRows = log.rows;
  const plan = planEpisodes(division, wish);
  for (let done = 0; done < log.episodes; done += 1) plan.next();
  work.onProgress({ rows: log.rows, resumedRows });
  const counted = new CountedPlan(plan);
  const missingRows = wish.samples - log.rows;
  const hasEnough = () => counted.seconds * seeingShare >= missingRows;
  for await (const episode of inOrder(counted, { ...work, hasEnough })) {
    const { numbers } = episode;
    // A twin belongs to the fire before it, however many rows there are.
    if (log.rows >= wish.samples && numbers.pair === numbers.episode) return true;
    await log.append(episode);
    work.onProgress({ rows: log.rows, resumedRows });
    if (work.isStopped()) return false;
  }
  return true;
}

/** Nearly every second has a valid picture: the rest is flat-field corrections. */
const seeingShare = 0.98;

/** Counts the seconds of the episodes that were taken from a plan. */
class CountedPlan implements Iterator<EpisodeRecipe, void, undefined> {
  readonly #plan: Iterator<EpisodeRecipe, void, undefined>;
  seconds = 0;

  constructor(plan: Iterator<EpisodeRecipe, void, undefined>) {
    this.#plan = plan;
  }

  next(): IteratorResult<EpisodeRecipe, void> {
    const next = this.#plan.next();
    if (next.done !== true) this.seconds += next.value.seconds;
    return next;
  }
}

/** All that decides the content: an interrupted run goes on only under the same. */
function planOf(wish: DatasetWish, division: SplitDivision): unknown {
  return {
    layoutVersion: datasetLayoutVersion,
    softwareVersion: wish.softwareVersion,
    physicsVersion,
    featureSchemas: [wholePictureSchemaId, regionSchemaId],
    samples: wish.samples,
    seed: wish.seed,
    fold: wish.fold,
    shares: wish.shares,
    csv: wish.csv,
    roomRule: division.roomRule,
    scenarios: splitNames.map((split) => ({
      split,
      scenarios: division.scenarios[split].map(({ scenario, rooms }) => {
        const { name, family, kind, shows, shortestSeconds, longestSeconds } = scenario;
        return { name, family, kind, shows, shortestSeconds, longestSeconds, rooms };
      }),
    })),
  };
}

function cardText(wish: DatasetWish, division: SplitDivision): CardText {
  return {
    layoutVersion: datasetLayoutVersion,
    origin: "simulation",
    title: `simulated rooms, seed ${wish.seed}`,
    softwareVersion: wish.softwareVersion,
    physicsVersion,
    seed: wish.seed,
    fold: wish.fold,
    splitShares: { ...wish.shares },
    roomRule: division.roomRule,
    featureSchemas: [wholePictureSchemaId, regionSchemaId],
    licence: "Apache-2.0, as the program that rendered it; no recording of anybody is in it.",
    labelRule: labelRuleText,
    splitRule: splitRuleText(division),
    samplingPlan: samplingPlanText,
    knownGaps,
  };
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

const samplingPlanText =
  `Of the seconds of each split, ${percent(classShares.fire)} are episodes of fire scenarios, half of which have an unlit twin ` +
  `(the same seed, room, people and things, and nothing is lit), ${percent(classShares.nuisance)} nuisances and ${percent(classShares.quiet)} quiet rooms. ` +
  "What is no fire is as long as the fires of its split, and ignition times are drawn alike, so that time alone tells nothing. " +
  "Families share the seconds of their class equally, scenarios those of their family; the rooms of a scenario take turns. " +
  "15 % of the episodes are seen through an operator's mask, which leaves the fire in view. Every episode begins with the " +
  "device's start-up: absent values and the commissioning of the region tracker occur as in life.";

const roomRuleTexts: Readonly<Record<RoomRule, string>> = {
  templates: "No kind of room occurs in two splits.",
  "test-templates":
    "No kind of room of the test split occurs in training or validation; those two share kinds of rooms, and no room itself.",
  "individual-rooms":
    "Splits share kinds of rooms, because the library has too few to divide; no two episodes but twins share a room itself.",
};

function splitRuleText(division: SplitDivision): string {
  const rooms = splitNames.map((split) => `${split}: ${division.rooms[split].join(", ")}`).join("; ");
  return (
    "Whole episodes, whole families of scenarios, never rows; a fire and its unlit twin stay together. Only the family " +
    `quiet is in every split, in other rooms. ${roomRuleTexts[division.roomRule]} Rooms: ${rooms}. ` +
    "Every second fire of the test split is drawn by a second flame renderer that no other split has seen."
  );
}

const knownGaps: string[] = [
  "Everything is simulated: how far the simulation is from real cameras and fires is told by the reports of its validation.",
  "Against measured room fires the first minutes come too early: 0.3 % of CO2 is reached 35 % sooner on average (4 of 12 within 30 %), 35 K 16 % sooner (7 of 16); the lowest height of the warm layer is 40 % too high on average (2 of 9 within 25 %), a quarter behind an open door and half or more with fans. docs/guides/physics.md tells all of it.",
  "Labels come from the simulation's truth. What a person at the picture would call visible may differ by seconds.",
  "Episodes last minutes: hours of warming, days of background and nights are not in them.",
  "Every episode begins with a start-up, which is far more often than in life; features that look back a minute are absent in a larger share of the rows.",
];
