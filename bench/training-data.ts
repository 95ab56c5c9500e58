import { Random } from "#core/random.ts";
import { logistic } from "#learning/trainers/logistic.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";

/** Rows to learn from, rows to judge by, and how likely each of the latter really was. */
export interface TrainingData {
  readonly train: TrainingTable;
  readonly test: TrainingTable;
  /** The probability by which each test row's label was drawn: nobody can know more. */
  readonly truth: Float64Array;
}

const featureNames = Array.from({ length: 18 }, (_, i) => `x${i}`);

/** 18 skewed, zero-inflated and interacting features, and labels drawn by a known probability; one seed, one data set. */
export function trainingData(options: {
  readonly trainRows: number;
  readonly testRows: number;
}): TrainingData {
  const random = new Random(17);
  const train = drawTable(options.trainRows, random);
  const test = drawTable(options.testRows, random);
  return { train: train.table, test: test.table, truth: test.probabilities };
}

function drawTable(
  rows: number,
  random: Random,
): { readonly table: TrainingTable; readonly probabilities: Float64Array } {
  const columns = featureNames.map(() => new Float32Array(rows));
  const labels = new Uint8Array(rows);
  const probabilities = new Float64Array(rows);
  const row = new Float64Array(featureNames.length);
  for (let k = 0; k < rows; k += 1) {
    drawRow(row, random);
    const p = logistic(logOddsOf(row));
    probabilities[k] = p;
    labels[k] = random.uniform() < p ? 1 : 0;
    columns.forEach((column, i) => {
      column[k] = row[i]!;
    });
  }
  const groups = Int32Array.from({ length: rows }, (_, k) => k);
  return { table: { featureNames, rows, columns, labels, groups, weights: null }, probabilities };
}

/** A third each: normal, log-normal, and log-normal with 60 % zeros. */
function drawRow(row: Float64Array, random: Random): void {
  for (let i = 0; i < row.length; i += 1) {
    const normal = random.normal();
    if (i % 3 === 0) row[i] = normal;
    else if (i % 3 === 1) row[i] = Math.exp(normal);
    else row[i] = random.uniform() < 0.6 ? 0 : Math.exp(normal);
  }
}

function logOddsOf(row: Float64Array): number {
  const at = (i: number): number => row[i]!;
  const interacting = 1.5 * at(0) * at(3) + (at(1) > 1 && at(2) > 0 ? 2 : -0.5) + Math.sin(2 * at(6)) * at(9);
  const smooth = Math.log1p(at(4)) + Math.log1p(at(5)) * Math.sign(at(12)) - 0.3 * at(7) + 0.5 * at(15);
  return interacting + smooth - 1;
}
