import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

/** 70 sticks of 10 × 20 × 250 mm at 700 kg/m³. */
const sticksKilograms = 70 * 0.01 * 0.02 * 0.25 * 700;
const cribMetres = { width: 0.25, height: 0.14 };

/** TF1. */
export const woodCrib: Scenario = {
  name: "wood-crib",
  family: "wood-crib",
  kind: "fire",
  shows: "flaming",
  title: "A crib of beech sticks burns openly on the floor.",
  source:
    "Test fire TF1 (facts §5.1 [M]: 70 sticks); wood of facts §4.3; medium growth, peak 60 to 110 kW assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 150,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("crib");
    const { place } = placeOnFloor(lot);
    const top = raised(place, cribMetres.height);
    const crib = boxUnder(lot, "wood-crib", { top, ...cribMetres });
    const flame = heatReleaseOf({
      growth: growthKilowattsPerSquareSecond.medium * lot.variation.growthFactor,
      kindlingKilowatts: random.between(1, 3),
      peakKilowatts: random.between(60, 110),
      fuelKilojoules: sticksKilograms * fuels.wood.heatOfCombustionKilojoulesPerKilogram,
    });
    return stageFire(lot, {
      course: fireCourse({ flame }),
      fuel: fuels.wood,
      smoulderingFuel: smoulderingFuels.wood,
      base: top,
      widestMetres: 0.32,
      object: burningBox(crib, "furnishing"),
      boxes: [crib],
    });
  },
};
