/** A table of numbers, row by row. */
export interface ProbeTable {
  readonly columns: number;
  readonly values: Float64Array;
}

const steps = 150;
const rate = 0.5;
/** Pulls weights of useless columns to 0. */
const ridge = 1e-3;

/**
 * A small logistic regression by gradient descent on standardised columns: no trainer, only a probe that finds out
 * whether columns tell anything. Gives the score of each row of `judged` after learning from `learnt`. Columns must be
 * finite. Deterministic.
 */
export function probeScores(task: {
  readonly learnt: ProbeTable;
  readonly isPositive: Uint8Array;
  readonly judged: ProbeTable;
}): Float64Array {
  const { columns } = task.learnt;
  const scale = scalesOf(task.learnt);
  const learnt = standardised(task.learnt, scale);
  const rows = task.isPositive.length;
  const weights = new Float64Array(columns + 1);
  const gradient = new Float64Array(columns + 1);
  const share = task.isPositive.reduce((sum, one) => sum + one, 0) / Math.max(1, rows);
  weights[columns] = Math.log(Math.max(1e-6, share) / Math.max(1e-6, 1 - share));
  for (let step = 0; step < steps && rows > 0; step += 1) {
    gradient.fill(0);
    for (let row = 0; row < rows; row += 1) {
      const error = 1 / (1 + Math.exp(-scoreOf(learnt, { row, weights }))) - task.isPositive[row]!;
      for (let k = 0; k < columns; k += 1)
        gradient[k] = gradient[k]! + error * learnt.values[row * columns + k]!;
      gradient[columns] = gradient[columns]! + error;
    }
    for (let k = 0; k <= columns; k += 1)
      weights[k] = weights[k]! - rate * (gradient[k]! / rows + (k < columns ? ridge * weights[k]! : 0));
  }
  const judged = standardised(task.judged, scale);
  return Float64Array.from({ length: judged.values.length / Math.max(1, columns) }, (_, row) =>
    scoreOf(judged, { row, weights }),
  );
}

interface Scales {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

function scalesOf({ columns, values }: ProbeTable): Scales {
  const rows = Math.max(1, values.length / columns);
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  for (let i = 0; i < values.length; i += 1) means[i % columns] = means[i % columns]! + values[i]! / rows;
  for (let i = 0; i < values.length; i += 1) {
    const off = values[i]! - means[i % columns]!;
    deviations[i % columns] = deviations[i % columns]! + (off * off) / rows;
  }
  return { means, deviations: deviations.map((variance) => Math.sqrt(variance) || 1) };
}

function standardised({ columns, values }: ProbeTable, scale: Scales): ProbeTable {
  return {
    columns,
    values: values.map((value, i) => (value - scale.means[i % columns]!) / scale.deviations[i % columns]!),
  };
}

function scoreOf(table: ProbeTable, at: { readonly row: number; readonly weights: Float64Array }): number {
  let score = at.weights[table.columns]!;
  const first = at.row * table.columns;
  for (let k = 0; k < table.columns; k += 1) score += at.weights[k]! * table.values[first + k]!;
  return score;
}
