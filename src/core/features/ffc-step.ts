/**
 * Pixels that changed by more than this across an FFC have seen something move: the camera's own step is some tenths of
 * a kelvin.
 */
export const ffcStepKelvinMax = 3;

/** Share of the watched pixels that must have changed by no more, or the step cannot be told from the scene. */
export const ffcStepShareMin = 0.25;

/** The last picture before an FFC and the first one after it. */
export interface FfcStepInput {
  readonly before: Uint16Array;
  readonly after: Uint16Array;
  /** 1 where a pixel leaves every statistic; null when none does. */
  readonly excluded: Uint8Array | null;
}

/**
 * By how many kelvin an FFC has moved the picture: the median change of the pixels that changed little, so that a truck
 * that drives in meanwhile is no drift of the camera. Null when too much of the picture has changed. Not called per
 * frame.
 */
export function ffcStepKelvin({ before, after, excluded }: FfcStepInput): number | null {
  const limit = 100 * ffcStepKelvinMax;
  const counts = new Uint32Array(2 * limit + 1);
  let watched = 0;
  let little = 0;
  for (let i = 0; i < after.length; i += 1) {
    if (excluded !== null && excluded[i] !== 0) continue;
    watched += 1;
    const change = after[i]! - before[i]!;
    if (Math.abs(change) > limit) continue;
    counts[change + limit]! += 1;
    little += 1;
  }
  if (little === 0 || little < ffcStepShareMin * watched) return null;
  const lower = valueOfRank(counts, (little - 1) >> 1);
  const upper = valueOfRank(counts, little >> 1);
  return ((lower + upper) / 2 - limit) / 100;
}

/** The value that has so many before it in order. */
function valueOfRank(counts: Uint32Array, rank: number): number {
  let value = 0;
  for (let passed = counts[0]!; passed <= rank; passed += counts[value]!) value += 1;
  return value;
}
