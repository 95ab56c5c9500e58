import type { ScoredRows } from "./scored-rows.ts";

/** Probabilities nearer to 0 or 1 than this count as this, so that one wrong certainty is not infinitely bad. */
const certaintyMin = 1e-7;

/** Mean of −ln of the probability given to what was true, in nats. */
export function logLoss({ scores, labels }: ScoredRows): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const p = Math.min(1 - certaintyMin, Math.max(certaintyMin, scores[row]!));
    sum -= Math.log(labels[row] === 1 ? p : 1 - p);
  }
  return sum / scores.length;
}

/** Mean squared difference between probability and what was true (Brier 1950). */
export function brierScore({ scores, labels }: ScoredRows): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) sum += (scores[row]! - labels[row]!) ** 2;
  return sum / scores.length;
}

/** One bar of a calibration plot: rows whose probabilities lie together, what was said and what came true. */
export interface CalibrationBin {
  readonly rows: number;
  readonly meanProbability: number;
  readonly positiveShare: number;
}

/** Rows sorted by probability into `count` bins of equally many rows; empty bins are left out. */
export function calibrationBins({ scores, labels }: ScoredRows, count: number): readonly CalibrationBin[] {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  const bins: CalibrationBin[] = [];
  for (let bin = 0; bin < count; bin += 1) {
    const rows = order.subarray(
      Math.floor((bin * order.length) / count),
      Math.floor(((bin + 1) * order.length) / count),
    );
    if (rows.length === 0) continue;
    let probability = 0;
    let positives = 0;
    for (const row of rows) {
      probability += scores[row]!;
      positives += labels[row]!;
    }
    bins.push({
      rows: rows.length,
      meanProbability: probability / rows.length,
      positiveShare: positives / rows.length,
    });
  }
  return bins;
}
