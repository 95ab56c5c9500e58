import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ColumnName, readMeasuredColumn } from "#cli/simulate/measured-column.ts";
import { Failure } from "#core/failure.ts";

/** A measured fire and what of it drives the simulation. */
export interface MeasuredFire {
  readonly name: string;
  readonly ignitionSeconds: number;
  readonly hrr: ColumnName | null;
  readonly ceiling: ColumnName | null;
  /** CO2 as measured, or oxygen from which it is derived. */
  readonly co2: { readonly column: ColumnName; readonly from: "co2-rise" | number } | null;
  /** What the CO2 of the table is. */
  readonly co2Source: string;
}

/** Temperature at which a common heat detector alarms. */
export const heatAlarmCelsius = 57;

/** Ignition, room of the fire and its ceiling thermocouple of each house fire (events and README of the recordings). */
const houseFires = [
  {
    experiment: 2,
    ignitionSeconds: 114,
    room: "Bedroom 1",
    ceiling: "Bedroom 1 Temperature 2.41 m Above Floor",
  },
  {
    experiment: 8,
    ignitionSeconds: 111,
    room: "Bedroom 1",
    ceiling: "Bedroom 1 Temperature 2.41 m Above Floor",
  },
  {
    experiment: 12,
    ignitionSeconds: 97,
    room: "Bedroom 1",
    ceiling: "Bedroom 1 Temperature 2.41 m Above Floor",
  },
  {
    experiment: 15,
    ignitionSeconds: 94,
    room: "Living Room",
    ceiling: "Living Room Temperature 2.41 m Above Floor",
  },
  {
    experiment: 16,
    ignitionSeconds: 85,
    room: "Living Room",
    ceiling: "Living Room Temperature 2.41 m Above Floor",
  },
  // No CO2 was measured in the living room here: Bedroom 2 had a transfer vent and stood open.
  {
    experiment: 20,
    ignitionSeconds: 101,
    room: "Bedroom 2",
    ceiling: "Living Room Temperature 2.41 m Above Floor",
  },
  {
    experiment: 23,
    ignitionSeconds: 94,
    room: "Basement",
    ceiling: "Basement C Quadrant Temperature 2.72 m Above Floor",
  },
  {
    experiment: 27,
    ignitionSeconds: 99,
    room: "Basement",
    ceiling: "Basement C Quadrant Temperature 2.72 m Above Floor",
  },
] as const;

/** CO2 rise in vol % for each vol % of oxygen lost (README of the recordings): foam and polyester, methane. */
const co2PerOxygen = { furniture: 0.7, methane: 0.5 } as const;
const transientTests = 40;

/** All measured fires: houses, compartments, transient combustibles. */
export async function measuredFires(recordings: string): Promise<readonly MeasuredFire[]> {
  return [
    ...(await Promise.all(houseFires.map((fire) => houseFire(recordings, fire)))),
    ...(await compartmentFires(recordings)),
    ...Array.from({ length: transientTests }, (_, i) => transientFire(recordings, i + 1)),
  ];
}

async function houseFire(recordings: string, fire: (typeof houseFires)[number]): Promise<MeasuredFire> {
  const path = join(recordings, "fire-fsri-hvac-co2", `Gas_Burner_Experiment_${fire.experiment}.csv`);
  const column = `${fire.room} Carbon Dioxide 1.22 m Above Floor`;
  return {
    name: `FSRI house ${fire.experiment}`,
    ignitionSeconds: fire.ignitionSeconds,
    hrr: await existing({ path, column: "HRR" }),
    ceiling: { path, column: fire.ceiling },
    co2: { column: { path, column }, from: "co2-rise" },
    co2Source: `measured, ${fire.room}`,
  };
}

async function compartmentFires(recordings: string): Promise<readonly MeasuredFire[]> {
  const folder = join(recordings, "fire-fsri-compartments");
  const files = readdirSync(folder).filter((name) => name.endsWith(".csv") && !name.endsWith("_Events.csv"));
  const fires: MeasuredFire[] = [];
  for (const file of files.sort()) {
    const path = join(folder, file);
    const factor = /^\d/.test(file) ? co2PerOxygen.methane : co2PerOxygen.furniture;
    fires.push({
      name: `FSRI ${file.replace(/_\d\.csv$/, "").replaceAll("_", " ")}`,
      ignitionSeconds: 0,
      hrr: await existing({ path, column: "Heat Release Rate" }),
      ceiling: await earliestCeiling(path),
      co2: { column: { path, column: "Quad A Oxygen 0.6 m Below Ceiling" }, from: factor },
      co2Source: `oxygen × ${factor}`,
    });
  }
  return fires;
}

function transientFire(recordings: string, number: number): MeasuredFire {
  const path = join(recordings, "hrr-nist-transient", `Multiple_Items_Test_${number}.csv`);
  return {
    name: `NIST transient ${number}`,
    ignitionSeconds: 0,
    hrr: { path, column: "HRR(kW)" },
    ceiling: null,
    co2: null,
    co2Source: "modelled",
  };
}

async function existing(name: ColumnName): Promise<ColumnName | null> {
  try {
    await readMeasuredColumn(name);
    return name;
  } catch (error) {
    // Where no hood stood the files have no such column.
    if (error instanceof Failure && error.code === "measured-no-column") return null;
    throw error;
  }
}

/** The ceiling thermocouple of the four quadrants that passes the alarm temperature first. */
async function earliestCeiling(path: string): Promise<ColumnName> {
  const passed = await Promise.all(
    [..."ABCD"].map(async (quadrant) => {
      const name = { path, column: `Quadrant ${quadrant} Temperature 25 mm Below Ceiling` };
      const series = await readMeasuredColumn(name);
      return { name, seconds: series.firstReaches(heatAlarmCelsius, 0) ?? Number.POSITIVE_INFINITY };
    }),
  );
  passed.sort((one, other) => one.seconds - other.seconds);
  return passed[0]!.name;
}
