import type { Manifest } from "#model-package/manifest.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { type CalibrationBin, calibrationBins } from "./probability-metrics.ts";
import { RankedRows } from "./ranked-rows.ts";
import { absentScores, answersTo, scoreNames } from "./row-answers.ts";
import { type RowQuestion, scoredRows } from "./row-figures.ts";

/** What a head said against what came true. */
export interface CalibrationCurve {
  readonly head: string;
  /** Share of positive rows that the head was calibrated for, and their share here. */
  readonly prior: number;
  readonly positiveShare: number;
  readonly bins: readonly CalibrationBin[];
}

/** Receiver operating characteristics, and how well each head's probability is calibrated, for plots. */
export interface RowCurves {
  readonly roc: Readonly<
    Record<string, readonly { readonly falseShare: number; readonly trueShare: number }[]>
  >;
  readonly calibration: readonly CalibrationCurve[];
}

const curvePointsMax = 200;
const calibrationBinsMax = 20;

/** Each head of the first package with its score, and the question that it was calibrated for. */
const calibrated: readonly {
  readonly score: string;
  readonly name: string;
  readonly modality: string;
  readonly question: RowQuestion;
}[] = [
  { score: scoreNames.flaming, name: "flaming", modality: "fused", question: "flaming" },
  { score: scoreNames.thermal, name: "flaming", modality: "thermal-only", question: "flaming" },
  { score: scoreNames.air, name: "flaming", modality: "air-only", question: "fire, from ignition" },
  { score: scoreNames.slowHeat, name: "slow-heat", modality: "fused", question: "slow heat" },
  { score: scoreNames.thermalSlowHeat, name: "slow-heat", modality: "thermal-only", question: "slow heat" },
];

/** Curves of the heads that there are and their rivals; a head that a package lacks has none. */
export function rowCurves(
  judged: readonly EpisodeJudgement[],
  manifests: readonly Pick<Manifest, "heads">[],
): RowCurves {
  const question = "fire, from first visible heat";
  const answers = answersTo("fire", manifests).filter(({ scores }) => scores.length > 0);
  const absent = absentScores(manifests);
  return {
    roc: Object.fromEntries(
      answers.map(({ who, scores }) => [
        who,
        new RankedRows(scoredRows(judged, { scores, question })).rocCurve(curvePointsMax),
      ]),
    ),
    calibration: calibrated
      .filter(({ score }) => !absent.has(score))
      .map(({ score, name, modality, question: asked }) => {
        const rows = scoredRows(judged, { scores: [score], question: asked });
        const head = manifests[0]!.heads.find((one) => one.name === name && one.modality === modality)!;
        const positives = rows.labels.reduce((sum, label) => sum + label, 0);
        return {
          head: `${name} ${modality}`,
          prior: head.prior,
          positiveShare: rows.labels.length === 0 ? 0 : positives / rows.labels.length,
          bins: calibrationBins(rows, calibrationBinsMax),
        };
      }),
  };
}
