import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { type CheatingReport, cheatingNumbers, cheatingWords, checkCheating } from "./cheating-checks.ts";
import type { DataCard } from "./data-card.ts";
import { featureColumnNames, regionColumn, splitNames } from "./dataset-columns.ts";
import { correlationsOf, distributionOf, type FeatureDistribution } from "./feature-distributions.ts";
import { ImpossibleRows } from "./impossible-rows.ts";
import type { Dataset, DatasetTable } from "./open-dataset.ts";
import { findLeaks, type LeakReport, leakWords } from "./row-duplicates.ts";
import {
  chooseFrames,
  type FramePlace,
  frameNumbers,
  frameWords,
  type TypicalFrame,
} from "./typical-frames.ts";

/** Everything that the page tells. */
export interface DatasetDescription {
  readonly card: DataCard;
  readonly distributions: readonly FeatureDistribution[];
  readonly correlated: readonly string[];
  readonly correlations: readonly (readonly number[])[];
  readonly impossible: { readonly rows: number; readonly byRule: ImpossibleRows["byRule"] };
  readonly leaks: LeakReport;
  /** Null for imported data, in which nobody knows what would have happened. */
  readonly cheating: CheatingReport | null;
  readonly frames: readonly TypicalFrame[];
}

/** How to describe a data set. */
export interface DescribeOptions {
  /** Pictures wanted at most. */
  readonly framesMax: number;
  /** Renders a picture again; null where the data set was made with another physics, or imported. */
  readonly render: ((place: FramePlace) => TypicalFrame) | null;
  readonly onProgress: (step: string) => void;
}

/** The 18 features and those of the first region: what is drawn. */
const drawnNames: readonly string[] = [
  ...wholePictureFeatureNames,
  ...regionFeatureNames.map((name) => regionColumn(0, name)),
];

/** Looks at every row of a data set. Throws as `Dataset.read` does. */
export async function describeDataset(
  dataset: Dataset,
  options: DescribeOptions,
): Promise<DatasetDescription> {
  options.onProgress("reading");
  const table = await dataset.read({
    splits: splitNames,
    numbers: [...featureColumnNames, ...cheatingNumbers, ...frameNumbers],
    words: [...new Set([...cheatingWords, ...leakWords, ...frameWords])],
  });
  options.onProgress("counting");
  const correlated = drawnNames.filter((name) => dataset.card.featureColumns.includes(name));
  const impossible = judgeRows(table);
  const leaks = findLeaks(table);
  options.onProgress("looking for what would let a model cheat");
  const cheating = dataset.card.origin === "simulation" ? checkCheating(table) : null;
  const { render } = options;
  const places = render === null ? [] : chooseFrames(table, options.framesMax);
  const frames = places.map((place, i) => {
    options.onProgress(`rendering picture ${i + 1} of ${places.length}`);
    return render!(place);
  });
  return {
    card: dataset.card,
    distributions: drawnNames.flatMap((name) => distributionOf(table, name) ?? []),
    correlated,
    correlations: correlationsOf(table, correlated),
    impossible: { rows: impossible.rows, byRule: impossible.byRule },
    leaks,
    cheating,
    frames,
  };
}

function judgeRows(table: DatasetTable): ImpossibleRows {
  const impossible = new ImpossibleRows();
  const columns = featureColumnNames.map((name) => table.numbers.get(name)!);
  const row = new Float32Array(columns.length);
  for (let i = 0; i < table.rows; i += 1) {
    for (let k = 0; k < columns.length; k += 1) row[k] = columns[k]![i]!;
    impossible.judge(row, () => `row ${i + 1}`);
  }
  return impossible;
}
