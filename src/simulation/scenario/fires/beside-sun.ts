import { stageSun } from "../everyday/stage-sun.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { basketPlan } from "./basket-plan.ts";
import { placeOnFloor } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const { office, livingRoom, hall, canteen, workshop } = roomTemplates;

/** A fire beside a sun patch. */
export const besideSun: Scenario = {
  name: "fire-beside-sun-patch",
  family: "wastebasket",
  kind: "fire",
  shows: "flaming",
  title: "A waste basket burns beside, or in, a patch of floor that the sun has warmed.",
  source:
    "Waste basket of facts §4.2 [M]; sun patch 5 to 25 K over the room, moving some 15° an hour (facts §4.8 [M]).",
  isHotProcess: false,
  rooms: [office, livingRoom, hall, canteen, workshop],
  shortestSeconds: 120,
  longestSeconds: 300,
  stage(lot) {
    const random = lot.random("beside-sun");
    const { place } = placeOnFloor(lot);
    const staging = stageFire(lot, basketPlan(lot, place));
    const onto = {
      x: place.x + random.between(-1.2, 1.2),
      y: 0,
      z: place.z + random.between(-0.8, 0.8),
    };
    return { ...staging, things: [stageSun(lot, { blind: false, clouds: "clear", onto })] };
  },
};
