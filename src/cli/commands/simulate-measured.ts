import { measuredRendering, quietSeconds } from "#simulation/measured/render-measured.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import type { HelpTopic, Invocation, OptionSpec } from "../command.ts";
import { measuredOrders } from "../simulate/measured-orders.ts";
import { measuredProvenance } from "../simulate/measured-provenance.ts";
import type { SimulatedTimeLine } from "../simulate/simulated-time-line.ts";
import { softwareVersion } from "../software-version.ts";

/** Options of `simulate measured`, besides those that every simulation has. */
export const measuredOptions: Readonly<Record<string, OptionSpec>> = {
  hrr: {
    value: "FILE:COLUMN",
    help: "measured: heat release in the unit its header names (else kW), or with :W or :MW behind it; without it only the air side runs",
  },
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
    help: "measured: when it was lit, in the files' own time (seconds; below 0 where the file counts so)",
  },
  distance: { value: "METRES", help: "measured: from the camera to the fire, 1 to 40" },
  "ceiling-height": { value: "METRES", help: "measured: ceiling over the fire's base (default 2.1)" },
  "ceiling-radius": {
    value: "METRES",
    help: "measured: from above the fire to where the ceiling was measured (default 0, the smallest fire)",
  },
};

/** Command lines of `simulate measured`. */
export const measuredExamples: readonly string[] = [
  "emberwatch simulate measured --hrr hrr.csv:HRR --ignition 0 --distance 5 --out measured.mcap",
  'emberwatch simulate measured --hrr burn.csv:HRR --co2 "burn.csv:CO2 1.2 m:vol% rise" --ceiling "burn.csv:TC ceiling" --ignition 111 --distance 6 --out burn.mcap',
  "emberwatch simulate measured --co2 room.csv:CO2:ppm --ignition 60 --out air.mcap",
];

/** Help of `simulate measured`: only what it takes. */
export function measuredHelp(common: Readonly<Record<string, OptionSpec>>): HelpTopic {
  const own = Object.entries(measuredOptions).map(
    ([name, spec]) => [name, { ...spec, help: spec.help.replace(/^measured: /, "") }] as const,
  );
  return {
    summary:
      "Makes a recording of a fire experiment from what was measured: heat release, CO2, ceiling temperature.",
    usage:
      "measured [--hrr FILE:COLUMN] [--co2 FILE:COLUMN:UNIT] --ignition SECONDS --out FILE.mcap [options]",
    options: { ...Object.fromEntries(own), ...common },
    examples: measuredExamples,
    notes:
      "FILE is a CSV with a column of seconds (Time, Time(s)); COLUMN is its name in the header, or a part that only\n" +
      "one column has. --hrr needs --distance; without --hrr there are readings of the air and no pictures.\n" +
      "What is measured and what is modelled: docs/guides/physics.md.",
  };
}

/** A measured experiment as it is to be saved, and what to say of it. */
export interface MeasuredSimulation {
  readonly seconds: number;
  readonly line: Omit<SimulatedTimeLine, "onSecond">;
  /** What is measured, what is modelled and what had no effect, one sentence each. */
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
  const orders = await measuredOrders(invocation, at);
  const rendering = measuredRendering(orders.experiment);
  const { measured, modelled, unused } = measuredProvenance(orders, rendering);
  const { startMicros, seed } = at;
  const origin = {
    kind: "measured",
    scenario: "measured",
    seed,
    physicsVersion,
    softwareVersion: softwareVersion(),
    room: rendering.size === null ? "none" : "measured-room",
    details: {
      seconds: rendering.seconds,
      igniteAtSeconds: quietSeconds,
      measured,
      modelled,
      unused,
      claimed,
    },
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
      ...unused.map((one) => `not used: ${one}`),
      `claimed: ${claimed}`,
    ],
  };
}

const claimed =
  "times of the air side where CO2 is measured, and that everything is decoded; never when the camera would have seen the fire";
