import { existsSync } from "node:fs";
import { badInput } from "#core/failure.ts";
import { type CsvLine, csvLines, decodeText } from "#recording/csv-table.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { importedFileBytesMax } from "#recording/recording-limits.ts";
import type { MeasuredCo2Unit } from "#simulation/measured/measured-co2.ts";
import { MeasuredSeries } from "#simulation/measured/measured-series.ts";
import type { HeatReleaseUnit } from "#simulation/measured/plausible-heat-release.ts";
import type { ColumnHead } from "./header-unit.ts";

/** A column of a file that somebody named on the command line. */
export interface ColumnName {
  readonly path: string;
  readonly column: string;
}

/** A CO2 column with its unit. */
export interface Co2ColumnName extends ColumnName {
  readonly unit: MeasuredCo2Unit;
  readonly counts: "all" | "rise";
}

/** A heat release column with its unit. */
export interface HeatReleaseColumnName extends ColumnName {
  readonly unit: HeatReleaseUnit | "unstated";
}

const heatUnitAtEnd = /:\s*(kw|mw|w)\s*$/i;
const heatUnits: Readonly<Record<string, HeatReleaseUnit>> = { kw: "kW", mw: "MW", w: "W" };
const unitAtEnd = /:\s*(ppm|vol ?%|mol\/mol)([\s:,+]*rise)?\s*$/i;
const headerLinesMax = 100;
const namesShownMax = 12;

/** Takes `FILE:COLUMN` apart; a colon inside the file's name is understood when the file exists. */
export function columnName(option: string, text: string): ColumnName {
  const colons = [...text].flatMap((character, i) => (character === ":" ? [i] : []));
  const at = colons.find((colon) => existsSync(text.slice(0, colon))) ?? colons[0];
  const path = text.slice(0, at ?? 0);
  const column = at === undefined ? "" : text.slice(at + 1).trim();
  if (path === "" || column === "")
    throw badInput(
      "usage",
      `--${option} needs FILE:COLUMN, not "${text}": a CSV and the name in its header.`,
    );
  return { path, column };
}

/** Takes `FILE:COLUMN` or `FILE:COLUMN:UNIT` apart, the unit being kW, W or MW. */
export function heatReleaseColumnName(option: string, text: string): HeatReleaseColumnName {
  const found = heatUnitAtEnd.exec(text);
  const before = found === null ? "" : text.slice(0, found.index);
  // A column that is itself called "kW" stands directly behind the file.
  if (found === null || !before.includes(":")) return { ...columnName(option, text), unit: "unstated" };
  return { ...columnName(option, before), unit: heatUnits[found[1]!.toLowerCase()]! };
}

/**
 * Takes `FILE:COLUMN:UNIT` apart: ppm, vol% or mol/mol, with `rise` after it (behind a space, a colon or a comma) where
 * the column is the rise over ambient air.
 */
export function co2ColumnName(option: string, text: string): Co2ColumnName {
  const found = unitAtEnd.exec(text);
  if (found === null)
    throw badInput(
      "usage",
      `--${option} needs FILE:COLUMN:UNIT with the unit ppm, vol% or mol/mol, and "rise" after it for a rise over ambient; not "${text}".`,
    );
  const word = found[1]!.toLowerCase().replace(" ", "");
  const unit = word === "ppm" ? "ppm" : word === "mol/mol" ? "mol/mol" : "vol%";
  return {
    ...columnName(option, text.slice(0, found.index)),
    unit,
    counts: found[2] === undefined ? "all" : "rise",
  };
}

/**
 * Reads a column over time. The header is the first line that has the column; beside it a column of seconds is looked
 * for ("Time", "Time(s)", "Seconds"). Rows whose time or value is no number are skipped (a row of units is one, whose
 * time must be in seconds), as are times that do not rise. Throws `badInput` that names the file and what it lacks.
 */
export async function readMeasuredColumn(name: ColumnName): Promise<MeasuredSeries> {
  return (await readColumnWithHead(name)).series;
}

