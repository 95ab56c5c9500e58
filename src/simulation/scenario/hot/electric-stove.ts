import { HotPlate } from "../../scene/hot/hot-plate.ts";
import type { SceneThing } from "../../scene/scene-thing.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { hotStaging } from "./hot-staging.ts";
import { cookAt, cookingTimes, panOn, platesInUse, stoveHeat, stoveSpot } from "./stove-top.ts";

/** An electric stove in use, or forgotten. */
export const electricStove: Scenario = {
  name: "electric-stove",
  family: "electric-stove",
  kind: "nuisance",
  shows: "none",
  title: "Plates of an electric stove heat up, with and without pans, steam and a cook.",
  source: "Facts §4.8: plate and pan 80 to 450 °C, fixed, people near [M]; pans and powers assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.kitchen, roomTemplates.canteen, roomTemplates.livingRoom],
  shortestSeconds: 180,
  longestSeconds: 720,
  stage(lot) {
    const random = lot.random("stove");
    const spot = stoveSpot(lot, random);
    const things: SceneThing[] = [];
    let usualCelsius = 0;
    for (const place of platesInUse(spot, random)) {
      const isBare = random.uniform() < 0.3;
      const setCelsius = isBare ? random.between(120, 450) : random.between(80, 330);
      const plate = new HotPlate({
        place,
        radiusMetres: random.between(0.07, 0.11),
        setCelsius,
        emissivity: random.between(0.8, 0.95),
        kilowatts: random.between(0.6, 2),
        cycleSeconds: random.between(12, 60),
        onTimes: cookingTimes(lot, random),
        ambientCelsius: lot.climate.insideCelsius,
      });
      things.push(plate);
      if (!isBare) things.push(panOn(lot, random, { plate: place, liftMetres: 0.01, under: plate }));
      usualCelsius = Math.max(usualCelsius, setCelsius, 235);
    }
    if (random.uniform() < 0.65) things.push(cookAt(lot, random, spot));
    return hotStaging({ spot, things, hotPlaces: [stoveHeat(lot, random, { spot, usualCelsius })] });
  },
};
