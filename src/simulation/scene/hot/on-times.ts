import type { Random } from "#core/random.ts";

/** A time during which something is switched on, in seconds since the episode began; it may have begun before. */
export interface OnTime {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** A range from which a length of time is drawn. */
type Range = readonly [low: number, high: number];

/** How often something is switched on, and for how long. */
export interface OnTimeHabits {
  /** Length of the episode. */
  readonly seconds: number;
  readonly onSeconds: Range;
  readonly offSeconds: Range;
  /** How likely it is on already when the episode begins, for how long then at most. */
  readonly alreadyOnShare: number;
}

/** No episode holds more bursts than this; what comes later stays off. */
export const onTimesMax = 500;

/** Draws when something is on, in increasing order; at least once within the episode. */
export function drawOnTimes(random: Random, habits: OnTimeHabits): readonly OnTime[] {
  const { seconds, onSeconds, offSeconds } = habits;
  const alreadyOn = random.uniform() < habits.alreadyOnShare;
  const first = random.between(...onSeconds);
  // What is off at first comes on while there is still time to see it.
  let from = alreadyOn
    ? -first * random.uniform()
    : Math.min(random.between(...offSeconds), 0.4 * seconds * random.uniform());
  const times: OnTime[] = [];
  let length = first;
  while (from < seconds && times.length < onTimesMax) {
    times.push({ fromSeconds: from, toSeconds: from + length });
    from += length + random.between(...offSeconds);
    length = random.between(...onSeconds);
  }
  return times;
}

/** The time during which it is on at this second; null while it is off. */
export function onTimeAt(times: readonly OnTime[], seconds: number): OnTime | null {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]!.toSeconds <= seconds) low = middle + 1;
    else high = middle;
  }
  const next = times[low];
  return next !== undefined && next.fromSeconds <= seconds ? next : null;
}

/** How long it had been on when the episode began, in seconds; 0 when it was off. */
export function onBefore(times: readonly OnTime[]): number {
  const first = times[0];
  return first === undefined || first.toSeconds <= 0 ? 0 : Math.max(0, -first.fromSeconds);
}
