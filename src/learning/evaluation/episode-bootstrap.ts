import type { Random } from "#core/random.ts";

/** A figure with the ends of its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Options of `bootstrapByEpisode`. */
export interface BootstrapOptions {
  readonly groups: Int32Array;
  readonly resamples: number;
  readonly random: Random;
}

/**
 * The interval of a figure by drawing whole episodes with replacement (percentile bootstrap, Efron and Tibshirani 1993):
 * rows of one episode are alike, so drawing rows would promise too much. `statistic` gets the weight of each row, which
 * is how often its episode was drawn. Resamples in which the figure is NaN are left out; NaN at both ends when none is left.
 */
export function bootstrapByEpisode(
  statistic: (weightOf: (row: number) => number) => number,
  { groups, resamples, random }: BootstrapOptions,
): Interval {
  const numbers = new Map<number, number>();
  const member = Int32Array.from(groups, (group) => {
    const known = numbers.get(group);
    if (known !== undefined) return known;
    numbers.set(group, numbers.size);
    return numbers.size - 1;
  });
  const counts = new Int32Array(numbers.size);
  const drawn: number[] = [];
  for (let resample = 0; resample < resamples; resample += 1) {
    counts.fill(0);
    for (let k = 0; k < counts.length; k += 1) {
      const group = random.integer(counts.length);
      counts[group] = counts[group]! + 1;
    }
    const value = statistic((row) => counts[member[row]!]!);
    if (!Number.isNaN(value)) drawn.push(value);
  }
  drawn.sort((a, b) => a - b);
  const at = (share: number): number =>
    drawn.length === 0 ? Number.NaN : drawn[Math.min(drawn.length - 1, Math.floor(share * drawn.length))]!;
  return { value: statistic(() => 1), low: at(0.025), high: at(0.975) };
}

/**
 * The 95 % upper bound of a rate of which `events` were seen in `exposure` (Garwood 1952, one-sided, by the
 * Wilson–Hilferty approximation of the chi-square quantile; exact to a per cent, and −ln 0.05 for no event).
 */
export function poissonUpperBound(events: number, exposure: number): number {
  if (events === 0) return -Math.log(0.05) / exposure;
  const z = 1.6448536269514722;
  const k = events + 1;
  return (k * (1 - 1 / (9 * k) + z / (3 * Math.sqrt(k))) ** 3) / exposure;
}

/** The 95 % upper bound of a share of which `hits` of `trials` were seen (Wilson 1927, one-sided; Hanley's 3/n for none). */
export function shareUpperBound(hits: number, trials: number): number {
  if (trials === 0) return 1;
  if (hits === 0) return 1 - 0.05 ** (1 / trials);
  const z = 1.6448536269514722;
  const share = hits / trials;
  const middle = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return Math.min(1, (middle + spread) / (1 + (z * z) / trials));
}
