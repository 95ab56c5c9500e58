import { Drive } from "../../scene/everyday/drive.ts";
import { forklift } from "../../scene/everyday/forklift.ts";
import { dressedBuild } from "../../scene/people/dressed-build.ts";
import { PeoplePlaces } from "../people/people-places.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** A forklift truck drives through. */
export const forkliftDrives: Scenario = {
  name: "forklift-drives",
  family: "forklift",
  kind: "nuisance",
  shows: "none",
  title: "A forklift truck, electric or on gas, comes in, turns around and drives out, again and again.",
  source: "Facts 4.8: forklift and brake discs 80 to 400 °C, moving; gas use assumed.",
  isHotProcess: false,
  rooms: [roomTemplates.warehouse, roomTemplates.hall],
  shortestSeconds: 90,
  longestSeconds: 240,
  stage(lot) {
    const random = lot.random("forklift");
    const { insideCelsius, outsideCelsius } = lot.climate;
    const places = new PeoplePlaces(lot.room, random);
    const from = places.anyEntrance();
    const to = places.anyEntrance();
    const spot = places.nextSpot(from.inside);
    const dress = insideCelsius < 14 ? "coat" : "indoor";
    const build = dressedBuild({ who: "grown", dress, roomCelsius: insideCelsius, outsideCelsius }, random);
    const drive = new Drive({
      startSeconds: random.between(-10, 15),
      stops: [
        from.outside,
        from.inside,
        ...places.way(from.inside, spot),
        ...places.way(spot, to.inside),
        to.outside,
        { x: to.outside.x, z: to.outside.z - 4 },
      ],
      metresPerSecond: random.between(1.2, 3),
      pauseSeconds: random.between(5, 40),
    });
    const power = random.uniform() < 0.5 ? "electric" : "gas";
    return nothingBurns({
      things: [forklift({ drive, driver: build, power, roomCelsius: insideCelsius, random })],
    });
  },
};
