import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf, timeStretch } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { nothing, TimeCurve } from "../../fire/time-curve.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const { workshop, hall, warehouse, garage } = roomTemplates;

/** Grease chars and smokes from about this excess on. */
const charringKelvin = 180;
const flamingShare = 0.3;
/** The machine is not stopped while anybody watches. */
const runsOnSeconds = 7200;

/** An overheating bearing. */
export const bearing: Scenario = {
  name: "overheating-bearing",
  family: "bearing",
  kind: "fire",
  shows: "slow-heat",
  title: "A bearing of a machine runs dry and gets hotter until its grease smokes; sometimes it ignites.",
  source:
    "Motors and bearings run at 40 to 110 °C (facts §4.8 [M]); beyond it assumed: 150 to 450 °C in minutes.",
  isHotProcess: false,
  rooms: [workshop, hall, warehouse, garage],
  shortestSeconds: 300,
  longestSeconds: 660,
  ignition: [0.1, 0.4],
  stage(lot) {
    const random = lot.random("bearing");
    const { place } = placeOnFloor(lot);
    const height = random.between(0.6, 1.2);
    const width = random.between(0.6, 1.2);
    const depth = 0.7;
    const machine = boxUnder(lot, "driven-machine", { top: raised(place, height), width, height, depth });
    const stretch = timeStretch(lot.variation.growthFactor);
    const heating = random.between(90, 240) * stretch;
    const hottest = random.between(150, 420);
    const size = random.between(0.05, 0.16);
    const end = heating + runsOnSeconds;
    const charsAt = heating * Math.min(0.95, charringKelvin / hottest);
    const chars = hottest > charringKelvin;
    const flames = chars && random.uniform() < flamingShare;
    return stageFire(lot, {
      course: fireCourse({
        fuelExcessKelvin: new TimeCurve([
          [0, 0],
          [0.5 * heating, 0.35 * hottest],
          [heating, hottest],
          [end, hottest],
        ]),
        fuelDiameter: new TimeCurve([
          [0, 0.7 * size],
          [end, size],
        ]),
        smoulder: chars
          ? new TimeCurve([
              [charsAt, 0.01],
              [heating, random.between(0.05, 0.4)],
              [end, 0.05],
            ])
          : nothing,
        flame: flames
          ? heatReleaseOf({
              growth: growthKilowattsPerSquareSecond.medium * lot.variation.growthFactor,
              kindlingKilowatts: 0.5,
              peakKilowatts: random.between(3, 15),
              fuelKilojoules: random.between(800, 4000),
            }).scaled({ laterSeconds: 1.05 * heating })
          : nothing,
      }),
      fuel: fuels.cookingOil,
      smoulderingFuel: smoulderingFuels.insulation,
      base: {
        x: place.x + random.between(-0.3, 0.3) * width,
        y: random.between(0.4, 0.8) * height,
        z: place.z - depth / 2 - 0.01,
      },
      facing: { x: 0, y: 0, z: -1 },
      widestMetres: 2 * size,
      boxes: [machine],
    });
  },
};
