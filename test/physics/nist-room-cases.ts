import { join } from "node:path";
import { readMeasuredColumn } from "#cli/simulate/measured-column.ts";
import type { RoomMaterials } from "#simulation/fire/room-surfaces.ts";
import {
  bareRoom,
  type ComparedQuantity,
  dryCo2Percent,
  fuelRelease,
  fuelsPerMegajoule,
  oxygenPercent,
  type ValidationCase,
} from "./validation-case.ts";

/** Boards of the test room (CFAST's input files of the same tests): marinite above and around, gypsum on the floor. */
const marinite = { conductivity: 0.12, density: 737, heatCapacity: 1.25, thicknessMetres: 0.0254 };
const materials: RoomMaterials = {
  ceiling: marinite,
  walls: marinite,
  floor: { conductivity: 0.16, density: 790, heatCapacity: 0.9, thicknessMetres: 0.0254 },
};
const doorway = { widthMetres: 2, sillMetres: 0, soffitMetres: 2 };
/** The fans of the tests, and the gap over the closed door through which air came and went (CFAST's input files). */
const fans = { supply: 0.9, exhaust: 1.7, exhaustHeightMetres: 2.4 };
const gap = { widthMetres: 7.12, sillMetres: 3.81, soffitMetres: 3.82 };

interface NistTest {
  readonly number: string;
  readonly door: "open" | "closed";
  readonly fan: "on" | "off";
  /** Distance of the fire from the long wall. */
  readonly fromWallMetres: number;
  readonly missed: Partial<Record<ComparedQuantity["kind"], string>>;
}

const door: NistTest["missed"] = {
  "layer height":
    "Air that comes in by the door drags smoke down with it, which is not modelled: the real layer lies lower.",
};
const stirred =
  "The fan blew cold air into the smoke and stirred it; the model lets it sink into a clear lower layer.";
const overpowered =
  "The fans broke down under the fire's pressure (CFAST's input files cut them off at 200 to 300 Pa); the model lets them run, and so dilutes too much.";
const fanStirred = Object.fromEntries(
  (["gas temperature", "CO2", "oxygen lost", "layer height"] as const).map((kind) => [kind, stirred]),
);
const fanOverpowered = Object.fromEntries(
  (["gas temperature", "CO2", "oxygen lost", "layer height"] as const).map((kind) => [kind, overpowered]),
);

const tests: readonly NistTest[] = [
  { number: "03", door: "open", fan: "off", fromWallMetres: 3.52, missed: door },
  { number: "05", door: "open", fan: "on", fromWallMetres: 3.52, missed: fanStirred },
  { number: "09", door: "open", fan: "off", fromWallMetres: 3.52, missed: door },
  { number: "14", door: "open", fan: "off", fromWallMetres: 1.8, missed: door },
  { number: "15", door: "open", fan: "off", fromWallMetres: 1.2, missed: door },
  { number: "18", door: "open", fan: "off", fromWallMetres: 1.55, missed: door },
  { number: "04", door: "closed", fan: "on", fromWallMetres: 3.52, missed: fanOverpowered },
  { number: "10", door: "closed", fan: "on", fromWallMetres: 3.52, missed: fanOverpowered },
  { number: "16", door: "closed", fan: "on", fromWallMetres: 3.52, missed: fanOverpowered },
];

/** The tests of NIST and NRC of which heat release was measured: heptane in a room of 21.7 m by 7.0 m by 3.8 m. */
export async function nistRoomCases(recordings: string): Promise<readonly ValidationCase[]> {
  const folder = join(recordings, "fire-nist-compartments", "NIST_NRC");
  const cases: ValidationCase[] = [];
  for (const one of tests) cases.push(await nistRoomCase(folder, one));
  return cases;
}

function roomOf(test: NistTest, celsius: number): ValidationCase["room"] {
  return {
    space: bareRoom({ widthMetres: 21.7, depthMetres: 7.04, heightMetres: 3.82, airChangesPerHour: 0 }),
    celsius,
    outdoorCelsius: celsius,
    humidityPercent: 50,
    co2Ppm: 420,
    outdoorCo2Ppm: 420,
    materials,
    openings: [test.door === "open" ? doorway : gap],
    ...(test.fan === "on" ? { fans } : {}),
  };
}

async function nistRoomCase(folder: string, test: NistTest): Promise<ValidationCase> {
  const path = join(folder, `NIST_NRC_Test_${test.number}_file_1.csv`);
  const layers = join(folder, `NIST_NRC_Test_${test.number}_layer.csv`);
  const heatRelease = await readMeasuredColumn({ path, column: "HRR (kW)" });
  const co2 = await readMeasuredColumn({ path, column: "CO2-4" });
  const oxygen = await readMeasuredColumn({ path, column: "O2-1" });
  const upper = await readMeasuredColumn({ path: layers, column: "T_upper" });
  const height = await readMeasuredColumn({ path: layers, column: "Height" });
  const celsius = upper.at(0);
  const place = { x: 10.85, y: 0.1, z: test.fromWallMetres };
  const sampled = { x: 16, y: 3.5, z: 3.5 };
  const missed = (kind: ComparedQuantity["kind"]) => test.missed[kind] ?? null;
  const quantities: ComparedQuantity[] = [
    {
      kind: "gas temperature",
      instruments: "T_upper of the layer file",
      unit: "K",
      extreme: "highest",
      measured: (seconds) => upper.at(seconds) - celsius,
      simulated: (room) => room.around.upperCelsius - celsius,
      missedBecause: missed("gas temperature"),
    },
    {
      kind: "CO2",
      instruments: "CO2-4",
      unit: "vol %",
      extreme: "highest",
      measured: (seconds) => 100 * (co2.at(seconds) - co2.at(-30)),
      simulated: (room) => dryCo2Percent(room.at(sampled)) - 0.042,
      missedBecause: missed("CO2"),
    },
    {
      kind: "oxygen lost",
      instruments: "O2-1",
      unit: "vol %",
      extreme: "highest",
      measured: (seconds) => 100 * (oxygen.at(-30) - oxygen.at(seconds)),
      simulated: (room) => 20.95 - oxygenPercent(room.upperOxygenMassFraction),
      missedBecause: missed("oxygen lost"),
    },
    {
      kind: "layer height",
      instruments: "Height of the layer file",
      unit: "m",
      extreme: "lowest",
      measured: (seconds) => (seconds < 60 ? 3.82 : height.at(seconds)),
      simulated: (room) => room.around.interfaceHeightMetres,
      missedBecause: missed("layer height"),
    },
  ];
  return {
    name: `NIST/NRC test ${Number(test.number)}`,
    about: `heptane, 1 MW class, door ${test.door}, fan ${test.fan}`,
    room: roomOf(test, celsius),
    releasesAt: (seconds) => [
      fuelRelease(fuelsPerMegajoule.heptane, {
        place,
        diameterMetres: 1.1,
        kilowatts: Math.max(0, heatRelease.at(seconds)),
      }),
    ],
    endSeconds: Math.min(heatRelease.endSeconds, upper.endSeconds, 1800),
    quantities,
  };
}
