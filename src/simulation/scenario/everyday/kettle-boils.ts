import { TableKettle } from "../../scene/everyday/table-kettle.ts";
import { CastPeople } from "../people/cast-people.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** A kettle comes to the boil. */
export const kettleBoils: Scenario = {
  name: "kettle-boils",
  family: "kettle",
  kind: "nuisance",
  shows: "none",
  title: "A kettle is switched on, boils, steams, switches itself off and cools.",
  source: "Facts 4.8: surfaces 50 to 95 °C, cooling exponentially; 2.2 kW for a litre.",
  isHotProcess: false,
  rooms: [roomTemplates.kitchen, roomTemplates.office, roomTemplates.canteen, roomTemplates.workshop],
  shortestSeconds: 200,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("kettle");
    const { place } = lot.room.surfaces[random.integer(lot.room.surfaces.length)]!;
    const kettle = new TableKettle({
      place,
      onAtSeconds: random.between(1, lot.seconds - 165),
      roomCelsius: lot.climate.insideCelsius,
      random: lot.random("steam"),
    });
    const somebody = random.uniform() < 0.7 ? [new CastPeople(lot).person("visits")] : [];
    return nothingBurns({ things: [kettle, ...somebody] });
  },
};
