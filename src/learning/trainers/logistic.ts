const oddsMax = 40;
/** Powers of two from −64 to 64, each exact. */
const powersOfTwo = Float64Array.from({ length: 129 }, (_, k) => {
  let power = 1;
  for (let i = 64; i < k; i += 1) power *= 2;
  for (let i = k; i < 64; i += 1) power /= 2;
  return power;
});

/**
 * The probability of these log-odds, from additions, multiplications and one division alone: it is the same to the last
 * bit on every machine and in every kernel, which Math.exp need not be. e^x is 2^k·e^r with |r| ≤ ln 2 / 2 and the
 * Taylor series of e^r to r⁸, a relative error below 3e-10. Log-odds beyond ±40 count as ±40.
 */
export function logistic(odds: number): number {
  const x = Math.min(oddsMax, Math.max(-oddsMax, -odds));
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * Math.LN2;
  let series = 1 / 40_320;
  series = series * r + 1 / 5_040;
  series = series * r + 1 / 720;
  series = series * r + 1 / 120;
  series = series * r + 1 / 24;
  series = series * r + 1 / 6;
  series = series * r + 0.5;
  series = series * r + 1;
  series = series * r + 1;
  return 1 / (1 + series * powersOfTwo[k + 64]!);
}
