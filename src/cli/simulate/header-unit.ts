import { badInput } from "#core/failure.ts";
import { foreignCo2UnitIn } from "#recording/air-units.ts";
import type { MeasuredCo2Unit } from "#simulation/measured/measured-co2.ts";
import type { HeatReleaseUnit } from "#simulation/measured/plausible-heat-release.ts";

/** What a file says about a column above its readings. */
export interface ColumnHead {
  readonly path: string;
  readonly name: string;
  /** The cell of a row of units below the header; empty where there is none. */
  readonly unitCell: string;
}

/** Text that a unit may be in, most certain first: what stands in brackets behind the name, then the row of units. */
function unitTexts({ name, unitCell }: ColumnHead): readonly string[] {
  const bracketed = [...name.matchAll(/[([{]([^()[\]{}]*)[)\]}]/g)].map((match) => match[1]!.trim());
  return [...bracketed.reverse(), unitCell.trim()].filter((text) => text !== "");
}

const heatUnits: Readonly<Record<string, HeatReleaseUnit>> = {
  w: "W",
  watt: "W",
  watts: "W",
  kw: "kW",
  kilowatt: "kW",
  kilowatts: "kW",
  mw: "MW",
  megawatt: "MW",
  megawatts: "MW",
};

/**
 * The unit of heat release that a header or a row of units names, also behind the name without brackets ("HRR kW",
 * "hrr_mw"), where a single W may be a compass point and counts for nothing. Null when it names none.
 */
export function heatReleaseUnitOf(head: ColumnHead): HeatReleaseUnit | null {
  for (const text of unitTexts(head)) {
    const unit = heatUnits[text.toLowerCase()];
    if (unit !== undefined) return unit;
  }
  const last = /[\s_,/.-](kw|mw|(?:kilo|mega)?watts?)\s*$/i.exec(head.name)?.[1]?.toLowerCase() ?? "";
  return heatUnits[last] ?? null;
}

/** Whether it is a unit of CO2 that `simulate measured` takes. */
export function isCo2Unit(unit: string): unit is MeasuredCo2Unit {
  return unit === "ppm" || unit === "vol%" || unit === "mol/mol";
}

/** The unit of CO2 that a header or a row of units names, known or not ("mg/m3"); null when it names none. */
export function co2UnitOf(head: ColumnHead): string | null {
  const texts = [...unitTexts(head), head.name];
  for (const text of texts) {
    if (/ppmv?(?![a-z])|parts per million|[uµμ]mol ?\/ ?mol/i.test(text)) return "ppm";
    if (/%|percent|(?<![a-z])pct(?![a-z])/i.test(text)) return "vol%";
    if (/(?<![a-z])mol(e|es)? ?\/ ?mol|mole? fraction/i.test(text)) return "mol/mol";
    const foreign = foreignCo2UnitIn(text.replace(/[()[\]{}]/g, " "));
    if (foreign !== null) return foreign;
  }
  return null;
}

/**
 * The unit of temperature that a header or a row of units names. A letter without brackets or a degree sign is none: it
 * may name a thermocouple. Null when it names none.
 */
export function temperatureUnitOf(head: ColumnHead): "°C" | "°F" | "K" | null {
  for (const text of unitTexts(head)) {
    const unit = /^(?:°|deg(?:rees?)?\.?)?\s*([cfk])$/i.exec(text)?.[1]?.toUpperCase();
    if (unit !== undefined) return unit === "K" ? "K" : unit === "F" ? "°F" : "°C";
  }
  const all = [...unitTexts(head), head.name].join(" ");
  if (/°\s*F(?![a-z])|fahrenheit/i.test(all)) return "°F";
  if (/°\s*K(?![a-z])|kelvin/i.test(all)) return "K";
  return /°\s*C(?![a-z])|celsius|centigrade|℃/i.test(all) ? "°C" : null;
}

/** A refusal of a unit that the file itself contradicts, with what to do. */
export function contradictsHeader(
  head: ColumnHead,
  of: { readonly named: string; readonly taken: string; readonly advice: string },
): Error {
  const where = head.unitCell === "" ? "the header says" : "its header or row of units says";
  return badInput(
    "measured-unit",
    `Column "${head.name}" of ${head.path} was to be read in ${of.taken}, and ${where} ${of.named}: ${of.advice}.`,
  );
}
