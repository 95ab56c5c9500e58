/** Two rows that are compared: afterwards `low` holds the smaller value of each pixel, `high` the larger. */
export interface Comparator {
  readonly low: number;
  readonly high: number;
}

/**
 * The comparators, in order, that bring the middle value (or the two middle values) of `count` rows to its place:
 * Batcher's merge exchange (Knuth, TAOCP 5.2.2, algorithm M), less those that cannot reach the middle.
 */
export function medianNetwork(count: number): readonly Comparator[] {
  const needed = new Uint8Array(count);
  needed[count >> 1] = 1;
  needed[(count - 1) >> 1] = 1;
  const kept: Comparator[] = [];
  for (const comparator of sortingNetwork(count).reverse()) {
    if (needed[comparator.low] === 0 && needed[comparator.high] === 0) continue;
    needed[comparator.low] = 1;
    needed[comparator.high] = 1;
    kept.push(comparator);
  }
  return kept.reverse();
}

function sortingNetwork(count: number): Comparator[] {
  const comparators: Comparator[] = [];
  let top = 1;
  while (2 * top < count) top *= 2;
  for (let p = top; p > 0; p >>= 1) {
    let q = top;
    let r = 0;
    let distance = p;
    for (;;) {
      for (let i = 0; i < count - distance; i += 1)
        if ((i & p) === r) comparators.push({ low: i, high: i + distance });
      if (q === p) break;
      distance = q - p;
      q >>= 1;
      r = p;
    }
  }
  return comparators;
}
