import { badInput, Failure } from "#core/failure.ts";
import type { Head, HeadName, Modality } from "#model-package/head.ts";
import type { Member } from "#model-package/member.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { splitNames } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { chooseThreshold } from "../ensemble/choose-threshold.ts";
import { fitHead } from "../ensemble/fit-head.ts";
import { memberOdds } from "../ensemble/member-odds.ts";
import type { TrainingKernels } from "../trainers/training-kernels.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { crossFit } from "./cross-fit.ts";
import { dealFamilies, keysOfRows } from "./family-folds.ts";
import type { SceneLevels } from "./feature-groups.ts";
import { type HeadRows, type HeadTableChoice, headRows } from "./head-table.ts";
import { ensembleMembers, fitMember } from "./member-recipes.ts";
import { falseEpisodesMax, tracksOf, voteRuleOf } from "./threshold-tracks.ts";
import { keepSeconds, splitOf, type TrainingData } from "./training-data.ts";
import type { TrainingEngine } from "./training-engine.ts";

/** How heads are trained. One wish and one data set give one result, whatever the workers. */
export interface TrainingWish {
  readonly seed: number;
  readonly sceneLevels: SceneLevels;
  readonly workers: number;
  readonly engine: TrainingEngine;
  readonly kernels: TrainingKernels | null;
  readonly signal: AbortSignal | null;
  /** Told what is being done and how much of that is done, 0 to 1. */
  readonly onProgress: (step: string, share: number) => void | Promise<void>;
}

/** A trained head with the rows it learnt from, was fitted on, and has never seen. */
export interface TrainedHead {
  readonly head: Head;
  /** Every member that was trained, also those that the head gives no weight. */
  readonly allMembers: readonly Member[];
  /** Which rows weights, calibration and threshold were fitted on. */
  readonly fittedOn: "validation" | "families held out";
  readonly train: HeadRows;
  readonly validation: HeadRows;
  readonly test: HeadRows;
}

/** What was trained, and which heads were left out and why. */
export interface TrainedHeads {
  readonly heads: readonly TrainedHead[];
  readonly leftOut: readonly { readonly head: string; readonly why: string }[];
}

/** The questions of a package. The first is the one that it cannot be without. */
const datasetHeads: readonly { readonly name: HeadName; readonly modality: Modality }[] = [
  { name: "flaming", modality: "fused" },
  { name: "flaming", modality: "thermal-only" },
  { name: "flaming", modality: "air-only" },
  { name: "slow-heat", modality: "fused" },
  { name: "slow-heat", modality: "thermal-only" },
];
const tableHeads = datasetHeads.slice(0, 1);

/**
 * With so many episodes of either kind in the validation split, 2 % of those without fire are three, and weights,
 * calibration and threshold are fitted on it alone.
 */
const quietEpisodesEnough = 150;
const fireEpisodesEnough = 30;
/** Otherwise families of training and validation are left out in so many lots. */
const crossFitFolds = 4;

/** Fewest rows of each class that a split must have for a head to be fitted and judged on it. */
const classRowsMin = 10;

/** A head in words. */
export function headText(head: { readonly name: HeadName; readonly modality: Modality }): string {
  return `${head.name} ${head.modality}`;
}

/**
 * Trains every head that the data has rows for. Throws `badInput` with one sentence when there are too few rows of a
 * class for the first one.
 */
export async function trainHeads(data: TrainingData, wish: TrainingWish): Promise<TrainedHeads> {
  const splits = {
    train: splitOf(data.table, "train"),
    validation: splitOf(data.table, "validation"),
    test: splitOf(data.table, "test"),
  };
  const heads: TrainedHead[] = [];
  const leftOut: { head: string; why: string }[] = [];
  for (const asked of data.kind === "table" ? tableHeads : datasetHeads) {
    const choice = { ...asked, schema: data.schema, sceneLevels: wish.sceneLevels };
    const rows = {
      train: headRows(splits.train, choice),
      validation: headRows(splits.validation, choice),
      test: headRows(splits.test, choice),
    };
    const why = whyNot(rows);
    if (why !== null && heads.length === 0) throw badInput("training-labels", `${data.name}: ${why}`);
    if (why !== null) {
      leftOut.push({ head: headText(asked), why });
      continue;
    }
    heads.push({ ...rows, ...(await trainHead({ asked, rows, data, choice, wish })) });
  }
  return { heads, leftOut };
}

