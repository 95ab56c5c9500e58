import type { Random } from "#core/random.ts";
import { nothingBurns } from "../everyday/nothing-burns.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";

/** How warm what is put before the lens looks: a hand, or a cloth, box or tape as warm as the room. */
function coverCelsius(roomCelsius: number, random: Random): number {
  return random.uniform() < 0.4 ? random.between(30, 34.5) : roomCelsius + random.between(-1, 4);
}

/** Something is held or put before the lens. */
export const cameraCovered: Scenario = {
  name: "camera-covered",
  family: "camera-covered",
  kind: "nuisance",
  shows: "none",
  title: "A hand, a cloth or a box covers the lens, for seconds or until the end.",
  source: "Our own: tampering, painting, dust sheets. Facts 4.8 for the hand's 30 to 36 °C.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 90,
  longestSeconds: 180,
  stage(lot) {
    const random = lot.random("cover");
    const atSeconds = lot.seconds * random.between(0.2, 0.6);
    const stays = random.uniform() < 0.4;
    const seconds = stays ? lot.seconds : 3 * 15 ** random.uniform();
    const celsius = coverCelsius(lot.climate.insideCelsius, random);
    return {
      ...nothingBurns({ things: [] }),
      cameraEvents: [{ kind: "covered", atSeconds, seconds, celsius }],
    };
  },
};
