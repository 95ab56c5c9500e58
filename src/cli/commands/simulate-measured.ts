import { badInput } from "#core/failure.ts";
import type { JetPlace } from "#simulation/fire/ceiling-jet.ts";
import type { MeasuredSeries } from "#simulation/measured/measured-series.ts";
import {
  type MeasuredExperiment,
  type MeasuredRendering,
  measuredRendering,
  measuredSecondsMax,
  quietSeconds,
} from "#simulation/measured/render-measured.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import type { Invocation, OptionSpec } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import {
  type Co2ColumnName,
  type ColumnName,
  co2ColumnName,
  columnName,
  readMeasuredColumn,
} from "../simulate/measured-column.ts";
import type { SimulatedTimeLine } from "../simulate/simulated-time-line.ts";
import { softwareVersion } from "../software-version.ts";

/** Options of `simulate measured`, besides those that every simulation has. */
export const measuredOptions: Readonly<Record<string, OptionSpec>> = {
  hrr: { value: "FILE:COLUMN", help: "measured: heat release in kW; without it only the air side runs" },
  co2: {
    value: "FILE:COLUMN:UNIT",
    help: 'measured: CO2 in ppm, vol% or mol/mol; add " rise" for a rise over ambient air',
  },
  ceiling: {
    value: "FILE:COLUMN",
    help: "measured: °C under the ceiling, for the size while the heat release lags",
  },
  ignition: {
    value: "SECONDS",
    help: "measured: when it was lit, in the files' own time; a negative one as --ignition=-60",
  },
  distance: { value: "METRES", help: "measured: from the camera to the fire" },
  "ceiling-height": { value: "METRES", help: "measured: ceiling over the fire's base (default 2.1)" },
  "ceiling-radius": {
    value: "METRES",
    help: "measured: from above the fire to where the ceiling was measured (default 0, the smallest fire)",
  },
};

/** What `simulate measured` was told, and the rendering that it makes. */
interface MeasuredOrders {
  readonly names: {
    readonly hrr: ColumnName | null;
    readonly co2: Co2ColumnName | null;
    readonly ceiling: ColumnName | null;
  };
  readonly place: JetPlace;
  readonly experiment: MeasuredExperiment;
}

