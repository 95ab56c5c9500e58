import type { Random } from "#core/random.ts";
import { HalogenLamp, type HalogenLampOptions } from "../../scene/hot/halogen-lamp.ts";
import { drawOnTimes } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import { RoomView } from "../rooms/room-view.ts";
import type { EpisodeLot, Scenario, Staging } from "../scenario.ts";
import { standingSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** Spots hang no higher than this, in halls from a rail. */
const highestMetres = 3.5;
/** Farther away they are too small to be told from the ceiling. */
const farthestSpotsMetres = 9;
const drawsMax = 12;

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
    const spots = random.uniform() < 0.5 ? spotPlaces(lot, random) : [];
    return spots.length > 0 ? stageSpots(lot, random, spots) : stageFloodlight(lot, random);
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

/** A row of places under the ceiling of which the camera sees some; none where it looks too low. */
function spotPlaces(lot: EpisodeLot, random: Random): readonly Point[] {
  const { space, farthestMetres } = lot.room;
  const view = new RoomView(space);
  const count = 2 + random.integer(4);
  for (let draws = 0; draws < drawsMax; draws += 1) {
    const away = Math.min(0.95 * space.depth, farthestSpotsMetres, farthestMetres) * random.between(0.6, 1);
    const places = Array.from({ length: count }, (_, k) => ({
      x: space.leftX + ((k + 0.5) / count) * (space.rightX - space.leftX),
      y: Math.min(space.height, highestMetres) - 0.02,
      z: Math.min(space.depth - 0.2, space.camera.position.z + away),
    }));
    if (places.some((place) => view.canSee(place))) return places;
  }
  return [];
}

/** Spots that one switch turns on; like lamps get about as hot as each other. */
function stageSpots(lot: EpisodeLot, random: Random, places: readonly Point[]): Staging {
  const common = switched(lot, random);
  const celsius = random.between(80, 200);
  const radiusMetres = random.between(0.025, 0.055);
  const things = places.map(
    (place) =>
      new HalogenLamp({
        ...common,
        place,
        radiusMetres,
        shines: "down",
        celsius: celsius * random.between(0.9, 1.1),
        kilowatts: random.between(0.02, 0.05),
      }),
  );
  return hotStaging({ spot: { place: places[0]!, boxes: [] }, things, hotPlaces: [] });
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
