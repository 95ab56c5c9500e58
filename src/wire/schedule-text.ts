import { z } from "zod";
import { minutesPerWeek, type WeeklySchedule, type WeeklyStretch } from "#core/weekly-schedule.ts";

const days: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const minutesPerDay = minutesPerWeek / days.length;
const daysPattern = `(?:daily|(?:${days.join("|")})(?:-(?:${days.join("|")}))?)`;
const pattern = new RegExp(`^(${daysPattern}) (\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)$`);

/**
 * Stretches of the week out of a line such as "mon-fri 08:00-18:00", "sun 00:00-24:00" or "daily 22:00-06:00", which ends
 * on the next morning; null for a line that is none.
 */
export function parseScheduleLine(line: string): WeeklySchedule | null {
  const found = pattern.exec(line.trim().toLowerCase());
  if (found === null) return null;
  const [, daysText = "", ...numbers] = found;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = numbers.map(Number);
  const from = minuteOfDay(fromHour, fromMinute);
  const to = minuteOfDay(toHour, toMinute);
  if (from === null || to === null || from === minutesPerDay || from === to) return null;
  return daysOf(daysText).map((day) => stretch(day, from, to));
}

function stretch(day: number, from: number, to: number): WeeklyStretch {
  const end = day * minutesPerDay + to + (to <= from ? minutesPerDay : 0);
  return {
    fromMinute: day * minutesPerDay + from,
    toMinute: end > minutesPerWeek ? end - minutesPerWeek : end,
  };
}

function minuteOfDay(hour: number, minute: number): number | null {
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= minutesPerDay ? minutes : null;
}

/** Numbers of days, 0 for Monday; "fri-mon" goes over the weekend. */
function daysOf(text: string): readonly number[] {
  if (text === "daily") return days.map((_, day) => day);
  const [from = "", to = from] = text.split("-");
  const first = days.indexOf(from);
  const last = days.indexOf(to);
  const count = ((last - first + days.length) % days.length) + 1;
  return Array.from({ length: count }, (_, k) => (first + k) % days.length);
}

const lineSchema = z
  .string()
  .max(50)
  .refine((line) => parseScheduleLine(line) !== null, 'is like "mon-fri 08:00-18:00" or "daily 22:00-06:00"');

/** A weekly schedule as people write it: up to 24 lines of `parseScheduleLine`. */
export const scheduleTextSchema = z
  .array(lineSchema)
  .max(24)
  .transform((lines): WeeklySchedule => lines.flatMap((line) => parseScheduleLine(line) ?? []));
