import { logistic, logOdds } from "./log-odds.ts";

/** A sequence of probabilities of one track of one episode, second by second. */
export interface TrackProbabilities {
  readonly episode: number;
  /** Whether the episode should be answered yes. */
  readonly isFire: boolean;
  readonly probabilities: readonly number[];
}

/** Yes in so many of the last so many seconds. */
export interface VoteRule {
  readonly seconds: number;
  readonly ofSeconds: number;
}

/** Limits of a threshold, outside of which it would rest on the tails of the calibration alone. Our own choice. */
export const thresholdLimits = { low: 0.05, high: 0.95 } as const;

/** What a head's threshold is chosen for. */
export interface ThresholdRule {
  readonly vote: VoteRule;
  /** Share of the episodes without fire that may be answered yes. */
  readonly falseEpisodesMax: number;
}

/** The highest threshold at which a track would still be answered yes by the rule; 0 when it never is. */
export function trackScore(probabilities: readonly number[], rule: VoteRule): number {
  let best = 0;
  for (let end = rule.seconds; end <= probabilities.length; end += 1) {
    const recent = probabilities.slice(Math.max(0, end - rule.ofSeconds), end).sort((a, b) => b - a);
    best = Math.max(best, recent[rule.seconds - 1]!);
  }
  return best;
}

/**
 * A head's threshold, by a stated rule, from episodes that were not learnt from: as low as possible while at most the
 * given share of the episodes without fire are answered yes; and halfway (in log-odds) from there to the weakest fire
 * that is found above it, so that it touches neither; within .05 to .95. Without any episode without fire it is .5.
 */
export function chooseThreshold(tracks: readonly TrackProbabilities[], rule: ThresholdRule): number {
  const scores = new Map<number, { score: number; isFire: boolean }>();
  for (const { episode, isFire, probabilities } of tracks) {
    const known = scores.get(episode);
    const score = Math.max(known?.score ?? 0, trackScore(probabilities, rule.vote));
    scores.set(episode, { score, isFire: isFire || (known?.isFire ?? false) });
  }
  const quiet = [...scores.values()].filter(({ isFire }) => !isFire).map(({ score }) => score);
  if (quiet.length === 0) return 0.5;
  quiet.sort((a, b) => b - a);
  const { low, high } = thresholdLimits;
  const floor = quiet[Math.floor(rule.falseEpisodesMax * quiet.length)]!;
  const found = [...scores.values()].flatMap(({ score, isFire }) => (isFire && score > floor ? [score] : []));
  const weakest = found.length === 0 ? 1 : Math.min(...found);
  const middle = logistic((logOdds(floor) + logOdds(weakest)) / 2);
  return Math.min(high, Math.max(low, middle));
}
