import type { Random } from "#core/random.ts";
import { labelNames } from "../dataset/dataset-columns.ts";
import { bootstrapByEpisode, type Interval } from "./episode-bootstrap.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { type HoldOutFigures, holdOutFigures } from "./hold-out-figures.ts";
import { scoreNames } from "./judge-episode.ts";
import { type CalibrationBin, calibrationBins } from "./probability-metrics.ts";
import { RankedRows } from "./ranked-rows.ts";
import type { ScoredRows } from "./scored-rows.ts";

/** What can be asked of a second. */
export type RowQuestion = keyof typeof rowQuestions;

/** What each question means. Seconds of neither class are left out; nothing burns in the negative ones of any. */
export const rowQuestions = {
  "fire, from first visible heat":
    "burning seconds from the first with 2 points of flame or hot fuel in view on",
  "fire, from ignition": "every burning second, also while nothing shows",
  flaming: "seconds with flames in view",
  "slow heat": "seconds with smouldering or overheating in view and no flame",
} as const;

type RowClass = "positive" | "negative" | "left-out";

function classOf(question: RowQuestion, judged: EpisodeJudgement, row: number): RowClass {
  const { about, rows } = judged;
  const label = labelNames[rows.label[row]!]!;
  if (label === "none") return rows.cooling[row] === 1 ? "left-out" : "negative";
  switch (question) {
    case "fire, from ignition":
      return "positive";
    case "fire, from first visible heat":
      return about.firstVisibleAt !== null && rows.second[row]! >= about.firstVisibleAt
        ? "positive"
        : "left-out";
    case "flaming":
      return label === "flaming" ? "positive" : "left-out";
    case "slow heat":
      return label === "slow-heat" ? "positive" : "left-out";
  }
}

/** Scores that answer by the larger of two heads: fire is flames or slow heat. */
const pairedHeads: Readonly<Record<string, string>> = {
  [scoreNames.flaming]: scoreNames.slowHeat,
  [scoreNames.thermal]: scoreNames.thermalSlowHeat,
  "package 2 flaming": "package 2 slow heat",
};

/** What a score says of a row to a question. */
function scoreOf(
  judged: EpisodeJudgement,
  at: { readonly score: string; readonly question: RowQuestion },
  row: number,
): number {
  const { scores } = judged.rows;
  const own = scores[at.score]![row]!;
  const other = pairedHeads[at.score];
  if (other === undefined) return own;
  const slow = scores[other]![row]!;
  if (at.question === "flaming") return own;
  return at.question === "slow heat" ? slow : Math.max(own, slow);
}

/** Rows of the episodes with a score and what was true, for a question; `kept` leaves episodes' positives out. */
export function scoredRows(
  judged: readonly EpisodeJudgement[],
  at: { readonly score: string; readonly question: RowQuestion },
  kept: (judgement: EpisodeJudgement) => boolean = () => true,
): ScoredRows {
  const scores: number[] = [];
  const labels: number[] = [];
  const groups: number[] = [];
  for (const judgement of judged) {
    for (let row = 0; row < judgement.rows.label.length; row += 1) {
      const found = classOf(at.question, judgement, row);
      if (found === "left-out" || (found === "positive" && !kept(judgement))) continue;
      scores.push(scoreOf(judgement, at, row));
      labels.push(found === "positive" ? 1 : 0);
      groups.push(judgement.about.pair);
    }
  }
  return {
    scores: Float64Array.from(scores),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(groups),
  };
}

/**
 * Figures by row for each question and score; a fire and its twin are drawn together. Each has a random stream of its
 * own, so that what is judged beside it changes nothing.
 */
export function rowFigures(
  judged: readonly EpisodeJudgement[],
  draw: (purpose: string) => Random,
): Readonly<Record<RowQuestion, Readonly<Record<string, HoldOutFigures>>>> {
  const names = answeringScores(judged);
  return Object.fromEntries(
    (Object.keys(rowQuestions) as RowQuestion[]).map((question) => [
      question,
      Object.fromEntries(
        names.map((score) => [
          score,
          holdOutFigures(scoredRows(judged, { score, question }), draw(`${question}/${score}`), 200),
        ]),
      ),
    ]),
  ) as Record<RowQuestion, Record<string, HoldOutFigures>>;
}

/** Scores that stand for themselves: a slow-heat head is half of its package's answer. */
export function answeringScores(judged: readonly EpisodeJudgement[]): readonly string[] {
  const halves = new Set(Object.values(pairedHeads));
  return Object.keys(judged[0]?.rows.scores ?? {}).filter((name) => !halves.has(name));
}

/**
 * Area under the curve by episode: the highest answer in a fire from its ignition on, against the highest in an episode
 * without fire.
 */
export function episodeAreas(
  judged: readonly EpisodeJudgement[],
  draw: (purpose: string) => Random,
): Readonly<Record<string, Interval>> {
  const question = "fire, from ignition";
  return Object.fromEntries(
    answeringScores(judged).map((score) => {
      const rows = judged.map((judgement) => {
        const { about, rows: seconds } = judgement;
        const isFire = about.fire === "lit";
        let most = 0;
        seconds.second.forEach((second, row) => {
          if (isFire && second < about.igniteAt) return;
          most = Math.max(most, scoreOf(judgement, { score, question }, row));
        });
        return { most, isFire, pair: about.pair };
      });
      const scored: ScoredRows = {
        scores: Float64Array.from(rows, ({ most }) => most),
        labels: Uint8Array.from(rows, ({ isFire }) => (isFire ? 1 : 0)),
        groups: Int32Array.from(rows, ({ pair }) => pair),
      };
      const ranked = new RankedRows(scored);
      const options = { groups: scored.groups, resamples: 300, random: draw(`episodes/${score}`) };
      return [score, bootstrapByEpisode((weightOf) => ranked.rocAuc(weightOf), options)];
    }),
  );
}

/** A receiver operating characteristic, and how well a probability is calibrated, for plots. */
export interface RowCurves {
  readonly roc: Readonly<
    Record<string, readonly { readonly falseShare: number; readonly trueShare: number }[]>
  >;
  readonly calibration: readonly CalibrationBin[];
}

const curvePointsMax = 200;
const calibrationBinsMax = 15;

/** Curves of the fused head and its rivals. */
export function rowCurves(judged: readonly EpisodeJudgement[]): RowCurves {
  const question = "fire, from first visible heat";
  const names = answeringScores(judged).filter((name) => !name.startsWith("member "));
  return {
    roc: Object.fromEntries(
      names.map((score) => [
        score,
        new RankedRows(scoredRows(judged, { score, question })).rocCurve(curvePointsMax),
      ]),
    ),
    calibration: calibrationBins(
      scoredRows(judged, { score: scoreNames.flaming, question: "flaming" }),
      calibrationBinsMax,
    ),
  };
}

/** The area by row from first visible heat with the positives of some fires only, against all that is no fire. */
export function areaOfSome(
  judged: readonly EpisodeJudgement[],
  kept: (judgement: EpisodeJudgement) => boolean,
): number {
  const at = { score: scoreNames.flaming, question: "fire, from first visible heat" } as const;
  return new RankedRows(scoredRows(judged, at, kept)).rocAuc();
}
