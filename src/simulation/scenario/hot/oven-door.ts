import { Attendant } from "../../scene/hot/attendant.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { Oven } from "../../scene/hot/oven.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { wallSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** An oven whose door is opened. */
export const ovenDoor: Scenario = {
  name: "oven-door",
  family: "oven",
  kind: "nuisance",
  shows: "none",
  title: "Somebody opens a hot oven: the cavity shows and a gust of hot wet air comes out.",
  source: "Facts §4.8: oven 80 to 450 °C [M]; household ovens 150 to 280 °C, door and gust assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.kitchen, roomTemplates.canteen],
  shortestSeconds: 120,
  longestSeconds: 480,
  stage(lot) {
    const random = lot.random("oven");
    const halfWidth = random.between(0.2, 0.3);
    const halfHeight = random.between(0.14, 0.2);
    const standing = { name: "oven", halfWidth: halfWidth + 0.05, halfDepth: 0.31, height: 0.88 };
    const spot = wallSpot(lot, random, standing);
    const place = { ...spot.place, y: random.between(0.4, 0.62), z: spot.place.z - 0.005 };
    const setCelsius = random.between(150, 280);
    const openings = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [4, 40],
      offSeconds: [25, 180],
      alreadyOnShare: 0.05,
    });
    const { insideCelsius } = lot.climate;
    const oven = new Oven({
      place,
      halfWidth,
      halfHeight,
      setCelsius,
      onTimes: [{ fromSeconds: -random.between(400, 3000), toSeconds: lot.seconds * random.between(0.5, 2) }],
      openings,
      moisture: random.uniform() < 0.6 ? random.between(0.3, 1) : 0,
      ambientCelsius: insideCelsius,
      random,
    });
    const cook = new Attendant({
      ...workSpot(lot, random, {
        boxes: spot.boxes,
        at: place,
        aside: random.between(0.3, 0.55),
        before: random.between(0.45, 0.7),
      }),
      stays: openings.map(({ fromSeconds, toSeconds }) => ({
        fromSeconds: fromSeconds - random.between(0.5, 8),
        toSeconds: toSeconds + random.between(0.5, 8),
      })),
      crouch: 0.25,
      handAt: () => ({ x: place.x, y: place.y + halfHeight, z: place.z - 0.15 }),
      ambientCelsius: insideCelsius,
      random,
    });
    const hotPlace = expectedHeat(lot, random, {
      name: "oven",
      low: { x: place.x - halfWidth - 0.35, y: 0, z: place.z - 0.8 },
      high: { x: place.x + halfWidth + 0.35, y: place.y + halfHeight + 1.1, z: place.z + 0.1 },
      usualCelsius: setCelsius + 45,
      // Cavity, door and the gust above.
      usualSquareMetres: 9 * halfWidth * halfHeight,
    });
    return hotStaging({ spot, things: [oven, cook], hotPlaces: [hotPlace] });
  },
};
