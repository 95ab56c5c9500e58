/** A time of day such as "09:30". */
export const timeOfDayForm = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** When it is that time of day next, after a moment, by the clock and time zone of this machine. */
export function nextTimeOfDayMicros(timeOfDay: string, afterMicros: number): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(":").map(Number);
  const day = new Date(afterMicros / 1_000);
  const next = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes);
  if (next.getTime() * 1_000 <= afterMicros) next.setDate(next.getDate() + 1);
  return next.getTime() * 1_000;
}
