import type { DatasetTable } from "../dataset/open-dataset.ts";
import type { HeadRows } from "./head-table.ts";

/** Rows dealt to folds: rows of one family are in one fold. */
export interface FamilyFolds {
  /** Fold of each row. */
  readonly ofRow: Int32Array;
  readonly count: number;
}

/**
 * What must not be divided when rows are held out: a family of scenarios, as between the splits. A quiet room, and an
 * episode of data that knows no families, stands for itself, together with its twin.
 */
export function keysOfRows(data: DatasetTable, rows: HeadRows): readonly string[] {
  const word = (name: string) => {
    const column = data.words.get(name);
    return (second: number) => (column === undefined ? "none" : column.names[column.codes[second]!]!);
  };
  const [kind, family] = [word("kind"), word("family")];
  return Array.from(rows.seconds, (second) =>
    ["fire", "nuisance"].includes(kind(second)) ? family(second) : `pair ${data.pairs[second]}`,
  );
}

/**
 * Deals families to at most `most` folds: those with rows of fire first, the ones with most of them first, each to the
 * fold with the fewest; then the others by rows. Null where fewer than two families have rows of fire: then nothing can
 * be held out and learnt from in turn.
 */
export function dealFamilies(
  keys: readonly string[],
  labels: ArrayLike<number>,
  most: number,
): FamilyFolds | null {
  const counts = new Map<string, { rows: number; positives: number }>();
  keys.forEach((key, row) => {
    const count = counts.get(key) ?? { rows: 0, positives: 0 };
    count.rows += 1;
    count.positives += labels[row]!;
    counts.set(key, count);
  });
  const burning = [...counts.values()].filter(({ positives }) => positives > 0).length;
  const folds = Math.min(most, burning);
  if (folds < 2) return null;
  const order = [...counts].sort(
    ([oneKey, one], [otherKey, other]) =>
      other.positives - one.positives || other.rows - one.rows || (oneKey < otherKey ? -1 : 1),
  );
  const filled = Array.from({ length: folds }, () => ({ rows: 0, positives: 0 }));
  const foldOf = new Map<string, number>();
  for (const [key, { rows, positives }] of order) {
    const what = positives > 0 ? "positives" : "rows";
    const fold = filled.reduce((best, one, k) => (one[what] < filled[best]![what] ? k : best), 0);
    filled[fold]!.rows += rows;
    filled[fold]!.positives += positives;
    foldOf.set(key, fold);
  }
  return { ofRow: Int32Array.from(keys, (key) => foldOf.get(key)!), count: folds };
}
