import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { RoomHeater } from "../../scene/hot/room-heater.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { standingSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** A fan heater or an infrared heater that its thermostat switches on and off. */
export const fanHeater: Scenario = {
  name: "fan-heater",
  family: "fan-heater",
  kind: "nuisance",
  shows: "none",
  title: "An electric heater on the floor glows behind its grille and switches itself on and off.",
  source: "Facts §4.8: elements 200 to 900 °C, constant, 10 to 100 % of a cycle [M]; powers assumed.",
  isHotProcess: false,
  rooms: [
    roomTemplates.office,
    roomTemplates.livingRoom,
    roomTemplates.workshop,
    roomTemplates.garage,
    roomTemplates.corridor,
  ],
  shortestSeconds: 180,
  longestSeconds: 600,
  stage(lot) {
    const random = lot.random("heater");
    const isFan = random.uniform() < 0.5;
    const standing = {
      name: "heater",
      halfWidth: random.between(0.1, isFan ? 0.18 : 0.35),
      halfDepth: 0.09,
      height: random.between(0.25, isFan ? 0.35 : 0.6),
    };
    const spot = standingSpot(lot, random, { standing, between: [1.8, 9] });
    const { x, z } = spot.place;
    const halfHeight = standing.height * random.between(0.25, 0.38);
    const place = { x, y: standing.height / 2, z: z - standing.halfDepth - 0.005 };
    const cycles = random.uniform() < 0.6;
    const heater = new RoomHeater({
      place,
      halfWidth: 0.85 * standing.halfWidth,
      halfHeight,
      element: {
        celsius: isFan ? random.between(200, 450) : random.between(450, 900),
        emissivity: random.between(0.6, 0.95),
        bars: isFan ? 4 + random.integer(4) : 1 + random.integer(3),
        share: isFan ? random.between(0.2, 0.45) : random.between(0.12, 0.3),
      },
      kilowatts: random.between(0.8, 2.4),
      radiativeFraction: isFan ? 0.15 : 0.6,
      stream: isFan ? { x, y: 0.25, z: z - random.between(0.4, 0.8) } : null,
      onTimes: drawOnTimes(random, {
        seconds: lot.seconds,
        onSeconds: cycles ? [20, 150] : [200, 3000],
        offSeconds: [15, 240],
        alreadyOnShare: 0.5,
      }),
      ambientCelsius: lot.climate.insideCelsius,
    });
    return hotStaging({ spot, things: [heater], hotPlaces: [] });
  },
};
