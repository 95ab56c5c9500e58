import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { regionColumn } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { findLeaks, type LeakReport } from "../dataset/row-duplicates.ts";
import { headProbabilities, memberOdds } from "../ensemble/member-odds.ts";
import { selectRows } from "../ensemble/select-columns.ts";
import { bootstrapByEpisode, type Interval } from "../evaluation/episode-bootstrap.ts";
import { type HoldOutFigures, holdOutFigures } from "../evaluation/hold-out-figures.ts";
import { RankedRows } from "../evaluation/ranked-rows.ts";
import type { ScoredRows } from "../evaluation/scored-rows.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { fitMember } from "../training/member-recipes.ts";
import { headText, type TrainedHead, type TrainedHeads, type TrainingWish } from "../training/train-heads.ts";
import { labelBalance, splitOf, type TrainingData } from "../training/training-data.ts";
import { rowsSeenElsewhere } from "./rows-seen-elsewhere.ts";
import { ruleScores } from "./rule-scores.ts";
import { type SignalTest, testForSignal } from "./signal-test.ts";

/** What the gate found out about one head. */
export interface HeadVerdict {
  readonly head: string;
  readonly holdout: HoldOutFigures;
  /** The same on the rows it has learnt from: never a result, shown beside the hold-out only. */
  readonly training: { readonly rocAuc: number; readonly logLoss: number };
  readonly signal: SignalTest;
  /** Share of the hold-out's positive rows at or above the threshold, and of its negative ones. */
  readonly recall: number;
  readonly falseAlarmShare: number;
  readonly members: Readonly<Record<string, Interval>>;
  readonly baselines: {
    /** Says the training share of positives of every row. */
    readonly majority: { readonly rocAuc: number; readonly logLoss: number; readonly brier: number };
    readonly logisticRegression: HoldOutFigures;
    /** Nearness of the rule detector to an alarm, where the data holds regions; null where it does not. */
    readonly rules: Interval | null;
  };
  /** Why it may not be used; null when it may. */
  readonly refusal: string | null;
}

/** What the gate found out. */
export interface GateReport {
  readonly verdict: "ok" | "no signal";
  /** Why there is no package; null when there is. */
  readonly reason: string | null;
  readonly heads: readonly HeadVerdict[];
  readonly leaks: LeakReport;
  /** Hold-out rows that are equal to a row of another split: left out of every figure. */
  readonly leakedRows: number;
  readonly balance: ReturnType<typeof labelBalance>;
}

const shuffles = 1_000;
/** With fewer episodes no order of the labels is rarer than chance by the test's measure. */
const episodesMin = 8;
/** With fires in fewer episodes an interval by episode means nothing. */
const fireEpisodesMin = 3;

/**
 * Judges trained heads on episodes that nothing was learnt from, before a package is written. The first head decides: no
 * signal against labels shuffled between episodes, an interval that reaches down to chance, or no fire found at its
 * threshold means "no signal". Another head for which that is so is only left out.
 */
export async function judgeHonestly(
  trained: TrainedHeads,
  task: { readonly data: TrainingData; readonly wish: TrainingWish },
): Promise<GateReport> {
  const { data, wish } = task;
  await wish.onProgress("looking for leaks", 0);
  const leaks = findLeaks(data.table);
  const test = splitOf(data.table, "test");
  const leaked = rowsSeenElsewhere(data.table, "test");
  const nearness = hasRegions(test) ? ruleScores(test) : null;
  const heads: HeadVerdict[] = [];
  for (const head of trained.heads) {
    await wish.onProgress(`judging ${headText(head.head)}`, 0);
    heads.push(await judgeHead(head, { leaked, nearness, wish }));
  }
  const refusal = heads[0]?.refusal ?? null;
  return {
    verdict: refusal === null ? "ok" : "no signal",
    reason: refusal,
    heads,
    leaks,
    leakedRows: leaked.reduce((sum, one) => sum + one, 0),
    balance: labelBalance(data.table),
  };
}

function hasRegions(table: DatasetTable): boolean {
  return table.numbers.get(regionColumn(0, "r_area"))?.some((area) => !Number.isNaN(area)) ?? false;
}

interface JudgeTask {
  readonly leaked: Uint8Array;
  readonly nearness: Float64Array | null;
  readonly wish: TrainingWish;
}

