/** Formats moments in the reader's own time zone; the zone can be given for tests. */
export interface TimeTextOptions {
  readonly nowMicros: number;
  readonly timeZone?: string;
}

/** Time of day, with the date in front when it is not today: "14:03:22", "26 Nov 14:03:22". */
export function localTimeText(atMicros: number, options: TimeTextOptions): string {
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone };
  const at = new Date(atMicros / 1_000);
  const time = at.toLocaleTimeString("en-GB", { ...zone, hourCycle: "h23" });
  const day = (date: Date) => date.toLocaleDateString("en-GB", { ...zone, day: "numeric", month: "short" });
  const today = day(new Date(options.nowMicros / 1_000));
  return day(at) === today ? time : `${day(at)} ${time}`;
}
