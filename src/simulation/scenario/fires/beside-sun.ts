import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario } from "../scenario.ts";
import { basketPlan } from "./basket-plan.ts";
import { placeOnFloor } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";
import { SunlitFloor } from "./sunlit-floor.ts";

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
    const { place } = placeOnFloor(lot);
    const staging = stageFire(lot, basketPlan(lot, place));
    return { ...staging, things: [sunBeside(lot, place)] };
  },
};

function sunBeside(lot: EpisodeLot, place: { readonly x: number; readonly z: number }): SunlitFloor {
  const random = lot.random("sun");
  const width = random.between(0.6, 1.6);
  const depth = random.between(0.6, 1.8);
  return new SunlitFloor({
    middle: {
      x: place.x + random.between(-1, 1) * (width / 2 + 0.4),
      y: 0,
      z: place.z + random.between(-0.6, 0.6) * depth,
    },
    widthMetres: width,
    depthMetres: depth,
    slant: random.between(-0.5, 0.5),
    excessKelvin: random.between(5, 25),
    // 15° an hour at some 3 m from the window.
    metresPerSecond: ((random.uniform() < 0.5 ? 1 : -1) * 3 * (15 * Math.PI)) / 180 / 3600,
  });
}
