import { badInput } from "#core/failure.ts";
import {
  type Co2Unit,
  co2UnitIn,
  foreignCo2UnitIn,
  type TemperatureUnit,
  temperatureUnitIn,
} from "./air-units.ts";

/** Where the readings stand in a CSV file; null where a column is absent or cannot be told from others of its kind. */
export interface AirColumns {
  readonly co2: number;
  /** Null where neither header nor unit row names it. */
  readonly co2Unit: Co2Unit | null;
  readonly temperature: number | null;
  readonly temperatureUnit: TemperatureUnit;
  readonly humidity: number | null;
}

const namedMax = 24;

/** True when a header cell names a CO2 column: not an estimate from a gas sensor ("eCO2"). */
export function isCo2Name(name: string): boolean {
  const lower = name.toLowerCase();
  if (/\beco2|co2[ _-]?eq|equivalent/.test(lower)) return false;
  return /co2|co₂|carbon dioxide/.test(lower);
}

/** True when a header cell names a temperature. */
export function isTemperatureName(name: string): boolean {
  return /^temp(erature)?\b|^temp(erature)?_|^t$|^t \(|^air temp|^room temp|air_temperature/i.test(
    name.trim(),
  );
}

/** True when a header cell names a relative humidity: not a ratio, absolute humidity or dew point. */
export function isHumidityName(name: string): boolean {
  return /^(rel(ative|\.)?[ _]?)?hum(idity)?\b|^rel(ative)?[ _]?humidity|^humidity_(percent|pct|rh)|^r\.?h\.?\b|^rh_/i.test(
    name.trim(),
  )
    ? !/ratio|absolute|dew/i.test(name)
    : false;
}

/**
 * Finds the columns of air readings by their header. `unitRow` is the line of units below the header, where there is
 * one; `wanted` names the CO2 column, `statedCo2Unit` is the unit the caller gives it. Throws Failure("input") naming the
 * columns when there is no CO2 column, or more than one and none is chosen, and naming the unit when it is not understood.
 */
export function airColumns(input: {
  readonly path: string;
  readonly header: readonly string[];
  readonly unitRow: readonly string[] | null;
  readonly wanted: string | null;
  readonly statedCo2Unit: Co2Unit | null;
}): AirColumns {
  const { header, unitRow } = input;
  const co2 = input.wanted === null ? onlyCo2Column(input) : wantedColumn(input, input.wanted);
  const temperature = onlyColumn(header, isTemperatureName);
  const humidity = onlyColumn(header, isHumidityName);
  const unitText = (column: number): string => unitRow?.[column] ?? "";
  const co2Unit = co2UnitIn(header[co2]!) ?? co2UnitIn(unitText(co2));
  if (co2Unit === null && input.statedCo2Unit === null)
    refuseForeignUnit({ path: input.path, name: header[co2]!, unit: unitText(co2) });
  const temperatureUnit =
    temperature === null
      ? null
      : (temperatureUnitIn(header[temperature]!) ?? temperatureUnitIn(unitText(temperature)));
  return {
    co2,
    co2Unit: input.statedCo2Unit ?? co2Unit,
    temperature,
    temperatureUnit: temperatureUnit ?? "celsius",
    humidity,
  };
}

/** A unit that is not understood is never guessed from the values: 900 mg/m³ are 500 ppm. */
function refuseForeignUnit(column: {
  readonly path: string;
  readonly name: string;
  readonly unit: string;
}): void {
  const unit = foreignCo2UnitIn(column.name) ?? (column.unit === "" ? null : column.unit);
  if (unit === null) return;
  throw badInput(
    "air-csv-co2-unit",
    `${column.path} gives "${column.name}" in "${unit}", which is no unit of CO2 that can be read: convert it to ppm, vol % or mol/mol, or say which of them it is (CO2 unit: ppm, percent or fraction).`,
  );
}

type ColumnsInput = Parameters<typeof airColumns>[0];

function onlyCo2Column({ path, header }: ColumnsInput): number {
  const found = header.flatMap((name, i) => (isCo2Name(name) ? [i] : []));
  if (found.length === 1) return found[0]!;
  const names = (columns: readonly number[]) => listed(columns.map((i) => header[i]!));
  if (found.length > 1)
    throw badInput(
      "air-csv-co2-ambiguous",
      `${path} has ${found.length} CO2 columns: choose one by its name (${names(found)}).`,
    );
  const airScout = header.findIndex((name) => /^gas1$/i.test(name));
  if (airScout >= 0 && header.some((name) => /^gas2$/i.test(name))) return airScout;
  throw badInput(
    "air-csv-no-co2",
    `${path} has no CO2 column: it needs one named like "CO2 (ppm)"; its columns are ${listed(header)}.`,
  );
}

function wantedColumn({ path, header }: ColumnsInput, wanted: string): number {
  const lower = wanted.trim().toLowerCase();
  const exact = header.findIndex((name) => name.toLowerCase() === lower);
  if (exact >= 0) return exact;
  const parts = header.flatMap((name, i) => (lower !== "" && name.toLowerCase().includes(lower) ? [i] : []));
  const co2Parts = parts.filter((i) => isCo2Name(header[i]!));
  const meant = co2Parts.length > 0 ? co2Parts : parts;
  if (meant.length === 1) return meant[0]!;
  const names = meant.length > 0 ? meant.map((i) => header[i]!) : header.filter(isCo2Name);
  throw badInput(
    "air-csv-no-column",
    `${path} has ${meant.length === 0 ? "no column" : `${meant.length} columns`} "${wanted}": choose one of ${listed(names.length > 0 ? names : header)}.`,
  );
}

/** With several columns of a kind none is the room's: it stays absent rather than guessed. An exact short name wins. */
function onlyColumn(header: readonly string[], matches: (name: string) => boolean): number | null {
  const found = header.flatMap((name, i) => (matches(name) ? [i] : []));
  if (found.length === 1) return found[0]!;
  const plain = found.filter((i) =>
    /^(temperature|temp|humidity|relative humidity|rh)$/i.test(header[i]!.trim()),
  );
  return plain.length === 1 ? plain[0]! : null;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namedMax).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
