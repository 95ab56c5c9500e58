import { badInput } from "./failure.ts";

/** What most devices go by. The first look at any other zone loads ICU's calendars, which take 8 MiB and 20 ms. */
const utc = "UTC";

/** Whether a name is that of a time zone in the IANA database, such as "Europe/Berlin" or "UTC". */
export function isTimeZone(name: string): boolean {
  if (name === utc) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * How far the local time of a zone is ahead of UTC at a time, daylight saving included. Throws badInput "time-zone" for a
 * name that is none.
 */
export function utcOffsetMinutes(timeZone: string, atMicros: number): number {
  if (timeZone === utc) return 0;
  const name = formatOf(timeZone)
    .formatToParts(Math.floor(atMicros / 1_000))
    .find(({ type }) => type === "timeZoneName")?.value;
  // "GMT", "GMT+02:00" or, before 1970 in some places, "GMT-00:25:21".
  const found = /^GMT([+-])(\d\d):(\d\d)/.exec(name ?? "");
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === "-" ? -minutes : minutes;
}

/** Zones whose formats are kept; with one more all are made anew. */
const formatsMax = 64;
/** A format costs some hundred microseconds to make, and zones ask every second. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  if (!isTimeZone(timeZone))
    throw badInput("time-zone", `"${timeZone}" is no time zone. Give one such as Europe/Berlin.`);
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  if (formats.size >= formatsMax) formats.clear();
  formats.set(timeZone, format);
  return format;
}
