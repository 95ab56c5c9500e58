import { badInput } from "#core/failure.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { regionColumn, regionFactNames, regionsPerRow, splitNames } from "../dataset/dataset-columns.ts";
import { dealGroups } from "../dataset/deal-groups.ts";
import { type ImportedGroup, importedRowsMax } from "../dataset/imported-group.ts";
import { ImpossibleRows, rowOfWholePicture } from "../dataset/impossible-rows.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { leakWords, unknownWord } from "../dataset/row-duplicates.ts";
import type { TrainingData } from "./training-data.ts";

/** Shares of the splits of a plain table, as `dataset import` deals them. */
const shares = { train: 0.6, validation: 0.2, test: 0.2 };

/** A table file as rows in memory. */
export interface TableFromGroups {
  readonly table: DatasetTable;
  readonly impossible: TrainingData["impossible"];
  readonly warnings: readonly string[];
}

/**
 * Lays the groups of a plain table out as a data set's rows; whole groups are dealt to the splits. Throws `badInput` on
 * infinite values and too many rows.
 */
export function tableOfGroups(groups: readonly ImportedGroup[], path: string): TableFromGroups {
  const rows = groups.reduce((sum, group) => sum + group.rows.length, 0);
  if (rows > importedRowsMax)
    throw badInput("training-data", `${path} has ${rows} rows, more than ${importedRowsMax}.`);
  const splits = dealGroups({ groups, shares, fold: 0 });
  const draft = new TableDraft(rows);
  const impossible = new ImpossibleRows();
  groups.forEach((group, index) => {
    for (const { source, label } of group.rows) {
      const values = source.vector ?? [];
      refuseInfinite(values, path);
      impossible.judge(rowOfWholePicture(values), () => group.name);
      draft.add(values, { label, group: index, split: splitNames.indexOf(splits[index]!) });
    }
  });
  const isNameless = groups.some(({ grouping }) => grouping === "by content");
  return {
    table: draft.finish(),
    impossible: { rows: impossible.rows, byRule: impossible.byRule },
    warnings: isNameless
      ? [
          `${path} has no column "group": its rows are taken as independent. If rows come from one recording, the hold-out figures are better than life.`,
        ]
      : [],
  };
}

function refuseInfinite(values: ArrayLike<number>, path: string): void {
  for (let k = 0; k < values.length; k += 1)
    if (Math.abs(values[k]!) === Number.POSITIVE_INFINITY)
      throw badInput(
        "training-infinite",
        `${path}: ${wholePictureFeatureNames[k]} holds an infinite value: leave it empty where it is not known.`,
      );
}

class TableDraft {
  readonly #labels: Uint8Array;
  readonly #groups: Int32Array;
  readonly #splits: Uint8Array;
  readonly #columns: readonly Float32Array[];
  #rows = 0;

  constructor(rows: number) {
    this.#labels = new Uint8Array(rows);
    this.#groups = new Int32Array(rows);
    this.#splits = new Uint8Array(rows);
    this.#columns = wholePictureFeatureNames.map(() => new Float32Array(rows));
  }

  add(
    values: ArrayLike<number>,
    of: { readonly label: number; readonly group: number; readonly split: number },
  ): void {
    this.#columns.forEach((column, k) => {
      column[this.#rows] = values[k] ?? Number.NaN;
    });
    this.#labels[this.#rows] = of.label;
    this.#groups[this.#rows] = of.group;
    this.#splits[this.#rows] = of.split;
    this.#rows += 1;
  }

  finish(): DatasetTable {
    const absent = new Float32Array(this.#rows).fill(Number.NaN);
    const numbers = new Map(
      wholePictureFeatureNames.map((name, k): [string, Float32Array] => [name, this.#columns[k]!]),
    );
    for (let region = 0; region < regionsPerRow; region += 1)
      for (const name of ["r_area", ...regionFactNames]) numbers.set(regionColumn(region, name), absent);
    numbers.set("second", absent);
    numbers.set("is_hot_process", absent);
    const words = new Map(
      leakWords.map((name) => [name, { names: [unknownWord], codes: new Uint16Array(this.#rows) }]),
    );
    return {
      rows: this.#rows,
      labels: this.#labels,
      groups: this.#groups,
      pairs: this.#groups,
      splits: this.#splits,
      numbers,
      words,
    };
  }
}
