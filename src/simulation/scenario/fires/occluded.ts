import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { basketPlan } from "./basket-plan.ts";
import { boxUnder, placeOnFloor } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const { office, workshop, livingRoom, hall, warehouse, canteen } = roomTemplates;

const coverDepthMetres = 0.08;

/** A fire behind furniture. */
export const occluded: Scenario = {
  name: "occluded-fire",
  family: "hidden",
  kind: "fire",
  shows: "hidden",
  title:
    "A waste basket burns behind a cupboard or a screen: tips of flame, the plume and a warm ceiling show.",
  source:
    "Waste basket of facts §4.2 [M] behind a cover of 0.9 to 1.9 m; ceiling jet after Alpert (facts §4.5).",
  isHotProcess: false,
  rooms: [office, workshop, livingRoom, hall, warehouse, canteen],
  shortestSeconds: 150,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("cover");
    const { place } = placeOnFloor(lot);
    const { x, z } = lot.room.space.camera.position;
    // The cover stands half a metre nearer, on the line of sight.
    const away = Math.hypot(place.x - x, place.z - z);
    const nearer = random.between(0.3, 0.5) / away;
    const height = random.between(0.9, 1.9);
    const cover = boxUnder(lot, "cover", {
      top: { x: place.x + nearer * (x - place.x), y: height, z: place.z + nearer * (z - place.z) },
      width: random.between(0.7, 1.6),
      height,
      depth: coverDepthMetres,
    });
    const plan = basketPlan(lot, place);
    return stageFire(lot, { ...plan, boxes: [...plan.boxes, cover] });
  },
};
