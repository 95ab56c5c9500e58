/** Limits that monotone splits above a node put on the share that it may say, and the direction of the tested feature. */
export interface ShareLimits {
  readonly low: number;
  readonly high: number;
  /** 1 or −1 where the tested feature may only rise or fall; 0 where it is free. */
  readonly direction: number;
}

/** Limits of a node's share of positives; 0 and 1 are none. */
export type ShareBounds = Pick<ShareLimits, "low" | "high">;

/** The share of positives that a node says, kept within its limits. */
export function limitedShare(rows: number, positives: number, { low, high }: ShareBounds): number {
  return Math.min(high, Math.max(low, positives / rows));
}

/**
 * How well a share fits a node's rows: the squared error about it, turned, without what no split changes. At the rows'
 * own share it is positives² / rows, which orders splits as Gini impurity does. The more, the purer.
 */
export function limitedPurity(rows: number, positives: number, share: number): number {
  return 2 * positives * share - rows * share * share;
}

/** What a split into these sides is worth within its limits; −∞ when it runs against the direction. */
export function limitedWorth(
  left: { readonly rows: number; readonly positives: number },
  right: { readonly rows: number; readonly positives: number },
  limits: ShareLimits,
): number {
  const leftShare = limitedShare(left.rows, left.positives, limits);
  const rightShare = limitedShare(right.rows, right.positives, limits);
  if (limits.direction * (rightShare - leftShare) < 0) return -Infinity;
  return (
    limitedPurity(left.rows, left.positives, leftShare) +
    limitedPurity(right.rows, right.positives, rightShare)
  );
}

/** Limits of two children: no leaf of the lower side may say more than the middle between them, none of the other less. */
export function childShareBounds(
  limits: ShareLimits,
  shares: { readonly left: number; readonly right: number },
): { readonly left: ShareBounds; readonly right: ShareBounds } {
  const { low, high, direction } = limits;
  if (direction === 0) return { left: { low, high }, right: { low, high } };
  const middle = (shares.left + shares.right) / 2;
  const below = { low, high: middle };
  const above = { low: middle, high };
  return direction > 0 ? { left: below, right: above } : { left: above, right: below };
}
