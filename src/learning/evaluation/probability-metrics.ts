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

/**
 * Rows sorted by probability into at most `count` bins that hold equal shares of both classes weighed alike: of rows of
 * which one in a hundred is positive, bins of equally many rows would put all that is likely into one. Equal
 * probabilities share a bin; empty bins are left out.
 */
export function calibrationBins({ scores, labels }: ScoredRows, count: number): readonly CalibrationBin[] {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const weights = [1 / Math.max(1, labels.length - positives), 1 / Math.max(1, positives)];
  const whole = (positives > 0 ? 1 : 0) + (positives < labels.length ? 1 : 0);
  const bins = Array.from({ length: count }, () => ({ rows: 0, probability: 0, positives: 0 }));
  let [weighed, bin, last] = [0, 0, Number.NaN];
  for (const row of order) {
    const score = scores[row]!;
    if (score !== last) bin = Math.min(count - 1, Math.floor((count * weighed) / whole));
    last = score;
    weighed += weights[labels[row]!]!;
    const own = bins[bin]!;
    own.rows += 1;
    own.probability += score;
    own.positives += labels[row]!;
  }
  return bins
    .filter(({ rows }) => rows > 0)
    .map((one) => ({
      rows: one.rows,
      meanProbability: one.probability / one.rows,
      positiveShare: one.positives / one.rows,
    }));
}
