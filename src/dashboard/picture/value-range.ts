/** The pixel values shown as the darkest and the brightest colour, in the unit of the picture. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Share of the coldest pixels that may lie under the scale, so that one bad pixel does not darken the picture. */
const coldestShare = 0.01;
/** Share of the warmest pixels that may lie over a scale that leaves out what is hot. */
const warmestShare = 0.02;
/** Pixels looked at for the coldest share; the hottest is always looked for among all. */
const samplesMax = 5_000;

/**
 * Range that fits a picture, at least `spanMin` wide: its coldest hundredth to its hottest pixel. With `below`, to the
 * warmest but two hundredths of what is colder than that: the colours of a room in which something much hotter stands.
 */
export function autoRange(
  pixels: Uint16Array,
  options: { readonly spanMin: number; readonly below: number | null },
): ValueRange {
  const samples = sortedSamples(pixels);
  if (samples.length === 0) return { low: 0, high: options.spanMin };
  const coldest = samples[Math.floor(samples.length * coldestShare)]!;
  const top = options.below === null ? hottestOf(pixels) : warmestBelow(samples, options.below);
  const hottest = Math.max(coldest, top);
  const missing = Math.max(0, options.spanMin - (hottest - coldest));
  return { low: coldest - missing / 2, high: hottest + missing / 2 };
}

function sortedSamples(pixels: Uint16Array): Uint16Array {
  const stride = Math.max(1, Math.ceil(pixels.length / samplesMax));
  const samples = new Uint16Array(Math.ceil(pixels.length / stride));
  for (let i = 0; i < samples.length; i += 1) samples[i] = pixels[i * stride]!;
  return samples.sort();
}

function hottestOf(pixels: Uint16Array): number {
  let hottest = 0;
  for (const pixel of pixels) if (pixel > hottest) hottest = pixel;
  return hottest;
}

function warmestBelow(samples: Uint16Array, limit: number): number {
  const count = samples.findIndex((pixel) => pixel >= limit);
  const below = count === -1 ? samples.length : count;
  return samples[Math.max(0, Math.ceil(below * (1 - warmestShare)) - 1)]!;
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
