import { badInput } from "#core/failure.ts";
import type { TrainingTable } from "./training-table.ts";

/** Fewest rows of each class that anything is learnt from. */
const classRowsMin = 10;

/** Throws `badInput` when there is nothing to learn from: no rows, one class, columns of other lengths, infinite values. */
export function checkTable(table: TrainingTable): void {
  const { rows, columns, labels, featureNames } = table;
  if (columns.length !== featureNames.length || columns.length === 0)
    throw badInput(
      "training-columns",
      `There are ${featureNames.length} names for ${columns.length} columns.`,
    );
  columns.forEach((column, i) => {
    if (column.length !== rows)
      throw badInput("training-columns", `Column ${featureNames[i]} has ${column.length} of ${rows} rows.`);
    if (column.some((value) => value === Infinity || value === -Infinity))
      throw badInput(
        "training-infinite",
        `Column ${featureNames[i]} holds an infinite value: leave it absent.`,
      );
  });
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (labels.length !== rows || positives < classRowsMin || rows - positives < classRowsMin)
    throw badInput(
      "training-labels",
      `Learning needs at least ${classRowsMin} rows of each class; there are ${positives} with label 1 and ${rows - positives} with label 0.`,
    );
}
