import { Random } from "#core/random.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";

/** How the labels of a made table come about. */
export type MadeRule =
  /** Log-odds are a straight line in the first two of six features. */
  | "line"
  /** Positive where the signs of the first two features differ: no straight line tells them apart. */
  | "checkerboard"
  /** A coin is thrown for each row. */
  | "coin";

/** A table of six normal features, the last of which is absent in a third of the rows; one seed gives one table. */
export function madeTable(options: {
  readonly rows: number;
  readonly seed: number;
  readonly rule?: MadeRule;
  /** Rows of one episode; 1 where left out. */
  readonly rowsPerGroup?: number;
}): TrainingTable {
  const random = new Random(options.seed);
  const { rows } = options;
  const columns = Array.from({ length: 6 }, (_, feature) =>
    Float32Array.from({ length: rows }, () => {
      const value = random.normal();
      return feature === 5 && random.uniform() < 1 / 3 ? Number.NaN : value;
    }),
  );
  const labels = Uint8Array.from({ length: rows }, (_, row) => {
    const [x, y] = [columns[0]![row]!, columns[1]![row]!];
    if (options.rule === "coin") return random.integer(2);
    if (options.rule === "checkerboard") return x * y < 0 ? 1 : 0;
    return random.uniform() < 1 / (1 + Math.exp(-(2 * x - y))) ? 1 : 0;
  });
  const perGroup = options.rowsPerGroup ?? 1;
  return {
    featureNames: ["a", "b", "c", "d", "e", "f"],
    rows,
    columns,
    labels,
    groups: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / perGroup)),
    weights: null,
  };
}
