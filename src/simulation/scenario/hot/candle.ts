import { Candles } from "../../scene/hot/candles.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { surfaceSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** One to four candles on a table. */
export const candle: Scenario = {
  name: "candle",
  family: "candle",
  kind: "nuisance",
  shows: "none",
  title: "Candles burn on a table: flames of a pixel or two that flicker.",
  source: "Facts §4.8: 1 to 2 pixels at 2 m, 5 to 10 Hz aliased [M]; §4.4: 50 to 90 W each [1].",
  isHotProcess: false,
  rooms: [roomTemplates.livingRoom, roomTemplates.office, roomTemplates.kitchen, roomTemplates.canteen],
  shortestSeconds: 120,
  longestSeconds: 600,
  stage(lot) {
    const random = lot.random("candle");
    const spot = surfaceSpot(lot, random, { kinds: ["table", "desk", "shelf", "worktop"], roomMetres: 0.12 });
    const count = 1 + random.integer(4);
    const flameMetres = random.between(0.022, 0.042);
    const candles = Array.from({ length: count }, () => {
      const heightMetres = random.between(0.03, 0.22);
      return {
        place: {
          x: spot.place.x + random.between(-0.1, 0.1),
          y: spot.place.y + heightMetres,
          z: spot.place.z + random.between(-0.1, 0.1),
        },
        radiusMetres: random.between(0.01, 0.035),
        heightMetres,
        flameMetres: flameMetres * random.between(0.85, 1.15),
      };
    });
    const flames = new Candles({
      candles,
      burning: drawOnTimes(random, {
        seconds: lot.seconds,
        onSeconds: [120, 3600],
        offSeconds: [60, 600],
        alreadyOnShare: 0.5,
      }),
      kilowattsEach: random.between(0.05, 0.09),
      // Soot in a candle is dense where it glows; within the range of sooty flames and above it (assumed).
      absorptionPerMetre: random.between(4, 14),
      random,
    });
    return hotStaging({ spot, things: [flames], hotPlaces: [] });
  },
};
