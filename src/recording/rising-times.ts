/**
 * Finds the largest set of entries whose times never fall (longest non-decreasing subsequence, patience sorting), so
 * that one damaged time stamp costs one entry, whether it lies too early or too late.
 * Returns one byte an entry, 1 = belongs to the set.
 */
export function risingTimes(timesMicros: readonly number[]): Uint8Array {
  const kept = new Uint8Array(timesMicros.length);
  const previous = new Int32Array(timesMicros.length);
  const tails: number[] = [];
  for (let i = 0; i < timesMicros.length; i += 1) {
    const length = countNotAfter(tails, timesMicros, timesMicros[i]!);
    previous[i] = length === 0 ? -1 : tails[length - 1]!;
    tails[length] = i;
  }
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) kept[i] = 1;
  return kept;
}

function countNotAfter(tails: readonly number[], timesMicros: readonly number[], atMicros: number): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timesMicros[tails[middle]!]! <= atMicros) low = middle + 1;
    else high = middle;
  }
  return low;
}
