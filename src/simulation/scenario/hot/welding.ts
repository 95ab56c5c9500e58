import { Attendant } from "../../scene/hot/attendant.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { WeldingArc } from "../../scene/hot/welding-arc.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { standingSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";
import { alongSeam, presenceAround } from "./tool-path.ts";

/** CO2 of shielding gas at 15 L/min: none (rods, argon), mixed gas with 18 %, pure CO2. */
const shieldingCo2KilogramsPerSecond = [0, 8e-5, 4.6e-4];

/** Somebody who welds. */
export const welding: Scenario = {
  name: "welding",
  family: "welding",
  kind: "nuisance",
  shows: "none",
  title: "Somebody welds: bursts of a flickering arc that saturates the camera, sparks, a seam that cools.",
  source:
    "Facts §4.8: saturates, sparks, intermittent bursts, human present, CO2 of shielding gas possible [M].",
  isHotProcess: true,
  rooms: [roomTemplates.workshop, roomTemplates.garage, roomTemplates.warehouse, roomTemplates.hall],
  shortestSeconds: 120,
  longestSeconds: 480,
  stage(lot) {
    const random = lot.random("welding");
    const height = random.between(0.35, 0.9);
    const half = random.between(0.25, 0.45);
    const standing = { name: "welding-bench", halfWidth: half, halfDepth: 0.3, height };
    const spot = standingSpot(lot, random, { standing, between: [2.5, 18] });
    const { x, y, z } = spot.place;
    const bursts = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [1.5, 35],
      offSeconds: [2, 45],
      alreadyOnShare: 0.3,
    });
    const from = { x: x - 0.6 * half, y: y + 0.02, z: z - 0.05 };
    const toolAt = alongSeam({
      from,
      lengthMetres: 1.2 * half,
      metresPerSecond: random.between(0.002, 0.008),
      bursts,
    });
    const { insideCelsius } = lot.climate;
    const arc = new WeldingArc({
      toolAt,
      bursts,
      kilowatts: random.between(2.5, 7),
      squareCentimetres: random.between(2.5, 8),
      shieldingCo2KilogramsPerSecond: shieldingCo2KilogramsPerSecond[random.integer(3)]!,
      sparks: {
        perSecond: random.between(10, 90),
        squareMillimetres: random.between(1, 6),
        metresPerSecond: random.between(1.5, 3.5),
        spread: 0.6,
        startCelsius: 1400,
        lifeSeconds: [0.15, 0.6],
      },
      workpiece: { place: { x, y: y + 0.01, z: z - 0.03 }, halfX: 0.8 * half, halfZ: 0.12 },
      ambientCelsius: insideCelsius,
      random,
    });
    const welder = new Attendant({
      ...workSpot(lot, random, {
        boxes: spot.boxes,
        at: spot.place,
        aside: random.between(0.3, 0.6),
        before: random.between(-0.5, 0.4),
      }),
      stays: presenceAround(bursts, { seconds: 4, joinSeconds: 60 }),
      crouch: height < 0.6 ? 0.6 : 0.25,
      handAt: (seconds) => {
        const tool = toolAt(seconds);
        return { x: tool.x + 0.12, y: tool.y + 0.18, z: tool.z };
      },
      ambientCelsius: insideCelsius,
      random,
    });
    const hotPlace = expectedHeat(lot, random, {
      name: "welding place",
      low: { x: x - half - 1.6, y: 0, z: z - 1.6 },
      high: { x: x + half + 1.6, y: y + 1.1, z: z + 1.6 },
      usualCelsius: 1400,
      usualSquareMetres: 0.05,
    });
    return hotStaging({ spot, things: [arc, welder], hotPlaces: [hotPlace] });
  },
};
