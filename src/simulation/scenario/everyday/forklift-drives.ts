import type { Random } from "#core/random.ts";
import { Drive } from "../../scene/everyday/drive.ts";
import { forklift } from "../../scene/everyday/forklift.ts";
import type { FloorPlace } from "../../scene/itinerary.ts";
import { dressedBuild } from "../../scene/people/dressed-build.ts";
import { FloorWays } from "../people/floor-ways.ts";
import { type Entrance, PeoplePlaces } from "../people/people-places.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, FloorArea, Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** A truck with its load is out of view this many times as far behind the wall as a person. */
const lengthsBeyond = 3;
/** Half of a truck's width and what its driver leaves free beside furniture. */
const truckClearanceMetres = 0.75;
/** Half of the lane that people leave free: half of a truck's length and more. */
const laneHalfWidthMetres = 1.2;
const drawsMax = 30;

function beyond({ inside, outside }: Entrance): FloorPlace {
  return {
    x: inside.x + lengthsBeyond * (outside.x - inside.x),
    z: inside.z + lengthsBeyond * (outside.z - inside.z),
  };
}

/** A place on the floor that a truck can reach; any where the room has none. */
function placeFor(lot: EpisodeLot, random: Random, ways: FloorWays, from: FloorPlace): FloorPlace {
  let place = lot.room.floorPlace(random.between(4, lot.room.farthestMetres), random);
  for (let draws = 1; draws < drawsMax && ways.way(from, place) === null; draws += 1)
    place = lot.room.floorPlace(random.between(4, lot.room.farthestMetres), random);
  return place;
}

/** In by one entrance, to where it picks up and puts down, and out by an entrance. */
function roundOf(lot: EpisodeLot, random: Random): readonly FloorPlace[] {
  const places = new PeoplePlaces(lot.room, random);
  const ways = new FloorWays(lot.room.space, { clearanceMetres: truckClearanceMetres, keepOff: [] });
  const from = places.entrances[random.integer(places.entrances.length)]!;
  const to = places.entrances[random.integer(places.entrances.length)]!;
  const pick = placeFor(lot, random, ways, from.inside);
  const drop = placeFor(lot, random, ways, pick);
  const way = (one: FloorPlace, other: FloorPlace) => ways.way(one, other) ?? [other];
  return [
    beyond(from),
    from.inside,
    ...way(from.inside, pick),
    ...way(pick, drop),
    ...way(drop, to.inside),
    beyond(to),
  ];
}

/** The lane of one leg, as areas one after the other. */
function along(from: FloorPlace, to: FloorPlace): readonly FloorArea[] {
  const count = Math.ceil(Math.hypot(to.x - from.x, to.z - from.z) / laneHalfWidthMetres) + 1;
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0 : i / (count - 1);
    const x = from.x + share * (to.x - from.x);
    const z = from.z + share * (to.z - from.z);
    return {
      low: { x: x - laneHalfWidthMetres, z: z - laneHalfWidthMetres },
      high: { x: x + laneHalfWidthMetres, z: z + laneHalfWidthMetres },
    };
  });
}

/** A forklift truck drives through. */
export const forkliftDrives: Scenario = {
  name: "forklift-drives",
  family: "forklift",
  kind: "nuisance",
  shows: "none",
  title:
    "A forklift truck, electric or on gas, comes in, picks up and puts down, drives out, and comes again.",
  source: "Facts 4.8: forklift and brake discs 80 to 400 °C, moving; gas use assumed.",
  isHotProcess: false,
  rooms: [roomTemplates.warehouse, roomTemplates.hall],
  shortestSeconds: 90,
  longestSeconds: 240,
  stage(lot) {
    const random = lot.random("forklift");
    const { insideCelsius, outsideCelsius } = lot.climate;
    const stops = roundOf(lot, random);
    const dress = insideCelsius < 14 ? "coat" : "indoor";
    const build = dressedBuild({ who: "grown", dress, roomCelsius: insideCelsius, outsideCelsius }, random);
    const drive = new Drive({
      startSeconds: random.between(-10, 15),
      stops,
      metresPerSecond: random.between(1.2, 3),
      standSeconds: random.between(0.5, 8),
      pauseSeconds: random.between(5, 25),
    });
    const power = random.uniform() < 0.5 ? "electric" : "gas";
    return nothingBurns({
      keepOff: stops.slice(1).flatMap((stop, i) => along(stops[i]!, stop)),
      things: [forklift({ drive, driver: build, power, roomCelsius: insideCelsius, random })],
    });
  },
};
