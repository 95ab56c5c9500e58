import { badInput } from "./failure.ts";

/** What most devices go by. The first look at any other zone loads ICU's calendars, which take 8 MiB and 20 ms. */
const utc = "UTC";

/** The format of the zone that was asked for last: whoever asks does so again each minute. */
let lastFormat: { readonly timeZone: string; readonly format: Intl.DateTimeFormat } | null = null;

/** Whether a name is that of a time zone in the IANA database, such as "Europe/Berlin" or "UTC". */
export function isTimeZone(name: string): boolean {
  return name === utc || offsetFormat(name) !== null;
}

/** Writes the offset of a zone; null for a name that is none. */
function offsetFormat(timeZone: string): Intl.DateTimeFormat | null {
  if (lastFormat?.timeZone === timeZone) return lastFormat.format;
  try {
    const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    lastFormat = { timeZone, format };
    return format;
  } catch {
    return null;
  }
}

/**
 * How far the local time of a zone is ahead of UTC at a time, daylight saving included. Throws badInput "time-zone" for a
 * name that is none.
 */
export function utcOffsetMinutes(timeZone: string, atMicros: number): number {
  if (timeZone === utc) return 0;
  const format = offsetFormat(timeZone);
  if (format === null)
    throw badInput("time-zone", `"${timeZone}" is no time zone. Give one such as Europe/Berlin.`);
  const name = format
    .formatToParts(Math.floor(atMicros / 1_000))
    .find(({ type }) => type === "timeZoneName")?.value;
  // "GMT", "GMT+02:00" or, before 1970 in some places, "GMT-00:25:21".
  const found = /^GMT([+-])(\d\d):(\d\d)/.exec(name ?? "");
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === "-" ? -minutes : minutes;
}
