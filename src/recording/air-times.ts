/** How a CSV file gives the time of a reading. */
export type AirTimeKind =
  /** Since 1970, in this many microseconds a unit. */
  | { readonly kind: "unix"; readonly column: number; readonly microsPerUnit: number }
  /** Since some start of the file's own. */
  | { readonly kind: "relative"; readonly column: number; readonly microsPerUnit: number }
  /** A date with a time in one cell; without a zone it is UTC. */
  | { readonly kind: "date-time"; readonly column: number }
  | { readonly kind: "date-and-time"; readonly date: number; readonly time: number }
  /** Hours, minutes and seconds without a date. */
  | { readonly kind: "clock"; readonly column: number };

const microsPerSecond = 1e6;
const microsPerDay = 86_400 * microsPerSecond;
const timeName =
  /^(unix|epoch|utc|local|sample|measurement|reading|log(ged)?|created|recorded)?[ _]?(time|timestamp|date|datetime|epoch|unix|elapsed|seconds?|secs?|minutes?)(\b|_|s\b)|^(t|ts)$|time|date/i;

/** True when a header cell may name a time. */
export function isTimeName(name: string): boolean {
  return timeName.test(name.trim());
}

/**
 * Finds out how a file gives its times, from header and sample rows. Unix times win over dates, dates over times
 * relative to a start, those over times of day. Null when no column holds times.
 */
export function airTimeKind(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): AirTimeKind | null {
  const columns = header.flatMap((name, i) => (isTimeName(name) ? [i] : []));
  const date = columns.find((i) => mostly(rows, i, (cell) => /\d/.test(cell) && dateMicros(cell) !== null));
  const clock = columns.find((i) => mostly(rows, i, (cell) => clockMicros(cell) !== null));
  const numeric = columns.filter((i) => mostly(rows, i, (cell) => asNumber(cell) !== null));
  for (const column of numeric) {
    const microsPerUnit = unixUnit(asNumber(rows[0]?.[column] ?? "") ?? 0);
    if (microsPerUnit !== null) return { kind: "unix", column, microsPerUnit };
  }
  const both = columns.find((i) => mostly(rows, i, (cell) => dateTimeMicros(cell) !== null));
  if (both !== undefined) return { kind: "date-time", column: both };
  if (date !== undefined && clock !== undefined) return { kind: "date-and-time", date, time: clock };
  const relative = numeric[0];
  if (relative !== undefined)
    return { kind: "relative", column: relative, microsPerUnit: relativeUnit(header[relative]!) };
  return clock === undefined ? null : { kind: "clock", column: clock };
}

/** Time of one row in microseconds; null when its cells are no time. */
export function airTimeMicros(kind: AirTimeKind, cells: readonly string[]): number | null {
  switch (kind.kind) {
    case "unix":
    case "relative": {
      const value = asNumber(cells[kind.column] ?? "");
      return value === null ? null : Math.round(value * kind.microsPerUnit);
    }
    case "date-time":
      return dateTimeMicros(cells[kind.column] ?? "");
    case "date-and-time": {
      const date = dateMicros(cells[kind.date] ?? "");
      const time = clockMicros(cells[kind.time] ?? "");
      return date === null || time === null ? null : date + time;
    }
    case "clock":
      return clockMicros(cells[kind.column] ?? "");
  }
}

/** True for times that have no date and count from the file's own start. */
export function isRelative(kind: AirTimeKind): boolean {
  return kind.kind === "relative" || kind.kind === "clock";
}

/** A plain decimal number; null for anything else, also for the empty cell and for NaN. */
export function asNumber(cell: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

function mostly(
  rows: readonly (readonly string[])[],
  column: number,
  matches: (cell: string) => boolean,
): boolean {
  let matching = 0;
  for (const row of rows) if (matches(row[column] ?? "")) matching += 1;
  return rows.length > 0 && 2 * matching > rows.length;
}

/** Unix times between 2001 and 2286 lie in ranges that do not overlap between s, ms, µs and ns. */
function unixUnit(value: number): number | null {
  for (const microsPerUnit of [1e6, 1e3, 1, 1e-3]) {
    const seconds = (value * microsPerUnit) / 1e6;
    if (seconds >= 1e9 && seconds < 1e10) return microsPerUnit;
  }
  return null;
}

function relativeUnit(name: string): number {
  if (/\(ms\)|_ms\b|\[ms\]|millis/i.test(name)) return 1e3;
  if (/\(min(utes)?\)|_min\b|\[min\]|^minutes/i.test(name)) return 60e6;
  if (/\(h(ours?)?\)|\[h\]|_h\b|^hours/i.test(name)) return 3_600e6;
  return 1e6;
}

function dateTimeMicros(cell: string): number | null {
  const match = /^(\S+?)[T ](\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(cell);
  if (match === null) return null;
  const date = dateMicros(match[1]!);
  const time = clockMicros(match[2]!);
  return date === null || time === null ? null : date + time - zoneMicros(match[3] ?? "Z");
}

function zoneMicros(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone[0] === "-" ? -1 : 1) * minutes * 60 * microsPerSecond;
}

/** Year first, or day.month.year; dates with slashes are read year first only, because the others are ambiguous. */
function dateMicros(cell: string): number | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(cell);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell);
  const parts = iso?.slice(1) ?? dotted?.slice(1).reverse();
  if (parts === undefined) return null;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() * 1_000 : null;
}

function clockMicros(cell: string): number | null {
  const match = /^(\d{1,3}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?$/.exec(cell);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minutes > 59 || seconds > 59) return null;
  const fraction = Math.round(Number(`0.${match[4] ?? 0}`) * microsPerSecond);
  return hours * 3_600e6 + minutes * 60e6 + seconds * 1e6 + fraction;
}

/** Times of day that fall back by more than half a day have passed midnight. */
export function afterMidnight(timesMicros: readonly (number | null)[]): (number | null)[] {
  let days = 0;
  let last: number | null = null;
  return timesMicros.map((atMicros) => {
    if (atMicros === null) return null;
    if (last !== null && last - atMicros > microsPerDay / 2) days += 1;
    last = atMicros;
    return atMicros + days * microsPerDay;
  });
}
