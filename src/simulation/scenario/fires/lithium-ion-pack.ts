import type { Random } from "#core/random.ts";
import { type FireCourse, fireCourse, type JetCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf, timeStretch } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { type CurvePoint, TimeCurve } from "../../fire/time-curve.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnFloor, placeOnTop, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

const { office, workshop, livingRoom, warehouse, garage, corridor, hall } = roomTemplates;

/** Cells are used up to 60 °C; from some 80 °C on they heat themselves (decomposition of the anode's layer [M]). */
const overheatedCelsius = 80;
const caseMetres = { width: 0.3, height: 0.12, depth: 0.2 };

/** A lithium-ion pack. */
export const lithiumIonPack: Scenario = {
  name: "lithium-ion-pack",
  family: "lithium-ion",
  kind: "fire",
  shows: "flaming",
  title: "A lithium-ion pack gets warm, vents white vapour, and cell after cell shoots out a jet of flame.",
  source:
    "Facts §4.2 [M]: case at 60 to 100 °C for minutes, white vapour, 1 to 3 kW per cell of 10 Wh for 10 to 30 s; facts give no measured peak.",
  isHotProcess: false,
  rooms: [office, workshop, livingRoom, warehouse, garage, corridor, hall],
  shortestSeconds: 450,
  longestSeconds: 690,
  ignition: [0.1, 0.35],
  stage(lot) {
    const random = lot.random("pack");
    const onFloor = random.uniform() < 0.5;
    const { place, boxes } = onFloor
      ? placeOnFloor(lot)
      : placeOnTop(lot, ["desk", "bench", "table", "shelf"]);
    const top = raised(place, caseMetres.height);
    const pack = boxUnder(lot, "battery-pack", { top, ...caseMetres });
    return stageFire(lot, {
      course: packCourse(random, lot.variation.growthFactor),
      fuel: fuels.lithiumIonCell,
      smoulderingFuel: smoulderingFuels.ventGas,
      base: top,
      widestMetres: 0.28,
      object: burningBox(pack, "furnishing"),
      boxes: [...boxes, pack],
    });
  },
};

/** The precursor, the cells one after the other, each setting off the next sooner, and the casing that they light. */
function packCourse(random: Random, growthFactor: number): FireCourse {
  const stretch = timeStretch(growthFactor);
  const ventAt = random.between(60, 200) * stretch;
  const caseExcess = random.between(40, 75);
  const cells = 8 + random.integer(17);
  const jets: JetCourse[] = [];
  let at = ventAt + random.between(3, 15);
  for (let i = 0; i < cells; i += 1) {
    jets.push(jetAt(random, at));
    at += random.between(0.3, 1.2) * stretch * (3 + 15 * Math.exp(-i / 4));
  }
  const casingAt = ventAt + random.between(15, 60) * stretch;
  const end = at + 30;
  return fireCourse({
    overheatedCelsius,
    jets,
    flame: heatReleaseOf({
      growth: growthKilowattsPerSquareSecond.fast * growthFactor,
      peakKilowatts: random.between(4, 25),
      kindlingKilowatts: 0.5,
      fuelKilojoules: random.between(1500, 5000),
    }).scaled({ laterSeconds: casingAt }),
    fuelExcessKelvin: new TimeCurve([
      [0, 0],
      [0.6 * ventAt, 0.6 * caseExcess],
      [ventAt, caseExcess],
      [casingAt, 2.5 * caseExcess],
      [end, 3 * caseExcess],
    ]),
    fuelDiameter: new TimeCurve([
      [0, 0.2],
      [end, 0.25],
    ]),
    vapour: vapourCurve(ventAt, casingAt),
    smoulder: new TimeCurve([
      [ventAt, 0.05],
      [ventAt + 5, 0.4],
      [end, 0.1],
    ]),
  });
}

/** 1 to 3 kW for 10 to 30 s: bursts out within a second or two and dies away. */
function jetAt(random: Random, seconds: number): JetCourse {
  const kilowatts = random.between(1, 3);
  const lasts = random.between(10, 30);
  const points: CurvePoint[] = [
    [seconds, 0],
    [seconds + random.between(0.4, 1.5), 1.5 * kilowatts],
    [seconds + 0.35 * lasts, kilowatts],
    [seconds + 0.7 * lasts, 0.6 * kilowatts],
    [seconds + lasts, 0],
  ];
  return {
    release: new TimeCurve(points),
    lean: { x: 0.6 * random.normal(), z: 0.3 * random.normal() },
  };
}

function vapourCurve(ventAt: number, casingAt: number): TimeCurve {
  return new TimeCurve([
    [ventAt - 4, 0],
    [ventAt, 1],
    [ventAt + 0.5 * (casingAt - ventAt), 0.7],
    [casingAt, 0],
  ]);
}
