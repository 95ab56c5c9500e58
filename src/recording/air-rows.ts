import type { AirColumns } from "./air-columns.ts";
import { asNumber } from "./air-times.ts";
import { toCelsius } from "./air-units.ts";

/** The readings of one CSV row; absent ones are NaN. */
export interface AirRow {
  readonly co2Ppm: number;
  readonly temperatureCelsius: number;
  readonly humidityPercent: number;
  /** CO2 before it was judged, for finding files that hold a rise over ambient air. */
  readonly measuredCo2Ppm: number;
  /** What is wrong with the row, so that it is dropped; null when it is good, "empty" when all its cells are. */
  readonly problem: string | null;
}

/** The problem of a row that has no reading and claims none: it is skipped, not counted. */
export const emptyRow = "empty";

const co2PpmMax = 1_000_000;
const celsiusMin = -100;
const celsiusMax = 1_500;
const humidityPercentMax = 110;

/**
 * Reads one row. Empty cells, "NaN", "NA", "null" and "-" are absent; a CO2 of 0 or less, a humidity of 0, and a
 * temperature of 0 beside an absent humidity stand for nothing and are absent too. A cell that is no number, or a reading
 * that cannot be, makes the row bad, and so do zeros that stand for nothing alone; a row whose cells are all empty is only empty.
 */
export function readAirRow(
  cells: readonly string[],
  how: { readonly columns: AirColumns; readonly co2: (value: number) => number },
): AirRow {
  const { columns } = how;
  const used = [columns.co2, columns.temperature, columns.humidity];
  if (used.every((column) => column === null || (cells[column] ?? "") === "")) return badRow(emptyRow);
  const co2 = readCell(cells, columns.co2);
  const temperature = readCell(cells, columns.temperature);
  const humidity = readCell(cells, columns.humidity);
  if (co2 === null || temperature === null || humidity === null)
    return badRow(
      used.some((column) => hasComma(cells, column)) ? ambiguousComma : "a cell that is no number",
    );
  const ppm = how.co2(co2);
  const celsius = toCelsius(temperature, columns.temperatureUnit);
  if (ppm > co2PpmMax) return badRow("an impossible CO2 value");
  if (celsius < celsiusMin || celsius > celsiusMax) return badRow("an impossible temperature");
  if (humidity < 0 || humidity > humidityPercentMax) return badRow("an impossible humidity");
  const humidityPercent = humidity === 0 ? Number.NaN : humidity;
  const isEmptyZero = temperature === 0 && Number.isNaN(humidityPercent) && columns.humidity !== null;
  const row = {
    co2Ppm: ppm > 0 ? ppm : Number.NaN,
    temperatureCelsius: isEmptyZero ? Number.NaN : celsius,
    humidityPercent,
    measuredCo2Ppm: co2 === 0 ? Number.NaN : ppm,
  };
  const absent = [row.co2Ppm, row.temperatureCelsius, row.humidityPercent].every(Number.isNaN);
  return { ...row, problem: absent ? "no reading" : null };
}

/** The number in a CO2 cell; NaN when there is none. */
export function readCo2Cell(cell: string): number {
  return asNumber(cell) ?? Number.NaN;
}

/** NaN for an absent column or value, null for a cell that is no number. */
function readCell(cells: readonly string[], column: number | null): number | null {
  const cell = column === null ? "" : (cells[column] ?? "");
  if (/^(|-|nan|n\/?a|null|none|-?inf(inity)?)$/i.test(cell)) return Number.NaN;
  return asNumber(cell);
}

const ambiguousComma =
  "a number with a comma, which may mean decimals or thousands (write decimals with a point and thousands without any sign)";

function hasComma(cells: readonly string[], column: number | null): boolean {
  return column !== null && /^[+-]?\d[\d.]*,[\d,.]*\d$/.test(cells[column] ?? "");
}

function badRow(problem: string): AirRow {
  return {
    co2Ppm: Number.NaN,
    temperatureCelsius: Number.NaN,
    humidityPercent: Number.NaN,
    measuredCo2Ppm: Number.NaN,
    problem,
  };
}
