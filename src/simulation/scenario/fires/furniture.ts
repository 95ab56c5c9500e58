import { fireCourse } from "../../fire/fire-course.ts";
import { timeStretch } from "../../fire/fire-growth.ts";
import { type Fuel, fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { itemCurves } from "../../fire/item-curves.ts";
import type { TimeCurve } from "../../fire/time-curve.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeForTall, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

const { livingRoom, hall, warehouse, office } = roomTemplates;

/** A piece of furniture: its curve, where on it the fire sits, and its measures. */
interface Item {
  readonly name: string;
  readonly curve: TimeCurve;
  readonly fuel: Fuel;
  readonly width: number;
  readonly depth: number;
  readonly height: number;
  readonly widest: number;
}

/** The curves start when the item burns: what they show before is left out. */
const items: readonly Item[] = [
  {
    name: "sofa",
    curve: itemCurves.sofa,
    fuel: fuels.foam,
    width: 1.9,
    depth: 0.85,
    height: 0.5,
    widest: 1.2,
  },
  {
    name: "mattress",
    curve: itemCurves.mattress,
    fuel: fuels.foam,
    width: 0.95,
    depth: 1.9,
    height: 0.45,
    widest: 1,
  },
  {
    name: "television",
    curve: itemCurves.television.scaled({ laterSeconds: -150 }),
    fuel: fuels.cable,
    width: 0.6,
    depth: 0.45,
    height: 0.9,
    widest: 0.6,
  },
  {
    name: "curtains",
    curve: itemCurves.curtains.scaled({ laterSeconds: -120 }),
    fuel: fuels.wood,
    width: 1.2,
    depth: 0.1,
    height: 1,
    widest: 0.7,
  },
  {
    name: "wardrobe",
    curve: itemCurves.wardrobe.scaled({ laterSeconds: -45, value: 0.5 }),
    fuel: fuels.wood,
    width: 1,
    depth: 0.6,
    height: 1.6,
    widest: 0.8,
  },
];

/** Other furniture than chairs. */
export const furniture: Scenario = {
  name: "furniture",
  family: "chair",
  kind: "fire",
  shows: "flaming",
  title: "A sofa, a mattress, an old television set, a curtain or a wardrobe burns.",
  source: "CFAST's fire file (facts §4.2 [1]), 0.4 to 1 of its heat; the wardrobe at half of that.",
  isHotProcess: false,
  rooms: [livingRoom, hall, warehouse, office],
  shortestSeconds: 240,
  longestSeconds: 480,
  ignition: [0.15, 0.45],
  stage(lot) {
    const random = lot.random("furniture");
    const item = items[random.integer(items.length)]!;
    const { place } = placeForTall(lot, item.height);
    const top = raised(place, item.height);
    const body = boxUnder(lot, item.name, { top, ...item });
    const flame = item.curve.scaled({
      time: timeStretch(lot.variation.growthFactor),
      value: random.between(0.4, 1),
    });
    return stageFire(lot, {
      course: fireCourse({ flame }),
      fuel: item.fuel,
      smoulderingFuel: smoulderingFuels.foam,
      base: top,
      widestMetres: item.widest,
      object: burningBox(body, "furnishing"),
      boxes: [body],
    });
  },
};
