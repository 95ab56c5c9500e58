/** Unit of a CO2 column. `fraction` is mole per mole: 0.0004 is 400 ppm. */
export type Co2Unit = "ppm" | "percent" | "fraction";

/** Unit of a temperature column. */
export type TemperatureUnit = "celsius" | "fahrenheit" | "kelvin";

const ppmPer: Readonly<Record<Co2Unit, number>> = { ppm: 1, percent: 10_000, fraction: 1_000_000 };

/** Converts a CO2 reading to ppm (1 vol % = 10,000 ppm). */
export function toPpm(value: number, unit: Co2Unit): number {
  return value * ppmPer[unit];
}

/** Converts a temperature to °C. */
export function toCelsius(value: number, unit: TemperatureUnit): number {
  if (unit === "fahrenheit") return ((value - 32) * 5) / 9;
  return unit === "kelvin" ? value - 273.15 : value;
}

/** CO2 unit that a header cell or a row of units names; null when it names none. */
export function co2UnitIn(text: string): Co2Unit | null {
  const lower = text.toLowerCase();
  if (/\bppmv?\b|_ppm|ppm\b|ppm\)|parts per million|[uµμ]mol ?\/ ?mol|micromol/.test(lower)) return "ppm";
  if (/mmol ?\/ ?mol/.test(lower)) return null;
  if (/mol\/mol|mole? fraction|kmol\/kmol|fraction/.test(lower)) return "fraction";
  if (/%|percent|\bpct\b|_pct\b|vol\.? ?%|volume fraction/.test(lower)) return "percent";
  return null;
}

/**
 * Unit that a header cell of a CO2 column names and `co2UnitIn` does not know: what stands in its last brackets, or a
 * mass per volume, parts per billion or a pressure beside the name. Null when it names none.
 */
export function foreignCo2UnitIn(name: string): string | null {
  const bracketed = /[([{]([^()[\]{}]*)[)\]}][^()[\]{}]*$/.exec(name)?.[1]?.trim() ?? "";
  if (bracketed !== "") return bracketed;
  return foreignUnit.exec(name)?.[0].trim() ?? null;
}

const foreignUnit =
  /(?<![a-z])(pp[bt]v?|[mµμu]?g ?(\/|_| per ?)? ?(m|l|dl|ft)(\^?3|³)?|mmol ?\/ ?mol|[hk]?pa|m?bar|mm ?hg)(?![a-z])/i;

/** Temperature unit that a header cell or a row of units names; null when it names none. */
export function temperatureUnitIn(text: string): TemperatureUnit | null {
  const lower = text.toLowerCase().trim();
  if (/fahrenheit|°\s*f\b|[[(_ ]°?f[\])]?$|^°?f$|\bdegf\b/.test(lower)) return "fahrenheit";
  if (/kelvin|[[(_ ]k[\])]?$|^k$/.test(lower)) return "kelvin";
  if (/celsius|celcius|centigrade|°\s*c\b|[[(_ ]°?c[\])]?$|^°?c$|\bdegc\b/.test(lower)) return "celsius";
  return null;
}

/**
 * CO2 unit of a column without a stated one, from its values: room air has 350 to some thousand ppm, so values that all
 * stay within ±100 are no ppm; they are fractions when they begin at 0.0002 to 0.002 (ambient air has 0.0004), else
 * vol %.
 */
export function co2UnitOf(values: readonly number[]): Co2Unit {
  const known = values.filter((value) => Number.isFinite(value) && value !== 0);
  if (known.some((value) => Math.abs(value) > 100)) return "ppm";
  const first = known.slice(0, 20).sort((a, b) => a - b);
  const median = first[first.length >> 1] ?? 0;
  return median >= 0.0002 && median <= 0.002 ? "fraction" : "percent";
}
