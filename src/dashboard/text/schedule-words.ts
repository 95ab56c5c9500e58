import { minutesPerWeek, type WeeklySchedule, type WeeklyStretch } from "#core/weekly-schedule.ts";

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const minutesPerDay = minutesPerWeek / dayNames.length;

/** When something holds, for people: "always", "never", "Mon–Fri 08:00–18:00, Sat 08:00–12:00". */
export function scheduleWords(schedule: WeeklySchedule | null): string {
  if (schedule === null || schedule.some(isWholeWeek)) return "always";
  if (schedule.length === 0) return "never";
  const daysByHours = new Map<string, number[]>();
  for (const stretch of schedule) {
    const hours = hoursOf(stretch);
    daysByHours.set(hours, [
      ...(daysByHours.get(hours) ?? []),
      Math.floor(stretch.fromMinute / minutesPerDay),
    ]);
  }
  return [...daysByHours].map(([hours, days]) => `${daysWords(days)} ${hours}`).join(", ");
}

function isWholeWeek({ fromMinute, toMinute }: WeeklyStretch): boolean {
  return fromMinute === 0 && toMinute === minutesPerWeek;
}

/** A stretch that ends on a later day than the next morning says on which. */
function hoursOf({ fromMinute, toMinute }: WeeklyStretch): string {
  const length = (toMinute - fromMinute + minutesPerWeek) % minutesPerWeek;
  const endDay = Math.floor(toMinute / minutesPerDay) % dayNames.length;
  const day = length > minutesPerDay ? `${dayNames[endDay]} ` : "";
  const isMidnight = toMinute % minutesPerDay === 0;
  return `${clockText(fromMinute)}–${day}${isMidnight && day === "" ? "24:00" : clockText(toMinute)}`;
}

function clockText(minute: number): string {
  const ofDay = minute % minutesPerDay;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

/** Days that follow each other are said by the first and the last of them. */
function daysWords(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) => (run.length < 3 ? run.map((day) => dayNames[day]).join(", ") : runWords(run)))
    .join(", ");
}

function runWords(run: readonly number[]): string {
  return run.length === dayNames.length ? "daily" : `${dayNames[run[0]!]}–${dayNames[run.at(-1)!]}`;
}
