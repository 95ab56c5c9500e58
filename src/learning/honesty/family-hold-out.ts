import { calibrate } from "#inference/calibrate.ts";
import type { HeadName } from "#model-package/head.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { splitNames } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { chooseThreshold, trackScore } from "../ensemble/choose-threshold.ts";
import { fitCalibration } from "../ensemble/fit-calibration.ts";
import { RankedRows } from "../evaluation/ranked-rows.ts";
import { gradientBoosting } from "../trainers/gradient-boosting.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { crossFit } from "../training/cross-fit.ts";
import { dealFamilies, keysOfRows } from "../training/family-folds.ts";
import type { SceneLevels, SchemaChoice } from "../training/feature-groups.ts";
import { type HeadRows, headRows } from "../training/head-table.ts";
import { memberHyperparameters, promisesOf } from "../training/member-recipes.ts";
import { falseEpisodesMax, tracksOf, voteRuleOf } from "../training/threshold-tracks.ts";
import type { TrainingWish } from "../training/train-heads.ts";
import { keepSeconds, type TrainingData } from "../training/training-data.ts";

/** One family as models answer for it that have not seen it. */
export interface HeldOutFamily {
  readonly family: string;
  readonly kind: "fire" | "no fire";
  /** A fire's rows and episodes against all without fire; those of a family without fire against all fires. */
  readonly rocAucByRow: number;
  readonly rocAucByEpisode: number;
  readonly episodes: number;
  /** Episodes that the vote answers yes at the threshold: found of a fire, false of anything else. */
  readonly answeredYes: number;
}

/** One choice of inputs, judged by families held out. */
export interface HeldOutVariant {
  readonly head: HeadName;
  readonly schema: SchemaChoice;
  readonly sceneLevels: SceneLevels;
  readonly lots: number;
  readonly rocAucByRow: number;
  readonly rocAucByEpisode: number;
  readonly threshold: number;
  readonly families: readonly HeldOutFamily[];
}

/** Boosting alone with so many rounds and no early stopping: minutes instead of an hour, and nothing held out is used. */
export const holdOutRounds = 80;
/** Lots at most: one for each family of fires. */
const lotsMax = 100;

/** The inputs that are compared: both schemas, with and without absolute scene levels. */
export const heldOutInputs: readonly Pick<HeldOutVariant, "schema" | "sceneLevels">[] = [
  { schema: "region", sceneLevels: "left-out" },
  { schema: "region", sceneLevels: "kept" },
  { schema: "whole-picture", sceneLevels: "left-out" },
  { schema: "whole-picture", sceneLevels: "kept" },
];

/**
 * Judges one choice of inputs for a head by camera and air: families of training and validation (never of the test
 * split) are left out in turn, in as many lots as there are families of fires, and each row is answered by a model that
 * has seen no row of its family. Null where fewer than two families show what the head asks for.
 */
export async function holdFamiliesOut(
  data: TrainingData,
  choice: Pick<HeldOutVariant, "head" | "schema" | "sceneLevels">,
  wish: TrainingWish,
): Promise<HeldOutVariant | null> {
  const testCode = splitNames.indexOf("test");
  const table = keepSeconds(data.table, (row) => data.table.splits[row] !== testCode);
  const asked = { name: choice.head, modality: "fused" } as const;
  const rows = headRows(table, { ...choice, ...asked });
  const keys = keysOfRows(table, rows);
  const lots = dealFamilies(keys, rows.table.labels, lotsMax);
  if (lots === null) return null;
  const text = `${choice.head}, ${choice.schema}, scene levels ${choice.sceneLevels}`;
  const odds = await crossFit(rows.table, lots, async (learnt, _, lot) => {
    await wish.onProgress(text, lot / lots.count);
    return [{ name: "boosting", model: await fitBoosting(learnt, { wish, purpose: `${text}/${lot}` }) }];
  });
  const { labels, groups } = rows.table;
  const calibration = fitCalibration({ odds: odds[0]!, labels, groups });
  const probabilities = odds[0]!.map((one) => calibrate(calibration, one));
  const episodes = judgedEpisodes({ rows, probabilities, table, keys, asked });
  const rule = { vote: voteRuleOf(asked), falseEpisodesMax: falseEpisodesMax(asked) };
  const threshold = chooseThreshold(tracksOf(rows, probabilities, table), rule);
  const scored = { scores: probabilities, labels, families: keys.map(familyOf) };
  return {
    ...choice,
    lots: lots.count,
    rocAucByRow: areaOf(scored, null),
    rocAucByEpisode: areaOf(episodes, null),
    threshold,
    families: familiesOf(scored, episodes, threshold),
  };
}

