import { badInput } from "./failure.ts";
import { microsPerSecond } from "./time.ts";

/** Minutes in a week. */
export const minutesPerWeek = 7 * 24 * 60;

/** Most stretches of a schedule that are taken: one for each hour of the week. */
export const weeklyStretchesMax = 168;

/**
 * A stretch of every week in local time, in minutes since Monday 0:00. One that ends before it begins goes over Sunday
 * midnight.
 */
export interface WeeklyStretch {
  readonly fromMinute: number;
  /** The first minute that no longer belongs to it. */
  readonly toMinute: number;
}

/** When something holds, week by week; empty: never. */
export type WeeklySchedule = readonly WeeklyStretch[];

/** How far local time is ahead of UTC. It changes with daylight saving, so that whoever asks says it anew each time. */
export interface LocalTime {
  readonly utcOffsetMinutes: number;
}

const microsPerMinute = 60 * microsPerSecond;

/** 1 January 1970 was a Thursday: the epoch is three days into a week that begins on Monday. */
const epochMinute = 3 * 24 * 60;

/** The minute of the local week, 0 for Monday 0:00 to 10,079 for Sunday 23:59. */
export function minuteOfWeek(atMicros: number, { utcOffsetMinutes }: LocalTime): number {
  const minutes = Math.floor(atMicros / microsPerMinute) + utcOffsetMinutes + epochMinute;
  return ((minutes % minutesPerWeek) + minutesPerWeek) % minutesPerWeek;
}

/** Whether a schedule holds at a time. */
export function isScheduled(schedule: WeeklySchedule, atMicros: number, local: LocalTime): boolean {
  const minute = minuteOfWeek(atMicros, local);
  return schedule.some(({ fromMinute, toMinute }) =>
    fromMinute < toMinute
      ? minute >= fromMinute && minute < toMinute
      : minute >= fromMinute || minute < toMinute,
  );
}

/**
 * Throws badInput "schedule" when a schedule is none. `name` says whose it is, for the sentence. A stretch that ends in
 * the minute it begins would be never or always, and nobody could tell which was meant.
 */
export function checkSchedule(schedule: WeeklySchedule, name: string): void {
  if (schedule.length > weeklyStretchesMax)
    throw badInput("schedule", `${name}: a schedule has at most ${weeklyStretchesMax} stretches.`);
  for (const { fromMinute, toMinute } of schedule) {
    const isMinute = (minute: number, max: number): boolean =>
      Number.isInteger(minute) && minute >= 0 && minute <= max;
    const isStretch =
      isMinute(fromMinute, minutesPerWeek - 1) &&
      isMinute(toMinute, minutesPerWeek) &&
      fromMinute !== toMinute;
    if (isStretch) continue;
    throw badInput(
      "schedule",
      `${name}: a stretch from minute ${fromMinute} to ${toMinute} is none. Give whole minutes since Monday 0:00, from 0 to ${minutesPerWeek}, with an end that is not its beginning.`,
    );
  }
}
