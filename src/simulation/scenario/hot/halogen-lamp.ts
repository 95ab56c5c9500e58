import type { Random } from "#core/random.ts";
import { HalogenLamp, type HalogenLampOptions } from "../../scene/hot/halogen-lamp.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario, Staging } from "../scenario.ts";
import { standingSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** Halogen spots in the ceiling, or a floodlight on a stand. */
export const halogenLamp: Scenario = {
  name: "halogen-lamp",
  family: "halogen",
  kind: "nuisance",
  shows: "none",
  title: "Halogen lamps are switched on: spots under the ceiling or a floodlight on a stand.",
  source: "Facts §4.8: incandescent and halogen lamps 80 to 250 °C, fixed [M]; sizes and powers assumed.",
  isHotProcess: false,
  rooms: [
    roomTemplates.office,
    roomTemplates.livingRoom,
    roomTemplates.kitchen,
    roomTemplates.workshop,
    roomTemplates.garage,
    roomTemplates.warehouse,
    roomTemplates.hall,
  ],
  shortestSeconds: 120,
  longestSeconds: 480,
  stage(lot) {
    const random = lot.random("lamp");
    return random.uniform() < 0.5 ? stageSpots(lot, random) : stageFloodlight(lot, random);
  },
};

function switched(lot: EpisodeLot, random: Random): Pick<HalogenLampOptions, "onTimes" | "ambientCelsius"> {
  return {
    onTimes: drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [60, 1800],
      offSeconds: [30, 300],
      alreadyOnShare: 0.4,
    }),
    ambientCelsius: lot.climate.insideCelsius,
  };
}

/** A row of spots under the ceiling that one switch turns on; none is hotter than its neighbour by chance alone. */
function stageSpots(lot: EpisodeLot, random: Random): Staging {
  const { space, farthestMetres } = lot.room;
  const common = switched(lot, random);
  const celsius = random.between(80, 200);
  const count = 2 + random.integer(4);
  const z = space.camera.position.z + Math.min(0.9 * space.depth, farthestMetres) * random.between(0.7, 1);
  const things = Array.from({ length: count }, (_, k) => {
    const x = space.leftX + ((k + 0.5) / count) * (space.rightX - space.leftX);
    return new HalogenLamp({
      ...common,
      place: { x, y: Math.min(space.height, 3) - 0.02, z: Math.min(space.depth - 0.2, z) },
      radiusMetres: random.between(0.025, 0.055),
      shines: "down",
      celsius: celsius * random.between(0.9, 1.1),
      kilowatts: random.between(0.02, 0.05),
    });
  });
  return hotStaging({ spot: { place: things[0]!.place, boxes: [] }, things, hotPlaces: [] });
}

function stageFloodlight(lot: EpisodeLot, random: Random): Staging {
  const height = random.between(0.6, 1.7);
  const standing = { name: "lamp-stand", halfWidth: 0.03, halfDepth: 0.03, height };
  const spot = standingSpot(lot, random, { standing, between: [2.2, 12] });
  const lamp = new HalogenLamp({
    ...switched(lot, random),
    place: { ...spot.place, z: spot.place.z - 0.06 },
    radiusMetres: random.between(0.05, 0.12),
    shines: "into-the-room",
    celsius: random.between(120, 250),
    kilowatts: random.between(0.15, 0.5),
  });
  return hotStaging({ spot, things: [lamp], hotPlaces: [] });
}
