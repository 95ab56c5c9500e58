/**
 * Area under the receiver operating characteristic by ranks (Mann–Whitney U; ties count half): the chance that a score of
 * the first class is above one of the second. NaN is a value below all others, so that absence counts as well. NaN when
 * a class is empty.
 */
export function rankAuc(scores: ArrayLike<number>, isPositive: ArrayLike<number>): number {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i);
  const value = (i: number) => (Number.isNaN(scores[i]!) ? Number.NEGATIVE_INFINITY : scores[i]!);
  order.sort((one, other) => {
    const a = value(one);
    const b = value(other);
    return a === b ? 0 : a - b;
  });
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && value(order[to]!) === value(order[from]!)) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k += 1) {
      if (isPositive[order[k]!] === 0) continue;
      positives += 1;
      rankSum += rank;
    }
    from = to;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
