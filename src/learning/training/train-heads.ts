import { badInput, Failure } from "#core/failure.ts";
import type { Head, HeadName, Modality } from "#model-package/head.ts";
import type { Member } from "#model-package/member.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { chooseThreshold } from "../ensemble/choose-threshold.ts";
import { fitHead } from "../ensemble/fit-head.ts";
import { headProbabilities } from "../ensemble/member-odds.ts";
import type { TrainingKernels } from "../trainers/training-kernels.ts";
import { featureGroup, type SceneLevels } from "./feature-groups.ts";
import { type HeadRows, headRows } from "./head-table.ts";
import { ensembleMembers, fitMember } from "./member-recipes.ts";
import { tracksOf, voteRuleOf } from "./threshold-tracks.ts";
import { splitOf, type TrainingData } from "./training-data.ts";
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
    heads.push({ ...rows, ...(await trainHead(asked, { rows, splits, wish, choice })) });
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

async function trainHead(
  asked: { readonly name: HeadName; readonly modality: Modality },
  task: {
    readonly rows: Pick<TrainedHead, "train" | "validation">;
    readonly splits: { readonly validation: DatasetTable };
    readonly wish: TrainingWish;
    readonly choice: Parameters<typeof featureGroup>[1] & { readonly schema: TrainingData["schema"] };
  },
): Promise<Pick<TrainedHead, "head" | "allMembers">> {
  const { rows, wish, choice } = task;
  const allMembers: Member[] = [];
  const features = featureGroup(choice.schema, choice);
  const draw = randomStreams(wish.seed);
  const members = ensembleMembers.map((name) => ({
    name,
    features,
    async fit(table: HeadRows["table"], validation: HeadRows["table"]) {
      const model = await fitMember(name, table, {
        seed: draw(`train/${headText(asked)}/${name}`).integer(2 ** 31 - 1),
        validation,
        workers: wish.workers,
        engine: wish.engine,
        kernels: wish.kernels,
        signal: wish.signal,
        onProgress: (share) => wish.onProgress(`${headText(asked)}: ${name}`, share),
      });
      allMembers.push({ name, model });
      return model;
    },
  }));
  try {
    const fitted = await fitHead({
      ...asked,
      members,
      train: rows.train.table,
      validation: rows.validation.table,
    });
    const head = { ...fitted, threshold: 0.5 };
    const [probabilities] = headProbabilities([head], rows.validation.table);
    const tracks = tracksOf(rows.validation, probabilities!, task.splits.validation);
    return { head: { ...head, threshold: chooseThreshold(tracks, voteRuleOf(asked)) }, allMembers };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    throw new Failure(cause.side, cause.code, `${headText(asked)}: ${cause.message}`, { cause });
  }
}
