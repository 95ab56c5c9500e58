import { join } from "node:path";
import { readMeasuredColumn } from "#cli/simulate/measured-column.ts";
import { oxygenFactor } from "#simulation/fire/combustion-products.ts";
import type { TwoZoneRoom } from "#simulation/fire/two-zone-room.ts";
import type { MeasuredSeries } from "#simulation/measured/measured-series.ts";
import { combustionRelease } from "#simulation/scene/hot/heat-source-release.ts";
import { bareRoom } from "#support/bare-room.ts";
import { dryCo2Percent, dryOxygenLostPercent, meanOf, type ValidationCase } from "./validation-case.ts";

/** The test cell (CFAST's input files of the same tests): refractory walls and harder floor and ceiling, 0.1 m. */
const walls = { conductivity: 0.39, density: 1440, heatCapacity: 1, thicknessMetres: 0.1 };
const slabs = { conductivity: 0.63, density: 1920, heatCapacity: 1, thicknessMetres: 0.1 };
const heightMetres = 4.5;
const methaneKilojoulesPerGram = 50.05;
/** As for clean flames (assumed). */
const methaneRadiativeFraction = 0.2;
/** The burner was lit half a minute after the series begins. */
const lightingSeconds = 30;
/** Tests of the undivided cell. */
const testNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 61, 62, 63, 64];
/** Air came in by a low opening; in the last four tests a door stood open. Fans drew from 3.6 m. */
const lowOpening = { widthMetres: 0.175, sillMetres: 0.433, soffitMetres: 0.567 };
const openDoor = { widthMetres: 0.76, sillMetres: 0, soffitMetres: 2.06 };
const firstWithDoor = 61;
const fanHeightMetres = 3.6;
const tooHot =
  "Closed cells come out too hot: natural convection and the gas's own radiation carry less heat to the walls than in the real, stirred cell.";
const notMixed =
  "In the real cell what comes in mixes with the smoke (its lowest thermocouples are half as warm as the highest); the model keeps the smoke apart above a clear layer. Where it says too little, it put the flame out at 15 % of oxygen by mass, and the real one burnt on.";
/** Air that is drawn out of the cell has about this density, kg/m³. */
const airDensity = 1.2;

/**
 * Methane in the cell of Lawrence Livermore, 6 m by 4 m by 4.5 m. In tests 17 to 60 a ceiling with a hole divided it at
 * 3 m: one room is not what was tested. Rows are 100 s apart, too far for times.
 */
export async function llnlEnclosureCases(recordings: string): Promise<readonly ValidationCase[]> {
  const folder = join(recordings, "fire-nist-compartments", "LLNL_Enclosure");
  const cases: ValidationCase[] = [];
  for (const number of testNumbers)
    cases.push(await llnlCase(join(folder, `LLNL_${String(number).padStart(2, "0")}.csv`), number));
  return cases;
}

async function llnlCase(path: string, number: number): Promise<ValidationCase> {
  const fuel = await readMeasuredColumn({ path, column: "Fuel Flow" });
  const air = await readMeasuredColumn({ path, column: "Air Flow" });
  const co2 = await readMeasuredColumn({ path, column: "CO2" });
  const oxygen = await readMeasuredColumn({ path, column: "O2" });
  const west = await readMeasuredColumn({ path, column: "West TC Average" });
  const east = await readMeasuredColumn({ path, column: "East TC Average" });
  const gas = meanOf([west, east]);
  const celsius = gas(0);
  const drawn = air.at(air.endSeconds) / 1000 / airDensity;
  const kilowatts = methaneKilojoulesPerGram * fuel.at(fuel.endSeconds);
  const place = { x: 2, y: 0.2, z: 3 };
  const co2Ppm = 1e6 * co2.at(0);
  const sampled = { x: 3.5, y: 3.6, z: 0.5 };
  return {
    name: `LLNL test ${number}`,
    about: `methane, ${Math.round(kilowatts)} kW, ${Math.round(1000 * drawn * airDensity)} g/s of air drawn off`,
    drivenBy: "the measured fuel flow",
    room: {
      space: bareRoom({ widthMetres: 4, depthMetres: 6, heightMetres, airChangesPerHour: 0 }),
      ...{ celsius, outdoorCelsius: celsius, humidityPercent: 50, co2Ppm, outdoorCo2Ppm: co2Ppm },
      materials: { ceiling: slabs, walls, floor: slabs },
    },
    exchanges: [
      { kind: "opening", ...(number < firstWithDoor ? lowOpening : openDoor), outsideCelsius: celsius },
      { kind: "exhaust", place: { x: 0, y: fanHeightMetres, z: 3 }, cubicMetresPerSecond: drawn },
    ],
    releasesAt: (seconds, around) => [
      combustionRelease({
        ...{ place, diameterMetres: 0.56, fuel: "natural-gas", indoorShare: 1 },
        radiativeFraction: methaneRadiativeFraction,
        kilowatts:
          seconds < lightingSeconds
            ? 0
            : methaneKilojoulesPerGram * flowAt(fuel, seconds) * oxygenFactor(around.oxygenMassFraction),
      }),
    ],
    endSeconds: fuel.endSeconds,
    quantities: [
      {
        kind: "gas temperature",
        instruments: "mean of West and East TC Average",
        unit: "K",
        extreme: "highest",
        measured: (seconds) => gas(seconds) - celsius,
        simulated: (room) => meanCelsius(room) - celsius,
        isTimed: false,
      },
      {
        kind: "CO2",
        instruments: "CO2",
        unit: "vol %",
        extreme: "highest",
        measured: (seconds) => 100 * (co2.at(seconds) - co2.at(0)),
        simulated: (room) => dryCo2Percent(room.at(sampled)) - 100 * co2.at(0),
        isTimed: false,
      },
      {
        kind: "oxygen lost",
        instruments: "O2",
        unit: "vol %",
        extreme: "highest",
        measured: (seconds) => 100 * (oxygen.at(0) - oxygen.at(seconds)),
        simulated: (room) => dryOxygenLostPercent(room.at(sampled)),
        isTimed: false,
      },
    ],
    missedBecause: { "gas temperature": tooHot, CO2: notMixed, "oxygen lost": notMixed },
  };
}

/** Mean over the room's height, as the thermocouples are averaged. */
function meanCelsius(room: TwoZoneRoom): number {
  const { interfaceHeightMetres, lowerCelsius, upperCelsius } = room.around;
  const lower = interfaceHeightMetres / heightMetres;
  return lower * lowerCelsius + (1 - lower) * upperCelsius;
}

/** Fuel flow in g/s: rows are minutes apart, and the burner was set at once. */
function flowAt(fuel: MeasuredSeries, seconds: number): number {
  const step = 100;
  return fuel.at(Math.max(step, seconds));
}
