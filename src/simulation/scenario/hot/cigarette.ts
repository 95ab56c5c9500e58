import { Attendant } from "../../scene/hot/attendant.ts";
import { Cigarette } from "../../scene/hot/cigarette.ts";
import { drawOnTimes, onTimeAt } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { floorSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** The hand goes to the mouth within this time. */
const raiseSeconds = 0.9;

/** Somebody who smokes. */
export const cigarette: Scenario = {
  name: "cigarette",
  family: "cigarette",
  kind: "nuisance",
  shows: "none",
  title: "Somebody smokes: a coal far smaller than a pixel moves with the hand and glows with each puff.",
  source: "Facts §4.8: coal 400 to 600 °C in under 1 pixel [M]; puffs assumed.",
  isHotProcess: false,
  rooms: [
    roomTemplates.corridor,
    roomTemplates.garage,
    roomTemplates.warehouse,
    roomTemplates.office,
    roomTemplates.livingRoom,
  ],
  shortestSeconds: 120,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("cigarette");
    const place = floorSpot(lot, random, [1.6, 8]);
    const stays = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [150, 360],
      offSeconds: [60, 240],
      alreadyOnShare: 0.5,
    });
    const puffs = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [1.2, 2.6],
      offSeconds: [14, 55],
      alreadyOnShare: 0,
    });
    const { spot, outside, way } = workSpot(lot, random, { at: place, aside: 0, before: 0, boxes: [] });
    const raisedAt = (seconds: number): number => {
      for (const { fromSeconds, toSeconds } of puffs) {
        if (fromSeconds - raiseSeconds > seconds) return 0;
        if (seconds > toSeconds + raiseSeconds) continue;
        const up = 1 - (fromSeconds - seconds) / raiseSeconds;
        const down = 1 - (seconds - toSeconds) / raiseSeconds;
        return Math.min(1, up, down);
      }
      return 0;
    };
    const handAt = (seconds: number): Point | null => {
      if (onTimeAt(stays, seconds) === null) return null;
      const raised = raisedAt(seconds);
      const smooth = raised * raised * (3 - 2 * raised);
      const height = smoker.build.heightMetres;
      const idle = 0.03 * Math.sin(0.7 * seconds);
      return {
        x: spot.x + 0.3 - 0.22 * smooth + idle,
        y: height * (0.55 + 0.36 * smooth),
        z: spot.z - 0.15 - 0.03 * smooth,
      };
    };
    const { insideCelsius } = lot.climate;
    const smoker: Attendant = new Attendant({
      spot,
      outside,
      way,
      facing: { x: spot.x + random.between(-1, 1), z: spot.z - 1 },
      stays,
      crouch: 0,
      handAt,
      ambientCelsius: insideCelsius,
      random,
    });
    const coal = new Cigarette({
      handAt,
      burning: stays.map(({ fromSeconds, toSeconds }) => ({ fromSeconds: fromSeconds + 3, toSeconds })),
      puffs,
      restCelsius: random.between(390, 470),
      puffCelsius: random.between(520, 620),
      coalSquareMillimetres: random.between(35, 80),
      ambientCelsius: insideCelsius,
    });
    return hotStaging({ spot: { place, boxes: [] }, things: [smoker, coal], hotPlaces: [] });
  },
};
