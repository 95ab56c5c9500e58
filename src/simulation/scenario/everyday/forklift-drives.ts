import { Drive } from "../../scene/everyday/drive.ts";
import { forklift } from "../../scene/everyday/forklift.ts";
import type { FloorPlace } from "../../scene/itinerary.ts";
import { dressedBuild } from "../../scene/people/dressed-build.ts";
import { type Entrance, PeoplePlaces } from "../people/people-places.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** A truck with its load is out of view this many times as far behind the wall as a person. */
const lengthsBeyond = 3;

function beyond({ inside, outside }: Entrance): FloorPlace {
  return {
    x: inside.x + lengthsBeyond * (outside.x - inside.x),
    z: inside.z + lengthsBeyond * (outside.z - inside.z),
  };
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
    const places = new PeoplePlaces(lot.room, random);
    const from = places.anyEntrance(random);
    const to = places.anyEntrance(random);
    const pick = lot.room.floorPlace(random.between(4, lot.room.farthestMetres), random);
    const drop = lot.room.floorPlace(random.between(4, lot.room.farthestMetres), random);
    const dress = insideCelsius < 14 ? "coat" : "indoor";
    const build = dressedBuild({ who: "grown", dress, roomCelsius: insideCelsius, outsideCelsius }, random);
    const drive = new Drive({
      startSeconds: random.between(-10, 15),
      stops: [
        beyond(from),
        from.inside,
        ...places.way(from.inside, pick),
        ...places.way(pick, drop),
        ...places.way(drop, to.inside),
        beyond(to),
      ],
      metresPerSecond: random.between(1.2, 3),
      standSeconds: random.between(0.5, 8),
      pauseSeconds: random.between(5, 25),
    });
    const power = random.uniform() < 0.5 ? "electric" : "gas";
    return nothingBurns({
      things: [forklift({ drive, driver: build, power, roomCelsius: insideCelsius, random })],
    });
  },
};
