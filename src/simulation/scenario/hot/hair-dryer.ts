import { Attendant } from "../../scene/hot/attendant.ts";
import { HairDryer } from "../../scene/hot/hair-dryer.ts";
import { drawOnTimes, onTimeAt } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { floorSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** Somebody who dries their hair. */
export const hairDryer: Scenario = {
  name: "hair-dryer",
  family: "hair-dryer",
  kind: "nuisance",
  shows: "none",
  title: "Somebody dries their hair: a hot nozzle moves around a warm head.",
  source: "Facts §4.8: 60 to 150 °C at the nozzle, moving, switched [M]; hair and hand assumed.",
  isHotProcess: false,
  rooms: [roomTemplates.livingRoom, roomTemplates.corridor, roomTemplates.office],
  shortestSeconds: 90,
  longestSeconds: 300,
  stage(lot) {
    const random = lot.random("dryer");
    const place = floorSpot(lot, random, [1.8, 6]);
    const stays = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [60, 400],
      offSeconds: [30, 120],
      alreadyOnShare: 0.4,
    });
    const isThere = (seconds: number): boolean => onTimeAt(stays, seconds) !== null;
    const phase = random.between(0, 6.28);
    const spot = workSpot(lot, random, { at: place, aside: 0, before: 0, boxes: [] });
    const headAt = (seconds: number): Point | null =>
      isThere(seconds) ? { ...spot.spot, y: 0.93 * person.build.heightMetres, z: spot.spot.z - 0.03 } : null;
    const handAt = (seconds: number): Point | null => {
      const head = headAt(seconds);
      if (head === null) return null;
      const around = 0.5 + 0.9 * Math.sin(0.6 * seconds + phase) + 0.3 * Math.sin(2.9 * seconds);
      return {
        x: head.x + 0.33 * Math.cos(around),
        y: head.y + 0.06 + 0.09 * Math.sin(1.7 * seconds + phase),
        z: head.z - 0.3 * Math.abs(Math.sin(around)),
      };
    };
    const { insideCelsius } = lot.climate;
    const person: Attendant = new Attendant({
      ...spot,
      facing: { x: place.x + random.between(-1, 1), z: place.z - 1 },
      stays,
      crouch: 0,
      handAt,
      ambientCelsius: insideCelsius,
      random,
    });
    const dryer = new HairDryer({
      handAt,
      headAt,
      nozzleCelsius: random.between(60, 150),
      hairCelsius: random.between(38, 60),
      kilowatts: random.between(1, 2.2),
      onTimes: stays.flatMap(({ fromSeconds, toSeconds }) => {
        const pause = fromSeconds + (toSeconds - fromSeconds) * random.between(0.3, 0.7);
        return [
          { fromSeconds: fromSeconds + 2, toSeconds: pause },
          { fromSeconds: pause + random.between(1, 8), toSeconds: Math.max(pause, toSeconds - 2) },
        ].filter((time) => time.toSeconds > time.fromSeconds);
      }),
      ambientCelsius: insideCelsius,
    });
    return hotStaging({ spot: { place, boxes: [] }, things: [person, dryer], hotPlaces: [] });
  },
};
