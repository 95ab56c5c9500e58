/** The pixel values shown as the darkest and the brightest colour, in the unit of the picture. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Share of the coldest pixels that may lie under the scale, so that one bad pixel does not darken the picture. */
const coldestShare = 0.01;
/** Pixels looked at for the coldest share; the hottest is always looked for among all. */
const samplesMax = 5_000;

/** Range that fits a picture: its coldest hundredth to its hottest pixel, at least `spanMin` wide. */
export function autoRange(pixels: Uint16Array, options: { readonly spanMin: number }): ValueRange {
  if (pixels.length === 0) return { low: 0, high: options.spanMin };
  let hottest = 0;
  for (const pixel of pixels) if (pixel > hottest) hottest = pixel;
  const stride = Math.ceil(pixels.length / samplesMax);
  const samples = pixels.filter((_, index) => index % stride === 0).sort();
  const coldest = samples[Math.floor(samples.length * coldestShare)]!;
  const missing = Math.max(0, options.spanMin - (hottest - coldest));
  return { low: coldest - missing / 2, high: hottest + missing / 2 };
}

/**
 * Moves a range towards a new one, so that the picture does not flicker: it opens at once for anything hotter or
 * colder, and closes by `closing` (0–1) of the way.
 */
export function easeRange(move: {
  readonly from: ValueRange | null;
  readonly to: ValueRange;
  readonly closing: number;
}): ValueRange {
  const { from, to, closing } = move;
  if (from === null) return to;
  return {
    low: to.low < from.low ? to.low : from.low + (to.low - from.low) * closing,
    high: to.high > from.high ? to.high : from.high + (to.high - from.high) * closing,
  };
}
