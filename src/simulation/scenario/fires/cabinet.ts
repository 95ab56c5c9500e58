import { fireCourse } from "../../fire/fire-course.ts";
import { timeStretch } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { itemCurves } from "../../fire/item-curves.ts";
import { TimeCurve } from "../../fire/time-curve.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeForTall, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

const { electricalRoom, workshop, hall, warehouse, corridor } = roomTemplates;

/** An electrical cabinet. */
export const cabinet: Scenario = {
  name: "cabinet",
  family: "cabinet",
  kind: "fire",
  shows: "flaming",
  title:
    "A loose contact in an electrical cabinet chars its cables, then flames come out of the vents at the top.",
  source:
    "NUREG/CR-6850 as in facts §4.2 [M]: 12 min of growth to 69 to 464 kW, 8 min level, 19 min of decay; smouldering before it assumed.",
  isHotProcess: false,
  rooms: [electricalRoom, workshop, hall, warehouse, corridor],
  shortestSeconds: 480,
  longestSeconds: 780,
  ignition: [0.1, 0.4],
  stage(lot) {
    const random = lot.random("cabinet");
    const height = random.between(1.2, 2);
    const { place } = placeForTall(lot, height);
    const top = raised(place, height);
    const body = boxUnder(lot, "burning-cabinet", {
      top,
      width: random.between(0.6, 0.9),
      height,
      depth: random.between(0.4, 0.6),
    });
    const stretch = timeStretch(lot.variation.growthFactor);
    const smoulderSeconds = random.between(40, 180) * stretch;
    const flame = itemCurves.electricalCabinet.scaled({
      time: stretch,
      value: 69 * (464 / 69) ** random.uniform(),
      laterSeconds: smoulderSeconds,
    });
    return stageFire(lot, {
      course: fireCourse({
        flame,
        smoulder: new TimeCurve([
          [0, 0.02],
          [smoulderSeconds, random.between(0.3, 1.2)],
          [2 * smoulderSeconds, 0],
        ]),
        fuelExcessKelvin: new TimeCurve([
          [0, 0],
          [smoulderSeconds, random.between(120, 400)],
        ]),
        fuelDiameter: new TimeCurve([
          [0, 0.05],
          [smoulderSeconds, random.between(0.1, 0.25)],
        ]),
      }),
      fuel: fuels.cable,
      smoulderingFuel: smoulderingFuels.insulation,
      base: top,
      widestMetres: 0.5,
      object: burningBox(body, "steel"),
      boxes: [body],
    });
  },
};
