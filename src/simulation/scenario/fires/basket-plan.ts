import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { EpisodeLot } from "../scenario.ts";
import { boxUnder, raised } from "./fire-places.ts";
import { burningBox, type FirePlan } from "./stage-fire.ts";

/** A burning waste basket on the floor: 7 to 15 litres of paper with some plastic, 10 to 60 kW (facts §4.2 [M]). */
export function basketPlan(lot: EpisodeLot, floor: Point): FirePlan {
  const random = lot.random("basket");
  const height = random.between(0.25, 0.36);
  const width = random.between(0.2, 0.3);
  const top = raised(floor, height);
  const basket = boxUnder(lot, "waste-basket", { top, width, height });
  const kilograms = random.between(0.3, 0.9);
  const flame = heatReleaseOf({
    growth: growthKilowattsPerSquareSecond.fast * lot.variation.growthFactor,
    kindlingKilowatts: random.between(0.3, 1),
    peakKilowatts: random.between(10, 60),
    fuelKilojoules: kilograms * fuels.paper.heatOfCombustionKilojoulesPerKilogram,
  });
  return {
    course: fireCourse({ flame }),
    fuel: fuels.paper,
    smoulderingFuel: smoulderingFuels.wood,
    base: top,
    widestMetres: width,
    object: burningBox(basket, random.uniform() < 0.6 ? "steel" : "furnishing"),
    boxes: [basket],
  };
}
