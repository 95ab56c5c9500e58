import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

/** Three mats of 50 × 50 × 2 cm at 20 kg/m³. */
const matsKilograms = 3 * 0.5 * 0.5 * 0.02 * 20;

/** TF4. */
export const foam: Scenario = {
  name: "foam",
  family: "foam",
  kind: "fire",
  shows: "flaming",
  title: "Mats of polyurethane foam burn on the floor with black smoke.",
  source:
    "Test fire TF4 (facts §5.1: three mats of 50 × 50 × 2 cm, 20 kg/m³); foam GM27 of facts §4.3; peak assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 120,
  longestSeconds: 300,
  stage(lot) {
    const random = lot.random("mats");
    const { place } = placeOnFloor(lot);
    const top = raised(place, 0.06);
    const mats = boxUnder(lot, "foam-mats", { top, width: 0.5, height: 0.06 });
    const flame = heatReleaseOf({
      growth: growthKilowattsPerSquareSecond.medium * lot.variation.growthFactor,
      kindlingKilowatts: random.between(0.3, 1.5),
      peakKilowatts: random.between(35, 65),
      fuelKilojoules: matsKilograms * fuels.foam.heatOfCombustionKilojoulesPerKilogram,
    });
    return stageFire(lot, {
      course: fireCourse({ flame }),
      fuel: fuels.foam,
      smoulderingFuel: smoulderingFuels.foam,
      base: top,
      widestMetres: 0.5,
      object: burningBox(mats, "furnishing"),
      boxes: [mats],
    });
  },
};
