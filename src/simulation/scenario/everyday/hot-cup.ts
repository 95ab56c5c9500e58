import { StandingCup } from "../../scene/everyday/standing-cup.ts";
import { CastPeople } from "../people/cast-people.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** Hot drinks on the table and in the hand. */
export const hotCup: Scenario = {
  name: "hot-cup",
  family: "hot-cup",
  kind: "nuisance",
  shows: "none",
  title: "Cups of hot coffee stand on the table, and somebody walks about with one.",
  source: "Facts 4.8: cups 50 to 95 °C, cooling exponentially.",
  isHotProcess: false,
  rooms: [roomTemplates.office, roomTemplates.kitchen, roomTemplates.livingRoom, roomTemplates.canteen],
  shortestSeconds: 90,
  longestSeconds: 240,
  stage(lot) {
    const random = lot.random("cups");
    const roomCelsius = lot.climate.insideCelsius;
    const cast = new CastPeople(lot);
    const poured = (): number => random.between(-400, 0.2 * lot.seconds);
    const standing = Array.from({ length: 1 + random.integer(3) }, () => {
      const { place, halfWidthMetres, halfDepthMetres } =
        lot.room.surfaces[random.integer(lot.room.surfaces.length)]!;
      const x = place.x + random.between(-0.6, 0.6) * halfWidthMetres;
      const z = place.z + random.between(-0.6, 0.6) * halfDepthMetres;
      return new StandingCup({ place: { x, y: place.y, z }, pouredAtSeconds: poured(), roomCelsius });
    });
    const carried =
      random.uniform() < 0.7
        ? [cast.person("roams", { cup: { pouredAtSeconds: -random.between(5, 120) } })]
        : [];
    return nothingBurns({ things: [...standing, ...carried] });
  },
};
