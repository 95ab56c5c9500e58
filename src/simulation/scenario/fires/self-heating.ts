import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf, timeStretch } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { nothing, TimeCurve } from "../../fire/time-curve.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const { warehouse, hall, garage, workshop } = roomTemplates;

const flamingShare = 0.3;
/** A spot on the front that flames is this much narrower: flames rise from it before it has spread (assumed). */
const flamingFrontShare = 0.5;
/** What lives in a heap warms it to 70 to 80 °C; beyond, it oxidises ever faster ([M]). */
const overheatedCelsius = 80;
/** A heap smoulders for hours, under flames too. */
const smouldersOnSeconds = 7200;

/** A self-heating heap. */
export const selfHeating: Scenario = {
  name: "self-heating-heap",
  family: "self-heating",
  kind: "fire",
  shows: "slow-heat",
  title:
    "A heap of oily rags, chips or waste heats itself; its surface warms, smoulders, and may burst into flame.",
  source:
    "Facts §4.7 [M]: hot spot of 50 to 600 °C, slow growth over tens of minutes; seen from when the heat reaches the surface, times assumed.",
  isHotProcess: false,
  rooms: [warehouse, hall, garage, workshop],
  shortestSeconds: 540,
  longestSeconds: 900,
  ignition: [0.1, 0.35],
  stage(lot) {
    const random = lot.random("heap");
    const { place } = placeOnFloor(lot);
    const height = random.between(0.3, 0.9);
    const width = random.between(0.6, 1.4);
    const top = raised(place, height);
    const heap = boxUnder(lot, "heap", { top, width, height });
    const stretch = timeStretch(lot.variation.growthFactor);
    const warming = random.between(180, 400) * stretch;
    const flames = random.uniform() < flamingShare;
    const end = (flames ? random.between(1.5, 2) : 3) * warming;
    const spread = random.between(0.2, 0.6);
    const longAfter = end + smouldersOnSeconds;
    const hottest = random.between(200, 420);
    const kilowatts = random.between(1, 4);
    // The spot lies on the front or on the top of the heap.
    const onTop = random.uniform() < 0.4;
    const spotMetres = flames && !onTop ? flamingFrontShare * spread : spread;
    const front = { x: place.x, y: random.between(0.5, 0.8) * height, z: place.z - width / 2 - 0.01 };
    return stageFire(lot, {
      course: fireCourse({
        overheatedCelsius,
        fuelExcessKelvin: new TimeCurve([
          [0, 0],
          [0.6 * warming, 25],
          [warming, random.between(50, 110)],
          [end, hottest],
          [longAfter, hottest],
        ]),
        fuelDiameter: new TimeCurve([
          [0, 0.3 * spotMetres],
          [warming, 0.6 * spotMetres],
          [end, spotMetres],
          [longAfter, spotMetres],
        ]),
        smoulder: new TimeCurve([
          [0.6 * warming, 0.01],
          [warming, 0.3],
          [end, kilowatts],
          [longAfter, kilowatts],
        ]),
        flame: flames
          ? heatReleaseOf({
              growth: growthKilowattsPerSquareSecond.medium * lot.variation.growthFactor,
              kindlingKilowatts: 1,
              peakKilowatts: random.between(40, 250),
              fuelKilojoules: 60_000,
            }).scaled({ laterSeconds: end })
          : nothing,
      }),
      fuel: fuels.wood,
      smoulderingFuel: smoulderingFuels.wood,
      base: onTop ? raised(top, 0.01) : front,
      facing: onTop ? { x: 0, y: 1, z: 0 } : { x: 0, y: 0, z: -1 },
      // On the front flames stand on the spot that smouldered and rise over it; on the top they spread.
      widestMetres: onTop ? width : spotMetres,
      boxes: [heap],
    });
  },
};
