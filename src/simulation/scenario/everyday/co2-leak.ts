import { GasLeak } from "../../scene/everyday/gas-leak.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** From a seeping valve to an open one (assumed). */
const leastKilogramsPerSecond = 0.05e-3;
const mostKilogramsPerSecond = 10e-3;

/** CO2 leaks from a cylinder: the air alarms, the picture does not change. */
export const co2Leak: Scenario = {
  name: "co2-leak",
  family: "co2-leak",
  kind: "nuisance",
  shows: "none",
  title: "CO2 leaks from a cylinder; nothing is to be seen.",
  source: "Facts 4.4 for CO2 in air; cylinder as in bars and workshops; rates assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 120,
  longestSeconds: 300,
  stage(lot) {
    const random = lot.random("leak");
    const place = lot.room.floorPlace(random.between(1.5, lot.room.farthestMetres), random);
    const cylinder = {
      name: "gas-cylinder",
      look: { celsius: lot.climate.insideCelsius - 0.3 },
      low: { x: place.x - 0.1, y: 0, z: place.z - 0.1 },
      high: { x: place.x + 0.1, y: random.between(0.7, 1.5), z: place.z + 0.1 },
    };
    const fromSeconds = lot.seconds * random.between(0, 0.5);
    const leak = new GasLeak({
      place: { ...place, y: cylinder.high.y },
      fromSeconds,
      untilSeconds: fromSeconds + lot.seconds * random.between(0.2, 1),
      co2KilogramsPerSecond:
        leastKilogramsPerSecond * (mostKilogramsPerSecond / leastKilogramsPerSecond) ** random.uniform(),
    });
    return nothingBurns({ boxes: [cylinder], things: [leak] });
  },
};