async function judgeHead(trained: TrainedHead, task: JudgeTask): Promise<HeadVerdict> {
  const { head, train, test } = trained;
  const name = headText(head);
  const draw = randomStreams(task.wish.seed);
  const kept = [...test.seconds.keys()].filter((row) => task.leaked[test.seconds[row]!] === 0);
  const table = selectRows(test.table, kept);
  const scored = scoredBy(table, headProbabilities([head], table)[0]!);
  const holdout = holdOutFigures(scored, draw(`gate/${name}`));
  const signal = testForSignal(scored, { shuffles, random: draw(`gate-shuffles/${name}`) });
  const odds = memberOdds(trained.allMembers, table);
  const areaOf = (scores: Float64Array): Interval => {
    const ranked = new RankedRows(scoredBy(table, scores));
    return bootstrapByEpisode((weightOf) => ranked.rocAuc(weightOf), {
      groups: table.groups,
      resamples: 200,
      random: draw(`gate-area/${name}`),
    });
  };
  const nearness =
    task.nearness === null || head.modality === "air-only"
      ? null
      : areaOf(Float64Array.from(kept, (row) => task.nearness![test.seconds[row]!]!));
  const shares = sharesAbove(scored, head.threshold);
  return {
    head: name,
    holdout,
    training: trainingScores(trained),
    signal,
    ...shares,
    members: Object.fromEntries(trained.allMembers.map(({ name: member }, k) => [member, areaOf(odds[k]!)])),
    baselines: {
      majority: majorityScores(train.table, table),
      logisticRegression: await regressionScores(trained, { table, wish: task.wish }),
      rules: nearness,
    },
    refusal: refusalOf({ holdout, signal, recall: shares.recall }),
  };
}

function scoredBy(table: TrainingTable, scores: Float64Array): ScoredRows {
  return { scores, labels: table.labels, groups: table.groups };
}

function sharesAbove(rows: ScoredRows, threshold: number): Pick<HeadVerdict, "recall" | "falseAlarmShare"> {
  const counts = [0, 0];
  const above = [0, 0];
  rows.scores.forEach((score, row) => {
    const label = rows.labels[row]!;
    counts[label] = counts[label]! + 1;
    if (score >= threshold) above[label] = above[label]! + 1;
  });
  return { recall: above[1]! / counts[1]!, falseAlarmShare: above[0]! / counts[0]! };
}

function refusalOf(found: Pick<HeadVerdict, "holdout" | "signal" | "recall">): string | null {
  const { holdout, signal, recall } = found;
  if (holdout.episodes < episodesMin)
    return `the hold-out has ${holdout.episodes} episodes (or groups); with fewer than ${episodesMin} nobody can tell a signal from chance`;
  if (holdout.fireEpisodes < fireEpisodesMin)
    return `only ${holdout.fireEpisodes} of the hold-out's episodes (or groups) show such a fire; judging needs at least ${fireEpisodesMin}`;
  const area = signal.rocAuc.toFixed(3);
  if (!signal.hasSignal)
    return `the hold-out ROC AUC of ${area} is no better than shuffled labels give (${signal.chanceRocAuc.toFixed(3)} in 1 of 100 shuffles)`;
  if (!(holdout.rocAuc.low > 0.5))
    return `the 95 % interval of the hold-out ROC AUC of ${area} reaches down to ${holdout.rocAuc.low.toFixed(3)}, which is chance`;
  if (recall === 0) return "at its threshold it finds none of the hold-out's fires";
  return null;
}

function trainingScores({ head, train }: TrainedHead): HeadVerdict["training"] {
  const scored = scoredBy(train.table, headProbabilities([head], train.table)[0]!);
  let loss = 0;
  scored.scores.forEach((score, row) => {
    loss -= Math.log(Math.max(1e-7, scored.labels[row] === 1 ? score : 1 - score));
  });
  return { rocAuc: new RankedRows(scored).rocAuc(), logLoss: loss / scored.scores.length };
}

function majorityScores(train: TrainingTable, test: TrainingTable): HeadVerdict["baselines"]["majority"] {
  const shareOf = ({ labels }: TrainingTable) =>
    labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const [p, q] = [shareOf(train), shareOf(test)];
  return {
    rocAuc: 0.5,
    logLoss: -q * Math.log(p) - (1 - q) * Math.log(1 - p),
    brier: q * (1 - p) ** 2 + (1 - q) * p ** 2,
  };
}

async function regressionScores(
  { head, train }: TrainedHead,
  task: { readonly table: TrainingTable; readonly wish: TrainingWish },
): Promise<HoldOutFigures> {
  const { engine, kernels, signal, seed } = task.wish;
  const model = await fitMember("baseline", train.table, {
    seed,
    validation: null,
    workers: 1,
    engine,
    kernels,
    signal,
    onProgress: null,
  });
  const baseline = {
    ...head,
    members: [{ name: "baseline", model }],
    weights: [1],
    calibration: { kind: "platt", slope: 1, offset: 0 },
  } as const;
  const scores = headProbabilities([baseline], task.table)[0]!;
  return holdOutFigures(
    scoredBy(task.table, scores),
    randomStreams(seed)(`gate-baseline/${headText(head)}`),
    200,
  );
}
