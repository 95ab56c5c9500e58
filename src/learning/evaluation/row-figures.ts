import { assert } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import type { Manifest } from "#model-package/manifest.ts";
import { labelNames } from "../dataset/dataset-columns.ts";
import { bootstrapByEpisode, type Interval } from "./episode-bootstrap.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { type HoldOutFigures, holdOutFigures } from "./hold-out-figures.ts";
import { RankedRows } from "./ranked-rows.ts";
import { type AskedFor, answersTo, modelAnswerer } from "./row-answers.ts";
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

const askedFor: Readonly<Record<RowQuestion, AskedFor>> = {
  "fire, from first visible heat": "fire",
  "fire, from ignition": "fire",
  flaming: "flaming",
  "slow heat": "slow heat",
};

type Heads = readonly Pick<Manifest, "heads">[];
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

/** The largest of some scores, row by row. */
function largest({ rows }: EpisodeJudgement, scores: readonly string[]): ArrayLike<number> {
  const most = new Float64Array(rows.label.length);
  for (const name of scores) {
    const said = rows.scores[name];
    assert(said !== undefined && said !== null, `a judgement holds the score "${name}"`);
    for (let row = 0; row < most.length; row += 1) most[row] = Math.max(most[row]!, said[row]!);
  }
  return most;
}

/**
 * Rows of the episodes with the largest of some scores and what was true, for a question; `kept` leaves episodes'
 * positives out.
 */
export function scoredRows(
  judged: readonly EpisodeJudgement[],
  at: { readonly scores: readonly string[]; readonly question: RowQuestion },
  kept: (judgement: EpisodeJudgement) => boolean = () => true,
): ScoredRows {
  const scores: number[] = [];
  const labels: number[] = [];
  const groups: number[] = [];
  for (const judgement of judged) {
    const answers = largest(judgement, at.scores);
    for (let row = 0; row < judgement.rows.label.length; row += 1) {
      const found = classOf(at.question, judgement, row);
      if (found === "left-out" || (found === "positive" && !kept(judgement))) continue;
      scores.push(answers[row]!);
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

/** What was found of an answerer; figures are null where no package has such a head. */
export interface RowFigures {
  /** Which heads answer. */
  readonly by: string;
  readonly figures: HoldOutFigures | null;
}

/**
 * Figures by row for each question and whoever is asked it; a fire and its twin are drawn together. Each has a random
 * stream of its own, so that what is judged beside it changes nothing.
 */
export function rowFigures(
  judged: readonly EpisodeJudgement[],
  of: { readonly manifests: Heads; readonly draw: (purpose: string) => Random },
): Readonly<Record<RowQuestion, Readonly<Record<string, RowFigures>>>> {
  const figuresOf = (question: RowQuestion) =>
    answersTo(askedFor[question], of.manifests).map(({ who, scores, by }): [string, RowFigures] => [
      who,
      {
        by,
        figures:
          scores.length === 0
            ? null
            : holdOutFigures(
                scoredRows(judged, { scores, question }),
                of.draw(`${question}/${who}`),
                resamples,
              ),
      },
    ]);
  return Object.fromEntries(
    (Object.keys(rowQuestions) as RowQuestion[]).map((question) => [
      question,
      Object.fromEntries(figuresOf(question)),
    ]),
  ) as Record<RowQuestion, Record<string, RowFigures>>;
}

const resamples = 200;
const episodeResamples = 300;

/**
 * Area under the curve by episode: the highest answer in a fire from its ignition on, against the highest in an episode
 * without fire. Null where no package has such a head.
 */
export function episodeAreas(
  judged: readonly EpisodeJudgement[],
  of: { readonly manifests: Heads; readonly draw: (purpose: string) => Random },
): Readonly<Record<string, Interval | null>> {
  return Object.fromEntries(
    answersTo("fire", of.manifests).map(({ who, scores: names }) => {
      if (names.length === 0) return [who, null];
      const rows = judged.map((judgement) => {
        const { about, rows: seconds } = judgement;
        const isFire = about.fire === "lit";
        const answersByRow = largest(judgement, names);
        let most = 0;
        seconds.second.forEach((second, row) => {
          if (isFire && second < about.igniteAt) return;
          most = Math.max(most, answersByRow[row]!);
        });
        return { most, isFire, pair: about.pair };
      });
      const scored: ScoredRows = {
        scores: Float64Array.from(rows, ({ most }) => most),
        labels: Uint8Array.from(rows, ({ isFire }) => (isFire ? 1 : 0)),
        groups: Int32Array.from(rows, ({ pair }) => pair),
      };
      const ranked = new RankedRows(scored);
      const options = {
        groups: scored.groups,
        resamples: episodeResamples,
        random: of.draw(`episodes/${who}`),
      };
      return [who, bootstrapByEpisode((weightOf) => ranked.rocAuc(weightOf), options)];
    }),
  );
}

/**
 * The area by row from first visible heat with the positives of some fires only, against all that is no fire; NaN where
 * the package has no head for it.
 */
export function areaOfSome(
  judged: readonly EpisodeJudgement[],
  of: { readonly manifests: Heads; readonly kept: (judgement: EpisodeJudgement) => boolean },
): number {
  const { scores } = answersTo("fire", of.manifests).find(({ who }) => who === modelAnswerer)!;
  if (scores.length === 0) return Number.NaN;
  const at = { scores, question: "fire, from first visible heat" } as const;
  return new RankedRows(scoredRows(judged, at, of.kept)).rocAuc();
}