/** Why rows are not enough for a head, as a sentence; null when they are. */
function whyNot(rows: Pick<TrainedHead, "train" | "validation" | "test">): string | null {
  for (const split of ["train", "validation", "test"] as const) {
    const { labels } = rows[split].table;
    const positives = labels.reduce((sum, label) => sum + label, 0);
    const negatives = labels.length - positives;
    if (positives >= classRowsMin && negatives >= classRowsMin) continue;
    return `the ${split} split has ${positives} rows of fire and ${negatives} without; learning needs at least ${classRowsMin} of each in every split.`;
  }
  return null;
}

interface HeadTask {
  readonly asked: Pick<Head, "name" | "modality">;
  readonly rows: Pick<TrainedHead, "train" | "validation">;
  readonly data: TrainingData;
  readonly choice: HeadTableChoice;
  readonly wish: TrainingWish;
}

async function trainHead(task: HeadTask): Promise<Pick<TrainedHead, "head" | "allMembers" | "fittedOn">> {
  const { asked, rows, wish } = task;
  try {
    const { train, validation } = rows;
    const allMembers = await fitMembers(asked, wish, {
      train: train.table,
      validation: validation.table,
      step: "",
    });
    const unseen = await unseenRows(task, allMembers);
    const { head, probabilities } = fitHead(asked, allMembers, {
      table: unseen.rows.table,
      odds: unseen.odds,
    });
    const tracks = tracksOf(unseen.rows, probabilities, unseen.data);
    const rule = { vote: voteRuleOf(asked), falseEpisodesMax: falseEpisodesMax(asked) };
    return { head: { ...head, threshold: chooseThreshold(tracks, rule) }, allMembers, fittedOn: unseen.what };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    throw new Failure(cause.side, cause.code, `${headText(asked)}: ${cause.message}`, { cause });
  }
}

/** Trains the members of an ensemble; seeds depend on the head and the step, so that nothing depends on what came before. */
async function fitMembers(
  asked: HeadTask["asked"],
  wish: TrainingWish,
  on: { readonly train: TrainingTable; readonly validation: TrainingTable; readonly step: string },
): Promise<readonly Member[]> {
  const draw = randomStreams(wish.seed);
  const members: Member[] = [];
  for (const name of ensembleMembers) {
    const model = await fitMember(name, on.train, {
      seed: draw(`train/${headText(asked)}/${name}${on.step}`).integer(2 ** 31 - 1),
      validation: on.validation,
      workers: wish.workers,
      engine: wish.engine,
      kernels: wish.kernels,
      signal: wish.signal,
      onProgress: (share) => wish.onProgress(`${headText(asked)}: ${name}${on.step}`, share),
    });
    members.push({ name, model });
  }
  return members;
}

interface UnseenRows {
  readonly rows: HeadRows;
  readonly data: DatasetTable;
  readonly odds: readonly Float64Array[];
  readonly what: TrainedHead["fittedOn"];
}

/**
 * Rows that were not learnt from, for weights, calibration and threshold: those of the validation split where it has
 * enough episodes, else those of training and validation, each answered by members that have not seen its family.
 */
async function unseenRows(task: HeadTask, allMembers: readonly Member[]): Promise<UnseenRows> {
  const { asked, rows, wish, data, choice } = task;
  const validation = splitOf(data.table, "validation");
  const table = rows.validation.table;
  const own: UnseenRows = {
    rows: rows.validation,
    data: validation,
    odds: memberOdds(allMembers, table),
    what: "validation",
  };
  const burning = new Set(table.groups.filter((_, row) => table.labels[row] === 1)).size;
  if (burning >= fireEpisodesEnough && new Set(table.groups).size - burning >= quietEpisodesEnough)
    return own;
  const testCode = splitNames.indexOf("test");
  const both = keepSeconds(data.table, (row) => data.table.splits[row] !== testCode);
  const bothRows = headRows(both, choice);
  const folds = dealFamilies(keysOfRows(both, bothRows), bothRows.table.labels, crossFitFolds);
  if (folds === null) return own;
  const odds = await crossFit(bothRows.table, folds, (train, heldOut, fold) =>
    fitMembers(asked, wish, {
      train,
      validation: heldOut,
      step: ` without fold ${fold + 1} of ${folds.count}`,
    }),
  );
  return { rows: bothRows, data: both, odds, what: "families held out" };
}