function fitBoosting(table: TrainingTable, of: { readonly wish: TrainingWish; readonly purpose: string }) {
  const { wish, purpose } = of;
  return gradientBoosting.fit(table, {
    hyperparameters: {
      ...memberHyperparameters.boosting,
      rounds: holdOutRounds,
      monotone: promisesOf(table.featureNames),
    },
    seed: randomStreams(wish.seed)(`hold-out/${purpose}`).integer(2 ** 31 - 1),
    validation: null,
    workers: wish.workers,
    kernels: wish.kernels,
    signal: wish.signal,
    onProgress: null,
  });
}

/** Scores with what was true and where they come from. */
interface FamilyScores {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly families: readonly string[];
}

function familyOf(key: string): string {
  return key.startsWith("pair ") ? "quiet" : key;
}

/** Episodes by the highest threshold at which their vote would still be a yes. */
function judgedEpisodes(of: {
  readonly rows: HeadRows;
  readonly probabilities: Float64Array;
  readonly table: DatasetTable;
  readonly keys: readonly string[];
  readonly asked: Parameters<typeof voteRuleOf>[0];
}): FamilyScores {
  const familyOfEpisode = new Map<number, string>();
  of.rows.seconds.forEach((second, row) => {
    familyOfEpisode.set(of.table.groups[second]!, familyOf(of.keys[row]!));
  });
  const episodes = new Map<number, { score: number; isFire: boolean }>();
  for (const track of tracksOf(of.rows, of.probabilities, of.table)) {
    const known = episodes.get(track.episode) ?? { score: 0, isFire: false };
    known.score = Math.max(known.score, trackScore(track.probabilities, voteRuleOf(of.asked)));
    known.isFire ||= track.isFire;
    episodes.set(track.episode, known);
  }
  const found = [...episodes];
  return {
    scores: Float64Array.from(found, ([, { score }]) => score),
    labels: Uint8Array.from(found, ([, { isFire }]) => (isFire ? 1 : 0)),
    families: found.map(([episode]) => familyOfEpisode.get(episode < 0 ? -1 - episode : episode)!),
  };
}

/** The area of one family's class against all of the other class; of all against all where null. */
function areaOf(
  { scores, labels, families }: FamilyScores,
  of: { readonly family: string; readonly label: number } | null,
): number {
  const kept = [...families.keys()].filter(
    (k) => of === null || labels[k] !== of.label || families[k] === of.family,
  );
  return new RankedRows({
    scores: Float64Array.from(kept, (k) => scores[k]!),
    labels: Uint8Array.from(kept, (k) => labels[k]!),
    groups: Int32Array.from(kept),
  }).rocAuc();
}

function familiesOf(rows: FamilyScores, episodes: FamilyScores, threshold: number): readonly HeldOutFamily[] {
  return [1, 0].flatMap((label) => {
    const own = episodes.families.flatMap((family, k) =>
      episodes.labels[k] === label ? [{ family, k }] : [],
    );
    const names = [...new Set(own.map(({ family }) => family))].sort();
    return names.map((family): HeldOutFamily => {
      const scores = own.filter((one) => one.family === family).map(({ k }) => episodes.scores[k]!);
      return {
        family,
        kind: label === 1 ? "fire" : "no fire",
        rocAucByRow: areaOf(rows, { family, label }),
        rocAucByEpisode: areaOf(episodes, { family, label }),
        episodes: scores.length,
        answeredYes: scores.filter((score) => score >= threshold).length,
      };
    });
  });
}
