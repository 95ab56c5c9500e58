import { car } from "../../scene/everyday/car.ts";
import { Drive } from "../../scene/everyday/drive.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario, Staging } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

const halfLengthMetres = 2.2;
/** Half of a car's width, and a step more, that people leave free. */
const laneHalfWidthMetres = 1.3;
const rollingMetresPerSecond = [0.8, 2] as const;
/** Facts 4.8: over 500 °C while a soot filter is burnt free. */
const sootBurnCelsius = [500, 680] as const;

/** A car comes in from the far side facing the camera, or from under the camera showing its rear, and parks. */
function arrivingCar(lot: EpisodeLot, burn: "cold-filter" | "soot-burn"): Staging {
  const random = lot.random("car");
  const { space } = lot.room;
  const { insideCelsius, outsideCelsius } = lot.climate;
  const facesCamera = burn === "cold-filter" && random.uniform() < 0.5;
  const x = random.between(-0.3, 0.3) * (space.rightX - space.leftX - 2);
  const farthest = space.depth - 1 - halfLengthMetres;
  const z = Math.max(3.2, Math.min(farthest, random.between(0.45, 0.75) * space.depth));
  const parked = { x, z };
  const from = { x, z: facesCamera ? space.depth + 4 : -5 };
  const drive = new Drive({
    startSeconds: random.between(-20, 0.35 * lot.seconds),
    stops: [from, parked],
    metresPerSecond: random.between(...rollingMetresPerSecond),
    pauseSeconds: null,
  });
  const arrives = drive.arrivesAtSeconds;
  const fromSeconds = arrives + random.between(2, 20);
  const sootBurn =
    burn === "soot-burn"
      ? {
          fromSeconds,
          untilSeconds: fromSeconds + random.between(60, 600),
          celsius: random.between(...sootBurnCelsius),
        }
      : null;
  const idleSeconds = random.between(0, 40);
  const lane = {
    low: { x: x - laneHalfWidthMetres, z: Math.min(from.z, z - halfLengthMetres) - 0.4 },
    high: { x: x + laneHalfWidthMetres, z: Math.max(from.z, z + halfLengthMetres) + 0.4 },
  };
  return nothingBurns({
    keepOff: [lane],
    things: [
      car({
        drive,
        random,
        bodyCelsius: (insideCelsius + outsideCelsius) / 2 + random.between(0, 4),
        roomCelsius: insideCelsius,
        engineOffAtSeconds: (sootBurn?.untilSeconds ?? arrives) + idleSeconds,
        sootBurn,
      }),
    ],
  });
}

const common = {
  family: "vehicle",
  kind: "nuisance",
  shows: "none",
  isHotProcess: false,
  rooms: [roomTemplates.garage],
  shortestSeconds: 150,
  longestSeconds: 360,
} as const;

/** Cars that come in hot. */
export const vehicleScenarios: readonly Scenario[] = [
  {
    ...common,
    name: "vehicle-arrives",
    title: "A car drives in with hot engine, brakes and exhaust, parks and cools.",
    source: "Facts 4.8: engine and exhaust 80 to 400 °C, cools over 30 to 60 min; CO2 of idling assumed.",
    stage: (lot) => arrivingCar(lot, "cold-filter"),
  },
  {
    ...common,
    name: "soot-filter-burn",
    title: "A diesel parks and burns its soot filter free: the exhaust pipe gets over 500 °C hot.",
    source: "Facts 4.8: filter regeneration over 500 °C; CO2 of raised idling assumed.",
    stage: (lot) => arrivingCar(lot, "soot-burn"),
  },
];
