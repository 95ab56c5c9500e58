import { DryIceBowl } from "../../scene/everyday/dry-ice-bowl.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** Sublimation of some kilograms in air or in warm water (assumed). */
const co2KilogramsPerSecond = [0.1e-3, 2.5e-3] as const;

/** Dry ice makes CO2 rise with cold instead of heat. */
export const dryIce: Scenario = {
  name: "dry-ice",
  family: "dry-ice",
  kind: "nuisance",
  shows: "none",
  title: "A box of dry ice is opened: cold fog over the floor, and CO2 rises.",
  source: "Facts 4.8 and 4.4 for CO2 in air; dry ice at −78 °C; rates assumed.",
  isHotProcess: false,
  rooms: [roomTemplates.kitchen, roomTemplates.workshop, roomTemplates.canteen, roomTemplates.warehouse],
  shortestSeconds: 120,
  longestSeconds: 300,
  stage(lot) {
    const random = lot.random("dry-ice");
    const roomCelsius = lot.climate.insideCelsius;
    const { x, z } = lot.room.floorPlace(random.between(1.5, 8), random);
    const half = random.between(0.18, 0.32);
    const box = {
      name: "foam-box",
      look: { celsius: roomCelsius - 1 },
      low: { x: x - half, y: 0, z: z - half },
      high: { x: x + half, y: random.between(0.3, 0.5), z: z + half },
    };
    const rate = random.between(...co2KilogramsPerSecond);
    const ice = new DryIceBowl({
      low: box.low,
      high: box.high,
      atSeconds: random.between(0, 0.4 * lot.seconds),
      roomCelsius,
      co2KilogramsPerSecond: rate,
      fogPuffsPerSecond: 2 + 3000 * rate,
      random: lot.random("fog"),
    });
    return nothingBurns({ boxes: [box], things: [ice] });
  },
};
