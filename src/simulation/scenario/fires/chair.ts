import { fireCourse } from "../../fire/fire-course.ts";
import { timeStretch } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { itemCurves } from "../../fire/item-curves.ts";
import { TimeCurve } from "../../fire/time-curve.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

const { office, livingRoom, hall, warehouse, canteen, corridor } = roomTemplates;

const seatHeightMetres = 0.45;
/** In so many cases a cigarette or a heater made the seat smoulder before. */
const smoulderingShare = 0.4;

/** An upholstered chair. */
export const chair: Scenario = {
  name: "chair",
  family: "chair",
  kind: "fire",
  shows: "flaming",
  title: "An upholstered chair burns; in some cases its seat smoulders first.",
  source:
    "Upholstered chair of CFAST's fire file (facts §4.2 [1]), 0.3 to 1 of its heat; smouldering before it assumed.",
  isHotProcess: false,
  rooms: [office, livingRoom, hall, warehouse, canteen, corridor],
  shortestSeconds: 240,
  longestSeconds: 480,
  ignition: [0.15, 0.45],
  stage(lot) {
    const random = lot.random("chair");
    const { place } = placeOnFloor(lot);
    const base = raised(place, seatHeightMetres);
    const width = random.between(0.6, 0.85);
    const seat = boxUnder(lot, "chair-seat", { top: base, width, height: seatHeightMetres });
    const back = boxUnder(lot, "chair-back", {
      top: { ...raised(place, random.between(0.85, 1.05)), z: place.z + width / 2 - 0.06 },
      width,
      height: 0.5,
      depth: 0.12,
    });
    const stretch = timeStretch(lot.variation.growthFactor);
    const smoulders = random.uniform() < smoulderingShare;
    const smoulderSeconds = random.between(40, 150) * stretch;
    const spread = random.between(0.08, 0.2);
    const laterSeconds = smoulders ? smoulderSeconds : 0;
    const flame = itemCurves.upholsteredChair.scaled({
      time: stretch,
      value: random.between(0.3, 1),
      laterSeconds,
    });
    const smouldering = {
      smoulder: new TimeCurve([
        [0, 0.05],
        [smoulderSeconds, random.between(0.3, 1)],
      ]),
      fuelExcessKelvin: new TimeCurve([
        [0, 60],
        [0.4 * smoulderSeconds, 250],
        [smoulderSeconds, random.between(300, 450)],
      ]),
      fuelDiameter: new TimeCurve([
        [0, 0.02],
        [smoulderSeconds, spread],
      ]),
    };
    return stageFire(lot, {
      course: fireCourse({ flame, ...(smoulders ? smouldering : {}) }),
      fuel: fuels.foam,
      smoulderingFuel: smoulderingFuels.foam,
      base,
      widestMetres: 1.1 * width,
      object: burningBox(seat, "furnishing"),
      boxes: [seat, back],
    });
  },
};
