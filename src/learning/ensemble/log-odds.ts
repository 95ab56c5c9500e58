/** Probabilities are kept this far from 0 and 1, so that log-odds stay within ±13.8. */
export const probabilityMargin = 1e-6;

/** Log-odds of a probability. */
export function logOdds(probability: number): number {
  const p = Math.min(1 - probabilityMargin, Math.max(probabilityMargin, probability));
  return Math.log(p / (1 - p));
}

/** The probability that has these log-odds. */
export function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
