/** What decides whether a region is looked at. */
export interface RegionRank {
  /** Excess heat, K·pixel. */
  readonly excess: number;
  /** Change of the excess heat over the last 30 s; all of it for a region that was not there. */
  readonly growth: number;
  readonly newSeverePixels: number;
}

/**
 * Some regions by excess heat, then of the rest some by growth, so that neither a sun patch hides a fire nor a crowd
 * of small growing ones the great heat. New severe heat goes before any growth. Equal ones keep their order.
 */
export function selectRegions<T extends RegionRank>(
  regions: readonly T[],
  counts: { readonly byExcess: number; readonly byGrowth: number },
): T[] {
  const byExcess = regions.toSorted((a, b) => b.excess - a.excess);
  const byGrowth = byExcess
    .slice(counts.byExcess)
    .sort(
      (a, b) =>
        Number(b.newSeverePixels > 0) - Number(a.newSeverePixels > 0) ||
        b.growth - a.growth ||
        b.excess - a.excess,
    );
  return [...byExcess.slice(0, counts.byExcess), ...byGrowth.slice(0, counts.byGrowth)];
}
