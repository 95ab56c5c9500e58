import { Attendant } from "../../scene/hot/attendant.ts";
import { BlowTorch } from "../../scene/hot/blow-torch.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomVolume } from "../../scene/room-layout.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { standingSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";
import { presenceAround } from "./tool-path.ts";

/** Nobody lights a roofer's torch in a smaller room. */
const largeRoomCubicMetres = 120;

/** Somebody who works with a gas torch. */
export const blowTorch: Scenario = {
  name: "blow-torch",
  family: "torch",
  kind: "nuisance",
  shows: "none",
  title: "Somebody works with a gas torch: a jet of flame for seconds to minutes and the spot that it heats.",
  source: "Issue and facts §4.8 (cutting and welding) [M]; propane 65 g CO2/MJ (§4.3); sizes assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.workshop, roomTemplates.garage, roomTemplates.hall, roomTemplates.kitchen],
  shortestSeconds: 90,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("torch");
    const height = random.between(0.2, 0.9);
    const standing = { name: "workpiece", halfWidth: 0.3, halfDepth: 0.25, height };
    const spot = standingSpot(lot, random, { standing, between: [2.2, 12] });
    const { x, y, z } = spot.place;
    const isLarge = roomVolume(lot.room.space) > largeRoomCubicMetres && random.uniform() < 0.5;
    const lengthMetres = isLarge ? random.between(0.35, 0.7) : random.between(0.12, 0.3);
    const bursts = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: random.uniform() < 0.4 ? [1, 3] : [8, 180],
      offSeconds: [4, 80],
      alreadyOnShare: 0.2,
    });
    const side = random.uniform() < 0.5 ? -1 : 1;
    const down = random.between(0.3, 0.7);
    const direction = { x: side * Math.sqrt(1 - down * down), y: -down, z: 0 };
    const nozzleAt = (seconds: number): Point => ({
      x:
        x -
        0.85 * lengthMetres * direction.x +
        0.07 * Math.sin(0.5 * seconds) +
        0.02 * Math.sin(3.1 * seconds),
      y: y + 0.02 + 0.85 * lengthMetres * down + 0.015 * Math.sin(1.3 * seconds),
      z: z - 0.12,
    });
    const { insideCelsius } = lot.climate;
    const targetCelsius = random.between(150, 650);
    const torch = new BlowTorch({
      nozzleAt,
      direction,
      bursts,
      flame: {
        lengthMetres,
        diameterMetres: lengthMetres * random.between(0.14, 0.24),
        absorptionPerMetre: random.between(0.8, 3),
        footCelsius: random.between(1250, 1380),
        tipCelsius: random.between(650, 900),
      },
      kilowatts: isLarge ? random.between(15, 45) : random.between(1.5, 8),
      fuel: "propane",
      target: { celsius: targetCelsius, radiusMetres: random.between(0.02, 0.06) },
      cutting: null,
      ambientCelsius: insideCelsius,
      random,
    });
    const worker = new Attendant({
      ...workSpot(lot, random, {
        ...{ boxes: spot.boxes, at: spot.place },
        aside: 0.55 + 0.5 * lengthMetres,
        before: random.between(-0.3, 0.3),
      }),
      stays: presenceAround(bursts, { seconds: 4, joinSeconds: 60 }),
      crouch: height < 0.6 ? 0.55 : 0.15,
      handAt: (seconds) => {
        const nozzle = nozzleAt(seconds);
        return { x: nozzle.x - 0.15 * direction.x, y: nozzle.y + 0.15 * down, z: nozzle.z };
      },
      ambientCelsius: insideCelsius,
      random,
    });
    const hotPlace = expectedHeat(lot, random, {
      name: "torch work",
      low: { x: x - 0.9, y: Math.max(0, y - 0.3), z: z - 0.6 },
      high: { x: x + 0.9, y: y + 0.9, z: z + 0.5 },
      usualCelsius: Math.max(targetCelsius, 500),
      usualSquareMetres: 0.03 + 0.2 * lengthMetres * lengthMetres,
    });
    return hotStaging({ spot, things: [torch, worker], hotPlaces: [hotPlace] });
  },
};