/** Reads a column as `readMeasuredColumn` does, with what the file says about it. */
export async function readColumnWithHead({
  path,
  column,
}: ColumnName): Promise<{ readonly series: MeasuredSeries; readonly head: ColumnHead }> {
  const lines = csvLines(decodeText(await readFileBytes(path, importedFileBytesMax), path), path);
  const { header, rows } = headerWith(lines, { path, column });
  const valueAt = columnAt(header, { path, column });
  const timeAt = header.findIndex((name) => isSecondsName(name));
  if (timeAt < 0 || timeAt === valueAt)
    throw badInput(
      "measured-no-time",
      `${path} has no column of seconds beside "${header[valueAt]}": name one "Time" or "Time(s)".`,
    );
  const units = unitRow(rows[0], { timeAt, valueAt });
  if (units !== null && units.time !== "" && !isSecondsUnit(units.time))
    throw badInput("measured-time-unit", `${path} gives its time in ${units.time}: make it seconds.`);
  const readings: (readonly [number, number])[] = [];
  for (const { cells } of rows) {
    const seconds = numberIn(cells[timeAt]);
    const value = numberIn(cells[valueAt]);
    const last = readings.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
    if (seconds !== null && value !== null && seconds > last) readings.push([seconds, value]);
  }
  const name = header[valueAt]!;
  return {
    series: new MeasuredSeries(readings, `Column "${name}" of ${path}`),
    head: { path, name, unitCell: units?.value ?? "" },
  };
}

/** The units of time and value where a row of units follows the header: then neither of its cells is a number. */
function unitRow(
  row: CsvLine | undefined,
  { timeAt, valueAt }: { readonly timeAt: number; readonly valueAt: number },
): { readonly time: string; readonly value: string } | null {
  const [time, value] = [row?.cells[timeAt] ?? "", row?.cells[valueAt] ?? ""];
  const isOfUnits = numberIn(time) === null && numberIn(value) === null;
  return isOfUnits ? { time: time.trim(), value: value.trim() } : null;
}

function isSecondsUnit(text: string): boolean {
  return /^[([]?\s*s(ec(onds?)?)?\s*[)\]]?$/i.test(text);
}

function headerWith(
  lines: readonly CsvLine[],
  { path, column }: ColumnName,
): { readonly header: readonly string[]; readonly rows: readonly CsvLine[] } {
  const at = lines
    .slice(0, headerLinesMax)
    .findIndex(({ cells }) => cells.length > 1 && cells.some((cell) => matches(cell, column) !== "no"));
  if (at >= 0)
    return {
      header: lines[at]!.cells.map((cell) => cell.replace(/^\uFEFF/, "")),
      rows: lines.slice(at + 1),
    };
  const names = lines[0]?.cells.filter((cell) => cell !== "") ?? [];
  const more = names.length > namesShownMax ? `, and ${names.length - namesShownMax} more` : "";
  throw badInput(
    "measured-no-column",
    `${path} has no column "${column}"; it has ${names.slice(0, namesShownMax).join(", ")}${more}.`,
  );
}

function columnAt(header: readonly string[], { path, column }: ColumnName): number {
  const whole = header.findIndex((name) => matches(name, column) === "whole");
  if (whole >= 0) return whole;
  const parts = header.flatMap((name, i) => (matches(name, column) === "part" ? [i] : []));
  if (parts.length === 1) return parts[0]!;
  const names = parts.slice(0, namesShownMax).map((i) => header[i]);
  throw badInput(
    "measured-column-ambiguous",
    `${path} has ${parts.length} columns with "${column}" in their name: ${names.join(", ")}. Name one in full.`,
  );
}

function matches(name: string, wanted: string): "whole" | "part" | "no" {
  const [one, other] = [name, wanted].map((text) => text.trim().toLowerCase().replace(/\s+/g, " "));
  if (one === other) return "whole";
  return one!.includes(other!) ? "part" : "no";
}

function isSecondsName(name: string): boolean {
  return /^(time|seconds?|secs?|elapsed)\s*([([]\s*s(ec(onds?)?)?\s*[)\]])?$/i.test(name.trim());
}

function numberIn(cell: string | undefined): number | null {
  if (cell === undefined || cell.trim() === "") return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}
