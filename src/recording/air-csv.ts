import { badInput } from "#core/failure.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import { type AirColumns, airColumns, isCo2Name, isHumidityName, isTemperatureName } from "./air-columns.ts";
import { type AirRow, emptyRow, readAirRow, readCo2Cell } from "./air-rows.ts";
import {
  type AirTimeKind,
  afterMidnight,
  airTimeKind,
  airTimeMicros,
  asNumber,
  isRelative,
  isTimeName,
} from "./air-times.ts";
import { type Co2Unit, co2UnitOf, toPpm } from "./air-units.ts";
import { type CsvLine, csvLines, decodeText } from "./csv-table.ts";
import type { Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { atMicrosMax } from "./recording-limits.ts";
import { risingTimes } from "./rising-times.ts";

/** How to read a CSV of air readings where its header leaves something open. */
export interface AirCsvOptions {
  /** Name of the CO2 column, or a part that only one column has; needed when there are several. */
  readonly co2Column?: string;
  /** Unit of the CO2 column; by default the one its header names, else the one its values suggest. */
  readonly co2Unit?: Co2Unit;
  /** Added to every CO2 value after conversion, for files that hold the rise over ambient air (about 420 ppm). */
  readonly co2OffsetPpm?: number;
}

/** A header stands within this many lines; before it are comments and other preamble. */
const preambleLinesMax = 100;
const sampleRows = 50;

/** No room air has less CO2 than this: a series that begins below holds the rise over ambient air. */
const ambientCo2PpmMin = 200;

const ambientReadings = 10;

/** Damage entries kept apart; more are counted in the last one. */
const damageEntriesMax = 1_000;

/**
 * Reads a CSV of air readings: finds header, columns, units and time format, drops and counts bad rows, and takes
 * zeros that stand for nothing for absent. Relative times are counted from the first row. Throws Failure("input") when a column is
 * missing or ambiguous, or fewer than half of the rows are valid.
 */
export function parseAirCsv(
  input: { readonly path: string; readonly bytes: Uint8Array },
  options: AirCsvOptions = {},
): Recording {
  const { path } = input;
  if (options.co2OffsetPpm !== undefined && !Number.isFinite(options.co2OffsetPpm))
    throw badInput("air-csv-offset-invalid", "The CO2 offset is no number: give it in ppm, for example 420.");
  const lines = csvLines(decodeText(input.bytes, path), path);
  const table = readTable(lines, path);
  const columns = airColumns({
    ...table,
    path,
    wanted: options.co2Column ?? null,
    statedCo2Unit: options.co2Unit ?? null,
  });
  const time = airTimeKind(
    table.header,
    table.rows.slice(0, sampleRows).map((row) => row.cells),
  );
  if (time === null)
    throw badInput(
      "air-csv-no-time",
      `${path} has no column of times: it needs Unix seconds or milliseconds, ISO 8601 dates or seconds from a start.`,
    );
  const rows = readRows({ table, columns, time, path, options });
  return airRecording(path, rows);
}

interface Table {
  readonly header: readonly string[];
  readonly unitRow: readonly string[] | null;
  readonly rows: readonly CsvLine[];
}

function readTable(lines: readonly CsvLine[], path: string): Table {
  const at = lines.slice(0, preambleLinesMax).findIndex((line) => isHeader(line.cells));
  if (at < 0) {
    const widest = lines.slice(0, preambleLinesMax).reduce<CsvLine | null>(wider, null);
    const shown = widest === null ? "nothing" : widest.cells.slice(0, 12).join(", ").slice(0, 200);
    throw badInput(
      "air-csv-no-header",
      `${path} has no header with a time and a CO2 column; what comes nearest is "${shown}".`,
    );
  }
  const named = lines[at]!.cells.map((cell) => cell.replace(/^\uFEFF/, "").replace(/^#\s*/, ""));
  let rows = lines.slice(at + 1).filter((line) => !line.cells[0]!.startsWith("#"));
  const unitRow = isUnitRow(rows[0]?.cells ?? []) ? rows[0]!.cells : null;
  if (unitRow !== null) rows = rows.slice(1);
  if (rows.length === 0) throw badInput("air-csv-empty", `${path} has a header but no readings below it.`);
  return { header: withRowNames(named, rows), unitRow, rows };
}

function wider(best: CsvLine | null, line: CsvLine): CsvLine {
  return best === null || line.cells.length > best.cells.length ? line : best;
}

/** A header names a time and a reading and holds no number of its own. */
function isHeader(cells: readonly string[]): boolean {
  if (cells.length < 2 || cells.some((cell) => asNumber(cell) !== null)) return false;
  const isReading = (name: string) => isCo2Name(name) || isTemperatureName(name) || isHumidityName(name);
  return (
    cells.some(isTimeName) && (cells.some(isReading) || cells.length > 2 || cells.some((c) => /\(/.test(c)))
  );
}

const unitCell =
  /^[([]?(s|sec|seconds|ms|min|c|°c|ppmv?|pp[bt]v?|%|[µμum]?mol\/mol|kw|vol ?%|[mµμu]?g\/(m|l)(\^?3|³)?)[)\]]?$/i;

/** A row of units has no digits outside names of units ("W/m2", "g/s2"). */
function isUnitRow(cells: readonly string[]): boolean {
  return (
    cells.length > 1 &&
    cells.every((cell) => asNumber(cell) === null && cell.length <= 16 && !/\d{3}|:/.test(cell)) &&
    cells.some((cell) => unitCell.test(cell))
  );
}

/** R writes row names without a header cell: then every row has one cell more in front. */
function withRowNames(header: readonly string[], rows: readonly CsvLine[]): readonly string[] {
  const longer = rows.slice(0, sampleRows).filter((row) => row.cells.length === header.length + 1).length;
  return 2 * longer > Math.min(rows.length, sampleRows) ? ["", ...header] : header;
}

interface Reading {
  readonly atMicros: number;
  readonly row: AirRow;
}

interface Problem {
  readonly line: number;
  readonly what: string;
  readonly afterReadings: number;
}

interface ReadRows {
  readonly readings: readonly Reading[];
  readonly problems: readonly Problem[];
}

function readRows(input: {
  readonly table: Table;
  readonly columns: AirColumns;
  readonly time: AirTimeKind;
  readonly path: string;
  readonly options: AirCsvOptions;
}): ReadRows {
  const { table, columns, time, path, options } = input;
  const co2 = co2Conversion(input);
  const times = rowTimes(table.rows, time);
  const readings: Reading[] = [];
  const problems: Problem[] = [];
  table.rows.forEach((line, i) => {
    const atMicros = times[i] ?? null;
    const row = readAirRow(line.cells, { columns, co2 });
    const what = atMicros === null ? "a time that cannot be read" : row.problem;
    if (what === emptyRow) return;
    if (what === null) readings.push({ atMicros: atMicros!, row });
    else problems.push({ line: line.number, what, afterReadings: readings.length });
  });
  refuseRise(path, readings, options);
  return inOrder(path, { readings, problems }, isRelative(time));
}

/** A conversion of this column's values to ppm; the unit is stated by the caller, the header or the values. */
function co2Conversion(input: {
  readonly table: Table;
  readonly columns: AirColumns;
  readonly options: AirCsvOptions;
}): (value: number) => number {
  const { columns, options, table } = input;
  const values = table.rows.map((line) => readCo2Cell(line.cells[columns.co2] ?? ""));
  const unit = columns.co2Unit ?? co2UnitOf(values);
  const offset = options.co2OffsetPpm ?? 0;
  return (value) => toPpm(value, unit) + offset;
}

function rowTimes(rows: readonly CsvLine[], time: AirTimeKind): (number | null)[] {
  const times = rows.map((line) => airTimeMicros(time, line.cells));
  return time.kind === "clock" ? afterMidnight(times) : times;
}

function refuseRise(path: string, readings: readonly Reading[], options: AirCsvOptions): void {
  if (options.co2OffsetPpm !== undefined) return;
  const first = readings
    .map(({ row }) => row.measuredCo2Ppm)
    .filter(Number.isFinite)
    .slice(0, ambientReadings);
  const median = first.sort((a, b) => a - b)[first.length >> 1] ?? Number.NaN;
  if (!(median < ambientCo2PpmMin)) return;
  throw badInput(
    "air-csv-co2-rise",
    `${path} begins at ${Math.round(median)} ppm CO2, less than any air has: it seems to hold the rise over ambient air; give the offset to add (about 420 ppm, or 0 to take it as it is).`,
  );
}

function inOrder(path: string, rows: ReadRows, relative: boolean): ReadRows {
  const kept = risingTimes(rows.readings.map((reading) => reading.atMicros));
  const readings: Reading[] = [];
  const problems: Problem[] = [];
  let next = 0;
  const zero = relative ? (rows.readings[kept.indexOf(1)]?.atMicros ?? 0) : 0;
  rows.readings.forEach((reading, i) => {
    for (; next < rows.problems.length && rows.problems[next]!.afterReadings <= i; next += 1)
      problems.push({ ...rows.problems[next]!, afterReadings: readings.length });
    const atMicros = reading.atMicros - zero;
    if (kept[i] === 1 && atMicros >= 0 && atMicros <= atMicrosMax) readings.push({ ...reading, atMicros });
    else problems.push({ line: 0, what: "a time out of order", afterReadings: readings.length });
  });
  for (; next < rows.problems.length; next += 1)
    problems.push({ ...rows.problems[next]!, afterReadings: readings.length });
  if (readings.length === 0 || readings.length < problems.length) throw tooFew(path, readings, problems);
  return { readings, problems };
}

function tooFew(path: string, readings: readonly Reading[], problems: readonly Problem[]): Error {
  const first = problems[0];
  const where = first === undefined || first.line === 0 ? "" : ` in line ${first.line}`;
  return badInput(
    "air-csv-damaged",
    `${path} has only ${readings.length} valid of ${readings.length + problems.length} rows: the first problem is ${first?.what ?? "that there is none"}${where}.`,
  );
}

function airRecording(path: string, { readings, problems }: ReadRows): Recording {
  const damage = damageRuns(readings, problems);
  return {
    path,
    format: "air-csv",
    width: null,
    height: null,
    unit: null,
    hasAir: true,
    hasTicks: false,
    async *entries() {
      let next = 0;
      for (let i = 0; i < readings.length; i += 1) {
        for (; next < damage.length && damage[next]!.afterReadings <= i; next += 1) yield damage[next]!.entry;
        yield airEntry(readings[i]!);
      }
      for (; next < damage.length; next += 1) yield damage[next]!.entry;
    },
  };
}

function airEntry({ atMicros, row }: Reading): RecordingEntry {
  const sample: AirSample = {
    sampledAtMicros: atMicros,
    co2Ppm: row.co2Ppm,
    temperatureCelsius: row.temperatureCelsius,
    humidityPercent: row.humidityPercent,
  };
  return { kind: "air", atMicros, sample };
}

function damageRuns(
  readings: readonly Reading[],
  problems: readonly Problem[],
): readonly { readonly afterReadings: number; readonly entry: RecordingEntry }[] {
  const runs: { afterReadings: number; what: string; lost: number }[] = [];
  for (const problem of problems) {
    const last = runs.at(-1);
    if (
      last !== undefined &&
      (last.afterReadings === problem.afterReadings || runs.length >= damageEntriesMax)
    )
      last.lost += 1;
    else
      runs.push({ afterReadings: problem.afterReadings, what: `bad rows: ${described(problem)}`, lost: 1 });
  }
  return runs.map(({ afterReadings, what, lost }) => {
    const atMicros = (readings[afterReadings] ?? readings.at(-1))!.atMicros;
    return { afterReadings, entry: { kind: "damage", atMicros, what, lost } };
  });
}

function described(problem: Problem): string {
  return problem.line === 0 ? problem.what : `line ${problem.line} has ${problem.what}`;
}
