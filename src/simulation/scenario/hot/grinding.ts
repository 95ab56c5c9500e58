import { AngleGrinder } from "../../scene/hot/angle-grinder.ts";
import { Attendant } from "../../scene/hot/attendant.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { standingSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";
import { presenceAround } from "./tool-path.ts";

/** How far a stream of sparks shows. */
const streamMetres = 2;

/** Somebody who grinds steel. */
export const grinding: Scenario = {
  name: "grinding",
  family: "grinding",
  kind: "nuisance",
  shows: "none",
  title: "Somebody grinds steel: a stream of sparks in bursts, a warm disc, a hot spot.",
  source: "Facts §4.8: sparks, intermittent bursts, human present [M]; temperatures and sparks assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.workshop, roomTemplates.garage, roomTemplates.warehouse, roomTemplates.hall],
  shortestSeconds: 90,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("grinding");
    const height = random.between(0.5, 0.95);
    const standing = {
      name: "grinding-bench",
      halfWidth: random.between(0.3, 0.45),
      halfDepth: 0.28,
      height,
    };
    const spot = standingSpot(lot, random, { standing, between: [2.2, 14] });
    const { x, y, z } = spot.place;
    const bursts = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [2, 25],
      offSeconds: [2, 40],
      alreadyOnShare: 0.3,
    });
    const stroke = random.between(0.03, 0.12);
    const toolAt = (seconds: number): Point => ({
      x: x + stroke * Math.sin(2.1 * seconds),
      y: y + 0.03,
      z: z - 0.1,
    });
    const side = random.uniform() < 0.5 ? -1 : 1;
    const down = random.between(0.1, 0.5);
    const away = random.between(-0.4, 0.3);
    const across = side * Math.sqrt(1 - down * down - away * away);
    const { insideCelsius } = lot.climate;
    const spotCelsius = random.between(100, 300);
    const grinder = new AngleGrinder({
      toolAt,
      bursts,
      discRadiusMetres: random.between(0.055, 0.115),
      discCelsius: random.between(60, 150),
      spotCelsius,
      kilowatts: random.between(0.7, 2),
      sparksTo: { x: across, y: -down, z: away },
      sparks: {
        perSecond: random.between(60, 160),
        squareMillimetres: random.between(4, 20),
        metresPerSecond: random.between(4, 8),
        spread: 0.12,
        startCelsius: random.between(1100, 1400),
        lifeSeconds: [0.1, 0.4],
      },
      ambientCelsius: insideCelsius,
      random,
    });
    const worker = new Attendant({
      ...workSpot(lot, random, {
        boxes: spot.boxes,
        at: spot.place,
        aside: random.between(0.25, 0.5),
        before: random.between(-0.5, 0.3),
      }),
      stays: presenceAround(bursts, { seconds: 3, joinSeconds: 60 }),
      crouch: height < 0.7 ? 0.4 : 0.15,
      handAt: (seconds) => ({ ...toolAt(seconds), y: y + 0.14 }),
      ambientCelsius: insideCelsius,
      random,
    });
    const hotPlace = expectedHeat(lot, random, {
      name: "grinding place",
      low: { x: x - streamMetres, y: 0, z: z - 1.2 },
      high: { x: x + streamMetres, y: y + 0.6, z: z + 1.2 },
      usualCelsius: spotCelsius + 40,
      usualSquareMetres: 0.05,
    });
    return hotStaging({ spot, things: [grinder, worker], hotPlaces: [hotPlace] });
  },
};
