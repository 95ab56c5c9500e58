import { badInput } from "#core/failure.ts";
import type { JetPlace } from "#simulation/fire/ceiling-jet.ts";
import type { MeasuredSeries } from "#simulation/measured/measured-series.ts";
import { refuseImplausibleCeiling } from "#simulation/measured/plausible-ceiling.ts";
import { refuseImplausibleCo2 } from "#simulation/measured/plausible-co2.ts";
import { plausibleHeatRelease } from "#simulation/measured/plausible-heat-release.ts";
import {
  type MeasuredExperiment,
  measuredSecondsMax,
  quietSeconds,
} from "#simulation/measured/render-measured.ts";
import type { Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import {
  type ColumnHead,
  co2UnitOf,
  contradictsHeader,
  heatReleaseUnitOf,
  isCo2Unit,
  temperatureUnitOf,
} from "./header-unit.ts";
import {
  type Co2ColumnName,
  type ColumnName,
  co2ColumnName,
  columnName,
  type HeatReleaseColumnName,
  heatReleaseColumnName,
  readColumnWithHead,
} from "./measured-column.ts";

/** What `simulate measured` was told. */
export interface MeasuredOrders {
  readonly names: {
    readonly hrr: HeatReleaseColumnName | null;
    readonly co2: Co2ColumnName | null;
    readonly ceiling: ColumnName | null;
  };
  readonly place: JetPlace;
  readonly experiment: MeasuredExperiment;
  /** Options that were given, by name without dashes. */
  readonly given: ReadonlySet<string>;
}

/**
 * Reads the options of `simulate measured` and the columns that they name. Throws `badInput` for options that do not fit
 * together, files that cannot be read, and numbers that no fire has in their unit.
 */
export async function measuredOrders(
  invocation: Invocation,
  at: { readonly seed: number; readonly seconds: number | null },
): Promise<MeasuredOrders> {
  const names = namesOf(invocation);
  const { hrr, co2, ceiling } = names;
  const metres = { kind: "any", min: 0.5, max: 30 } as const;
  const place = {
    ceilingHeight: numberOption(invocation, "ceiling-height", { ...metres, default: 2.1 }),
    radius: numberOption(invocation, "ceiling-radius", { ...metres, min: 0, default: 0 }),
  };
  const anyTime = { kind: "any", min: -measuredSecondsMax, max: measuredSecondsMax } as const;
  const ignitionSeconds = required(
    numberOption(invocation, "ignition", { ...anyTime, default: null }),
    "--ignition SECONDS",
  );
  const distance = numberOption(invocation, "distance", { ...metres, min: 1, max: 40, default: null });
  if (at.seconds !== null && at.seconds <= quietSeconds)
    throw badInput(
      "usage",
      `--seconds needs more than ${quietSeconds}: the fire is lit ${quietSeconds} s after the recording begins.`,
    );
  const heat = hrr === null ? null : await heatReleaseOf(hrr, ignitionSeconds);
  const celsius = ceiling === null ? null : await ceilingOf(ceiling, ignitionSeconds);
  return {
    names: {
      ...names,
      hrr: hrr === null || heat === null ? null : { ...hrr, unit: heat.unit },
    },
    place,
    experiment: {
      fire:
        heat === null
          ? null
          : { heatRelease: heat.series, ceiling: celsius === null ? null : { celsius, place } },
      co2: co2 === null ? null : await co2Of(co2, ignitionSeconds),
      ignitionSeconds,
      distanceMetres: hrr === null ? (distance ?? 1) : required(distance, "--distance METRES"),
      seed: at.seed,
      seconds: at.seconds,
    },
    given: new Set(Object.keys(invocation.values)),
  };
}

function namesOf(invocation: Invocation): MeasuredOrders["names"] {
  const { values } = invocation;
  const [, ...further] = invocation.positionals;
  const hrr = values["hrr"] === undefined ? null : heatReleaseColumnName("hrr", values["hrr"]);
  const ceiling = values["ceiling"] === undefined ? null : columnName("ceiling", values["ceiling"]);
  const co2 = values["co2"] === undefined ? null : co2Name(values["co2"], further);
  if (co2 === null && further.length > 0) throw unknownWord(further[0]!);
  if (hrr === null && co2 === null)
    throw badInput("usage", "Give what was measured: --hrr FILE:COLUMN, --co2 FILE:COLUMN:UNIT, or both.");
  return { hrr, co2, ceiling };
}

/** `rise` may stand after the unit without quotation marks: then it comes as a word of its own. */
function co2Name(text: string, further: readonly string[]): Co2ColumnName {
  const name = co2ColumnName("co2", text);
  if (further.length === 0) return name;
  if (further.length === 1 && further[0] === "rise") return { ...name, counts: "rise" };
  throw unknownWord(further[0]!);
}

function unknownWord(word: string): Error {
  return badInput("usage", `simulate measured does not know what to do with "${word}".`);
}

/** A column that was read, and the unit that it was read in. */
interface ReadColumn<Unit> {
  readonly series: MeasuredSeries;
  readonly unit: Unit;
}

async function heatReleaseOf(
  name: HeatReleaseColumnName,
  ignitionSeconds: number,
): Promise<ReadColumn<HeatReleaseColumnName["unit"]>> {
  const { series, head } = await readAround(name, ignitionSeconds);
  const named = heatReleaseUnitOf(head);
  if (named !== null && name.unit !== "unstated" && named !== name.unit)
    throw contradictsHeader(head, {
      named,
      taken: name.unit,
      advice: `give FILE:COLUMN:${named}, or mend the header if it is wrong`,
    });
  const unit = named ?? name.unit;
  return { series: plausibleHeatRelease(series, { unit, ignitionSeconds }), unit };
}

async function ceilingOf(name: ColumnName, ignitionSeconds: number): Promise<MeasuredSeries> {
  const { series, head } = await readAround(name, ignitionSeconds);
  const named = temperatureUnitOf(head);
  if (named !== null && named !== "°C")
    throw contradictsHeader(head, {
      named,
      taken: "°C",
      advice: `convert the column (${named === "K" ? "take 273.15 off" : "°C = (°F - 32) · 5/9"}), and mend its header`,
    });
  refuseImplausibleCeiling(series, ignitionSeconds);
  return series;
}

async function co2Of(name: Co2ColumnName, ignitionSeconds: number): Promise<MeasuredExperiment["co2"]> {
  const { unit, counts } = name;
  const { series, head } = await readAround(name, ignitionSeconds);
  const named = co2UnitOf(head);
  if (named !== null && named !== unit)
    throw contradictsHeader(head, {
      named,
      taken: unit,
      advice: isCo2Unit(named)
        ? `give FILE:COLUMN:${named}${counts === "rise" ? " rise" : ""}, or mend the header if it is wrong`
        : "convert the column to ppm, vol% or mol/mol, and mend its header",
    });
  const co2 = { series, unit, counts };
  refuseImplausibleCo2(co2, ignitionSeconds);
  return co2;
}

/**
 * Reads a column that the fire was measured by. Throws `badInput` when it was lit after the last reading, or so long
 * before the first that the recording's quiet time would not reach it: the seconds between would be made up.
 */
async function readAround(
  name: ColumnName,
  ignitionSeconds: number,
): Promise<{ readonly series: MeasuredSeries; readonly head: ColumnHead }> {
  const read = await readColumnWithHead(name);
  const { beginSeconds, endSeconds } = read.series;
  if (ignitionSeconds < beginSeconds - quietSeconds || ignitionSeconds >= endSeconds)
    throw badInput(
      "measured-ignition",
      `--ignition ${ignitionSeconds} lies outside of column "${name.column}" of ${name.path}, which is measured from ${beginSeconds} to ${endSeconds} s: give it in the file's own time, at most ${quietSeconds} s before that.`,
    );
  return read;
}

function required(value: number | null, option: string): number {
  if (value === null) throw badInput("usage", `simulate measured needs ${option}.`);
  return value;
}
