import { HiddenFire } from "../../fire/hidden-fire.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario, Staging } from "../scenario.ts";
import { basketPlan } from "./basket-plan.ts";

const { office, workshop, livingRoom, kitchen, electricalRoom, corridor, garage } = roomTemplates;

/** A fire that the camera cannot see. */
export const hidden: Scenario = {
  name: "hidden-fire",
  family: "hidden",
  kind: "fire",
  shows: "hidden",
  title: "Something burns in the next room; only a part of its gases comes in through the gaps of the door.",
  source:
    "Waste basket of facts §4.2 [M]; 10 to 60 % of its products come in with a lag of half a minute to two minutes, assumed.",
  isHotProcess: false,
  rooms: [office, workshop, livingRoom, kitchen, electricalRoom, corridor, garage],
  shortestSeconds: 240,
  longestSeconds: 480,
  stage(lot): Staging {
    const random = lot.random("door");
    const gap = doorGap(lot);
    const { course, fuel, smoulderingFuel } = basketPlan(lot, gap);
    const fire = new HiddenFire({
      course,
      fuel,
      smoulderingFuel,
      igniteAtSeconds: lot.igniteAtSeconds,
      gap,
      leakShare: random.between(0.1, 0.6),
      leakSeconds: random.between(30, 120),
    });
    return { boxes: [], things: [], fire, hotPlaces: [], cameraEvents: [] };
  },
};

/** The gap under a door in one of the side walls beside the camera, out of its view: what comes in has cooled. */
function doorGap(lot: EpisodeLot): Point {
  const random = lot.random("gap");
  const { leftX, rightX, depth } = lot.room.space;
  const x = random.uniform() < 0.5 ? leftX : rightX;
  return { x, y: 0.05, z: random.between(0.1, 0.3) * depth };
}
