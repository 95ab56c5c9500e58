/** How much a region of this second has to do with a track of the last ones. */
export interface Kinship {
  readonly region: number;
  readonly track: number;
  /** Pixels they share. */
  readonly overlap: number;
  /** Pixels of the region for which the track was the nearest within its margin. */
  readonly near: number;
  /** Number of the track: the smaller, the older. */
  readonly trackId: number;
}

/**
 * Which track each region continues: greedily by shared pixels, the larger share first, an older track before a
 * younger one; then, among those left, by nearness, so that a flame of one pixel that hops to the next one stays the
 * same flame. Hence a region that splits goes on as its larger part, and of regions that merge the one goes on that
 * gives most pixels; the rest are new, or lost. Answers track by region; regions without one are absent.
 */
export function matchRegions(kinships: readonly Kinship[]): Map<number, number> {
  const matched = new Map<number, number>();
  const taken = new Set<number>();
  for (const measure of ["overlap", "near"] as const) {
    const ranked = kinships
      .filter((kinship) => kinship[measure] > 0)
      .sort((a, b) => b[measure] - a[measure] || a.trackId - b.trackId || a.region - b.region);
    for (const { region, track } of ranked) {
      if (matched.has(region) || taken.has(track)) continue;
      matched.set(region, track);
      taken.add(track);
    }
  }
  return matched;
}
