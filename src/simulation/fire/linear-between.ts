/**
 * Value at a time on the broken line through points whose times rise (binary search). Before the first point it is the
 * first value, after the last the last; both arrays are of one length, at least 1.
 */
export function linearBetween(times: Float64Array, values: Float64Array, seconds: number): number {
  const last = times.length - 1;
  if (seconds <= times[0]!) return values[0]!;
  if (seconds >= times[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= seconds) low = middle;
    else high = middle;
  }
  const share = (seconds - times[low]!) / (times[high]! - times[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}
