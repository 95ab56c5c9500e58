import { Attendant } from "../../scene/hot/attendant.ts";
import { CharcoalGrill } from "../../scene/hot/charcoal-grill.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { standingSpot, workSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** A charcoal grill under a hood or in an open hall. */
export const charcoalGrill: Scenario = {
  name: "charcoal-grill",
  family: "fireplace",
  kind: "nuisance",
  shows: "none",
  title: "Meat grills over glowing charcoal, and fat that drips flares up.",
  source: "Facts §4.8: barbecue as fire, needs a zone [M]; coals, flares and hood assumed.",
  isHotProcess: true,
  rooms: [roomTemplates.canteen, roomTemplates.hall, roomTemplates.garage],
  shortestSeconds: 120,
  longestSeconds: 480,
  stage(lot) {
    const random = lot.random("grill");
    const halfWidth = random.between(0.2, 0.45);
    const halfDepth = random.between(0.15, 0.25);
    const standing = {
      name: "grill",
      halfWidth: halfWidth + 0.03,
      halfDepth: halfDepth + 0.03,
      height: 0.85,
    };
    const spot = standingSpot(lot, random, { standing, between: [2.2, 12] });
    const place = { ...spot.place, y: 0.87 };
    const { insideCelsius } = lot.climate;
    const coalCelsius = random.between(300, 560);
    const grill = new CharcoalGrill({
      place,
      halfWidth,
      halfDepth,
      coalCelsius,
      kilowatts: random.between(2, 8),
      flares: drawOnTimes(random, {
        seconds: lot.seconds,
        onSeconds: [0.8, 8],
        offSeconds: [6, 90],
        alreadyOnShare: 0,
      }),
      flareKilowatts: random.between(1, 6),
      pieces: random.integer(7),
      indoorShare: random.between(0.05, 0.5),
      random,
    });
    const cook = new Attendant({
      ...workSpot(lot, random, {
        boxes: spot.boxes,
        at: place,
        aside: random.between(0.3, 0.7),
        before: random.between(-0.6, 0.5),
      }),
      stays: drawOnTimes(random, {
        seconds: lot.seconds,
        onSeconds: [20, 200],
        offSeconds: [10, 120],
        alreadyOnShare: 0.6,
      }),
      crouch: 0,
      handAt: (seconds) => ({
        x: place.x + 0.15 * Math.sin(0.8 * seconds),
        y: place.y + 0.25,
        z: place.z,
      }),
      ambientCelsius: insideCelsius,
      random,
    });
    const hotPlace = expectedHeat(lot, random, {
      name: "grill",
      low: { x: place.x - halfWidth - 0.15, y: 0.7, z: place.z - halfDepth - 0.15 },
      high: { x: place.x + halfWidth + 0.15, y: place.y + 0.55, z: place.z + halfDepth + 0.15 },
      usualCelsius: 800,
      // The coals as seen from above at a slant, and a flare.
      usualSquareMetres: 2.4 * halfWidth * halfDepth + 0.05,
    });
    return hotStaging({ spot, things: [grill, cook], hotPlaces: [hotPlace] });
  },
};
