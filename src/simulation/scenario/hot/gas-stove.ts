import { GasBurner } from "../../scene/hot/gas-burner.ts";
import type { SceneThing } from "../../scene/scene-thing.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { hotStaging } from "./hot-staging.ts";
import { cookAt, cookingTimes, panOn, platesInUse, stoveHeat, stoveSpot } from "./stove-top.ts";

/** Pan supports hold a pan this far over the burner's cap. */
const supportMetres = 0.035;

/** A gas stove in use: real flames that give off CO2. */
export const gasStove: Scenario = {
  name: "gas-stove",
  family: "gas-stove",
  kind: "nuisance",
  shows: "none",
  title: "Rings of small gas flames heat pans and raise the CO2 of the room.",
  source: "Facts §4.4: 2 kW of gas release 0.11 g/s of CO2, about 1 ppm/s in 60 m³ [D]; §4.8 for pans [M].",
  isHotProcess: true,
  rooms: [roomTemplates.kitchen, roomTemplates.canteen, roomTemplates.livingRoom],
  shortestSeconds: 180,
  longestSeconds: 720,
  stage(lot) {
    const random = lot.random("stove");
    const spot = stoveSpot(lot, random);
    const indoorShare = random.uniform() < 0.5 ? 1 : random.between(0.3, 0.8);
    const things: SceneThing[] = [];
    for (const place of platesInUse(spot, random)) {
      const burner = new GasBurner({
        place,
        ringRadiusMetres: random.between(0.025, 0.05),
        kilowatts: random.between(0.8, 3),
        indoorShare,
        onTimes: cookingTimes(lot, random),
        ambientCelsius: lot.climate.insideCelsius,
        random,
      });
      things.push(burner);
      const hasPan = random.uniform() < 0.85;
      if (hasPan) things.push(panOn(lot, random, { plate: place, liftMetres: supportMetres, under: burner }));
    }
    if (random.uniform() < 0.7) things.push(cookAt(lot, random, spot));
    return hotStaging({ spot, things, hotPlaces: [stoveHeat(lot, random, { spot, usualCelsius: 330 })] });
  },
};
