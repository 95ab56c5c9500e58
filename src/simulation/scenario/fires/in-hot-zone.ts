import { HotPlate } from "../../scene/hot/hot-plate.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, HotPlace, Scenario } from "../scenario.ts";
import { placeOnTop } from "./fire-places.ts";
import { panPlan } from "./pan-plan.ts";
import { stageFire } from "./stage-fire.ts";

/** A fire on a stove that is marked as hot. */
export const inHotZone: Scenario = {
  name: "fire-in-hot-zone",
  family: "grease-pan",
  kind: "fire",
  shows: "flaming",
  title: "Oil catches fire in a pan on a stove that is in use and declared as a hot place.",
  source: "Grease pan of facts §4.2 [1]; a plate of 150 to 400 °C beside it (facts §4.8 [M]).",
  isHotProcess: false,
  rooms: [roomTemplates.kitchen, roomTemplates.canteen],
  shortestSeconds: 600,
  longestSeconds: 900,
  ignition: [0.1, 0.35],
  stage(lot) {
    const random = lot.random("stove");
    const { place, boxes } = placeOnTop(lot, ["worktop", "table"]);
    const staging = stageFire(lot, panPlan(lot, { top: place, boxes }));
    const plate = new HotPlate({
      place: { ...place, x: place.x + random.between(0.28, 0.34), y: place.y + 0.01 },
      radiusMetres: random.between(0.07, 0.1),
      setCelsius: random.between(150, 400),
      emissivity: lot.variation.emissivity,
      kilowatts: random.between(0.6, 1.8),
      cycleSeconds: random.between(12, 60),
      onTimes: [{ fromSeconds: -600, toSeconds: lot.seconds }],
      ambientCelsius: lot.climate.insideCelsius,
    });
    return { ...staging, things: [plate], hotPlaces: [stoveZone(lot, place)] };
  },
};

/** What somebody who knows the kitchen would mark: the stove and the air over its pans, at cooking hours. */
function stoveZone(lot: EpisodeLot, place: Point): HotPlace {
  const hour = lot.climate.hourOfDay;
  return {
    name: "stove",
    low: { x: place.x - 0.35, y: place.y - 0.05, z: place.z - 0.35 },
    high: { x: place.x + 0.55, y: place.y + 0.35, z: place.z + 0.35 },
    hoursOfDay: [(hour + 23) % 24, (hour + 2) % 24],
    peakCelsius: 300,
    areaPixels: 150,
  };
}