/** A measured experiment as it is to be saved, and what to say of it. */
export interface MeasuredSimulation {
  readonly seconds: number;
  readonly line: Omit<SimulatedTimeLine, "onSecond">;
  /** What is measured and what is modelled, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads what an experiment measured and makes it a recording's time line. Throws `badInput` for options that do not fit
 * together and files that cannot be read.
 */
export async function measuredSimulation(
  invocation: Invocation,
  at: { readonly startMicros: number; readonly seed: number; readonly seconds: number | null },
): Promise<MeasuredSimulation> {
  const orders = await ordersOf(invocation, at);
  const rendering = measuredRendering(orders.experiment);
  const { measured, modelled } = provenance(orders, rendering);
  const { startMicros, seed } = at;
  const origin = {
    kind: "measured",
    scenario: "measured",
    seed,
    physicsVersion,
    softwareVersion: softwareVersion(),
    room: rendering.size === null ? "none" : "measured-room",
    details: { seconds: rendering.seconds, igniteAtSeconds: quietSeconds, measured, modelled, claimed },
  } as const;
  return {
    seconds: rendering.seconds,
    line: {
      startMicros,
      origin,
      pictures: rendering.size === null ? "absent" : "present",
      entries: () => rendering.entries(startMicros),
    },
    notes: [
      `ignition at ${quietSeconds} s of the recording`,
      ...measured.map((one) => `measured: ${one}`),
      ...modelled.map((one) => `modelled: ${one}`),
      `claimed: ${claimed}`,
    ],
  };
}

const claimed =
  "times of the air side where CO2 is measured, and that everything is decoded; never when the camera would have seen the fire";

async function ordersOf(
  invocation: Invocation,
  at: { readonly seed: number; readonly seconds: number | null },
): Promise<MeasuredOrders> {
  const { values } = invocation;
  const [, ...further] = invocation.positionals;
  const named = (option: string) =>
    values[option] === undefined ? null : columnName(option, values[option]);
  const hrr = named("hrr");
  const ceiling = named("ceiling");
  const co2 = values["co2"] === undefined ? null : co2Name(values["co2"], further);
  if (co2 === null && further.length > 0) throw unknownWord(further[0]!);
  if (hrr === null && co2 === null)
    throw badInput("usage", "Give what was measured: --hrr FILE:COLUMN, --co2 FILE:COLUMN:UNIT, or both.");
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
  const heatRelease = hrr === null ? null : await readAround(hrr, ignitionSeconds);
  const celsius = ceiling === null ? null : await readAround(ceiling, ignitionSeconds);
  return {
    names: { hrr, co2, ceiling },
    place,
    experiment: {
      fire:
        heatRelease === null ? null : { heatRelease, ceiling: celsius === null ? null : { celsius, place } },
      co2:
        co2 === null
          ? null
          : { series: await readAround(co2, ignitionSeconds), unit: co2.unit, counts: co2.counts },
      ignitionSeconds,
      distanceMetres: hrr === null ? (distance ?? 1) : required(distance, "--distance METRES"),
      seed: at.seed,
      seconds: at.seconds,
    },
  };
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

/**
 * Reads a column that the fire was measured by. Throws `badInput` when it was lit after the last reading, or so long
 * before the first that the recording's quiet time would not reach it: the seconds between would be made up.
 */
async function readAround(name: ColumnName, ignitionSeconds: number): Promise<MeasuredSeries> {
  const series = await readMeasuredColumn(name);
  const { beginSeconds, endSeconds } = series;
  if (ignitionSeconds < beginSeconds - quietSeconds || ignitionSeconds >= endSeconds)
    throw badInput(
      "measured-ignition",
      `--ignition ${ignitionSeconds} lies outside of column "${name.column}" of ${name.path}, which is measured from ${beginSeconds} to ${endSeconds} s: give it in the file's own time, at most ${quietSeconds} s before that.`,
    );
  return series;
}

function required(value: number | null, option: string): number {
  if (value === null) throw badInput("usage", `simulate measured needs ${option}.`);
  return value;
}

function provenance(
  { names, place, experiment }: MeasuredOrders,
  { size }: MeasuredRendering,
): { readonly measured: readonly string[]; readonly modelled: readonly string[] } {
  const { hrr, co2, ceiling } = names;
  const of = ({ column, path }: ColumnName) => `"${column}" of ${path}`;
  const measured: string[] = [];
  const modelled: string[] = [];
  if (hrr !== null) {
    measured.push(`heat release, ${of(hrr)}: 0 before ignition, less its mean before it, smoothed over 10 s`);
    if (ceiling !== null && size !== null && size.byCeilingSeconds > 0)
      modelled.push(
        `the fire's size until ${size.byCeilingSeconds} s after ignition, from the measured ceiling temperature ${of(ceiling)} by Alpert's ceiling jet, ${place.radius} m from above the fire, ${place.ceilingHeight} m over its base: the heat release lagged`,
      );
    modelled.push(
      `the picture: flame, plume, heated surfaces and room (5 m wide, 2.6 m high), the fire ${experiment.distanceMetres} m from the camera, burning like wood`,
      "smoke and carbon monoxide, by a two-zone room",
    );
  } else if (ceiling !== null)
    modelled.push(`nothing from ${of(ceiling)}: it needs a heat release beside it`);
  if (co2 !== null) {
    const rise = co2.counts === "rise" ? ", a rise to which 420 ppm are added" : "";
    measured.push(`CO2 at the sensor, ${of(co2)} in ${co2.unit}${rise}, not smoothed`);
    modelled.push("temperature and humidity of the air (21 °C, 45 %), and the sensor's lag and noise");
  } else modelled.push("CO2, temperature and humidity of the air, by a two-zone room");
  return { measured, modelled };
}
