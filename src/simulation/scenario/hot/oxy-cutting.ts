import type { Random } from "#core/random.ts";
import { Attendant } from "../../scene/hot/attendant.ts";
import { BlowTorch } from "../../scene/hot/blow-torch.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { type HotSpot, standingSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";
import { alongSeam, presenceAround } from "./tool-path.ts";

const plateThickMetres = 0.03;

/** Somebody who cuts steel with a flame. */
export const oxyCutting: Scenario = {
  name: "oxy-cutting",
  family: "oxy-cutting",
  kind: "nuisance",
  shows: "none",
  title:
    "Somebody cuts steel with oxygen and a flame: a short jet, a shower of sparks below, a glowing kerf.",
  source: "Facts §4.8: cutting saturates, sparks, bursts, human present [M]; flame, sparks and kerf assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.workshop, roomTemplates.garage, roomTemplates.hall],
  shortestSeconds: 120,
  longestSeconds: 420,
  stage(lot) {
    const random = lot.random("cutting");
    const height = random.between(0.5, 0.9);
    const half = random.between(0.3, 0.45);
    const spot = plateSpot(lot, random, { height, half });
    const { x, y, z } = spot.place;
    const bursts = drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [10, 90],
      offSeconds: [8, 80],
      alreadyOnShare: 0.3,
    });
    const lengthMetres = random.between(0.07, 0.15);
    const nozzleAt = alongSeam({
      from: { x: x - 0.7 * half, y: y + 0.9 * lengthMetres, z: z - 0.2 },
      lengthMetres: 1.4 * half,
      metresPerSecond: random.between(0.003, 0.01),
      bursts,
    });
    const { insideCelsius } = lot.climate;
    const torch = new BlowTorch({
      nozzleAt,
      direction: { x: 0, y: -1, z: 0 },
      bursts,
      flame: {
        lengthMetres,
        diameterMetres: random.between(0.012, 0.03),
        absorptionPerMetre: random.between(1, 4),
        footCelsius: 1390,
        tipCelsius: 1100,
      },
      kilowatts: random.between(6, 18),
      fuel: random.uniform() < 0.5 ? "acetylene" : "propane",
      target: { celsius: random.between(900, 1250), radiusMetres: random.between(0.008, 0.018) },
      cutting: {
        sparks: {
          perSecond: random.between(70, 170),
          squareMillimetres: random.between(6, 30),
          metresPerSecond: random.between(2.5, 5),
          spread: 0.25,
          startCelsius: 1390,
          lifeSeconds: [0.2, 0.7],
        },
        kerfMetres: random.between(0.004, 0.01),
      },
      ambientCelsius: insideCelsius,
      random,
    });
    const worker = new Attendant({
      ...workSpot(lot, random, {
        boxes: spot.boxes,
        at: spot.place,
        aside: random.between(0.35, 0.6),
        before: random.between(-0.5, 0.2),
      }),
      stays: presenceAround(bursts, { seconds: 4, joinSeconds: 60 }),
      crouch: height < 0.7 ? 0.45 : 0.2,
      handAt: (seconds) => ({ ...nozzleAt(seconds), y: y + lengthMetres + 0.12 }),
      ambientCelsius: insideCelsius,
      random,
    });
    const hotPlace = expectedHeat(lot, random, {
      name: "cutting place",
      low: { x: x - half - 1.2, y: 0, z: z - 1.4 },
      high: { x: x + half + 1.2, y: y + 0.4, z: z + 1 },
      usualCelsius: 1390,
      usualSquareMetres: 0.12,
    });
    return hotStaging({ spot, things: [torch, worker], hotPlaces: [hotPlace] });
  },
};

/** The plate lies on trestles, so that sparks fall through below it. */
function plateSpot(
  lot: EpisodeLot,
  random: Random,
  plate: { readonly height: number; readonly half: number },
): HotSpot {
  const { height, half } = plate;
  const standing = { name: "cutting-plate", halfWidth: half, halfDepth: 0.25, height };
  const onFloor = standingSpot(lot, random, { standing, between: [2.5, 14] });
  return {
    ...onFloor,
    boxes: onFloor.boxes.map((box) => ({ ...box, low: { ...box.low, y: height - plateThickMetres } })),
  };
}
