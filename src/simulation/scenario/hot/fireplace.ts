import { Attendant } from "../../scene/hot/attendant.ts";
import { Fireplace } from "../../scene/hot/fireplace.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import type { SceneThing } from "../../scene/scene-thing.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { wallSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** A wood fire in a fireplace or behind the pane of a stove. */
export const fireplace: Scenario = {
  name: "fireplace",
  family: "fireplace",
  kind: "nuisance",
  shows: "none",
  title: "A wood fire burns in a fireplace or a stove for hours: a real fire in its place.",
  source: "Facts §4.8: as fire, needs a zone [M]; wood 96 g CO2/MJ (§4.3); size, chimney and pane assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.livingRoom, roomTemplates.canteen],
  shortestSeconds: 240,
  longestSeconds: 900,
  stage(lot) {
    const random = lot.random("fireplace");
    const front = random.uniform() < 0.7 ? "open" : "glass";
    const halfWidth = front === "open" ? random.between(0.25, 0.45) : random.between(0.18, 0.28);
    const height = front === "open" ? random.between(0.45, 0.75) : random.between(0.3, 0.45);
    const hearth = front === "open" ? random.between(0.05, 0.35) : random.between(0.4, 0.7);
    const standing = {
      name: "fireplace",
      halfWidth: halfWidth + 0.2,
      halfDepth: 0.25,
      height: Math.min(hearth + height + random.between(0.3, 0.7), lot.room.space.height - 0.3),
    };
    const spot = wallSpot(lot, random, standing);
    const place = { ...spot.place, y: hearth, z: spot.place.z - 0.005 };
    const { insideCelsius } = lot.climate;
    const things: SceneThing[] = [
      new Fireplace({
        place,
        halfWidth,
        height,
        front,
        kilowatts: random.between(6, 18),
        tongues: 2 + random.integer(3),
        absorptionPerMetre: random.between(1.5, 5),
        emberCelsius: random.between(450, 700),
        burning: drawOnTimes(random, {
          seconds: lot.seconds,
          onSeconds: [1800, 10_000],
          offSeconds: [600, 3000],
          alreadyOnShare: 0.75,
        }),
        indoorShare: random.between(0.01, 0.08),
        ambientCelsius: insideCelsius,
        random,
      }),
    ];
    if (random.uniform() < 0.4)
      things.push(
        new Attendant({
          ...workSpot(lot, random, {
            boxes: spot.boxes,
            at: place,
            aside: random.between(0.4, 0.9),
            before: random.between(0.5, 1),
          }),
          stays: drawOnTimes(random, {
            seconds: lot.seconds,
            onSeconds: [10, 60],
            offSeconds: [60, 400],
            alreadyOnShare: 0.2,
          }),
          crouch: 0.5,
          handAt: () => ({ x: place.x, y: place.y + 0.3, z: place.z - 0.3 }),
          ambientCelsius: insideCelsius,
          random,
        }),
      );
    const hotPlace = expectedHeat(lot, random, {
      name: "fireplace",
      low: { x: place.x - halfWidth - 0.25, y: 0, z: place.z - 0.4 },
      high: { x: place.x + halfWidth + 0.25, y: place.y + height + 0.25, z: place.z + 0.4 },
      usualCelsius: 850,
      usualSquareMetres: 2.4 * halfWidth * height,
    });
    return hotStaging({ spot, things, hotPlaces: [hotPlace] });
  },
};
