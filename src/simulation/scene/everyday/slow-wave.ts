import type { Random } from "#core/random.ts";

/** Parts of a wave whose periods are spread evenly on a logarithmic scale. */
const partCount = 4;

/**
 * Something that wavers slowly and never repeats soon: clouds, gusts, a load. A sum of sines with periods from the
 * shortest to the longest and random phases, scaled to lie within 0 and 1.
 */
export function slowWave(
  random: Random,
  periods: { readonly shortestSeconds: number; readonly longestSeconds: number },
): (seconds: number) => number {
  const spread = periods.longestSeconds / periods.shortestSeconds;
  const parts = Array.from({ length: partCount }, (_, i) => ({
    radiansPerSecond: (2 * Math.PI) / (periods.shortestSeconds * spread ** (i / (partCount - 1))),
    phase: random.between(0, 2 * Math.PI),
  }));
  return (seconds) => {
    let sum = 0;
    for (const { radiansPerSecond, phase } of parts) sum += Math.sin(radiansPerSecond * seconds + phase);
    return 0.5 + sum / (2 * partCount);
  };
}
