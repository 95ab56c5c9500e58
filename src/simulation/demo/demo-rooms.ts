import type { Climate } from "../scenario/climate.ts";
import { CastPeople } from "../scenario/people/cast-people.ts";
import { roomTemplates } from "../scenario/rooms/room-templates.ts";
import type { EpisodeLot } from "../scenario/scenario.ts";
import type { RoomTemplate } from "../scenario/staged-room.ts";
import { StandingCup } from "../scene/everyday/standing-cup.ts";
import { TableKettle } from "../scene/everyday/table-kettle.ts";
import type { SceneThing } from "../scene/scene-thing.ts";

/** What kind of room it is: an office with people in it, or a workshop with nobody. */
export type DemoRoomKind = "occupied" | "workshop";

/** A room of the demo: how it is built, its air, and what goes on in it for as long as somebody looks. */
export interface DemoRoom {
  readonly template: RoomTemplate;
  readonly climate: Climate;
  stageLife(lot: EpisodeLot): readonly SceneThing[];
}

const weather = { outsideCelsius: 8, outdoorCo2Ppm: 425, hourOfDay: 10 } as const;

/** The kettle is switched on, and the cup filled, so often. */
const kettleEverySeconds = 25 * 60;
const cupEverySeconds = 40 * 60;

/** The demo's two rooms. */
export const demoRooms: Readonly<Record<DemoRoomKind, DemoRoom>> = {
  occupied: {
    template: roomTemplates.office,
    climate: { ...weather, insideCelsius: 21.8, humidityPercent: 42, co2Ppm: 640 },
    stageLife(lot) {
      const cast = new CastPeople(lot);
      return [...hotDrinks(lot), cast.person("works"), cast.person("visits")];
    },
  },
  workshop: {
    template: roomTemplates.workshop,
    climate: { ...weather, insideCelsius: 19, humidityPercent: 47, co2Ppm: 440 },
    stageLife: () => [],
  },
};

/** A kettle that boils now and then, and a cup that somebody keeps filling. */
function hotDrinks(lot: EpisodeLot): readonly SceneThing[] {
  const random = lot.random("hot-drinks");
  const roomCelsius = lot.climate.insideCelsius;
  const { surfaces } = lot.room;
  const place = surfaces[random.integer(surfaces.length)]!.place;
  const beside = surfaces[random.integer(surfaces.length)]!;
  return [
    new TableKettle({
      place,
      onAtSeconds: random.between(30, 300),
      everySeconds: kettleEverySeconds,
      roomCelsius,
      random: lot.random("steam"),
    }),
    new StandingCup({
      place: { ...beside.place, x: beside.place.x + 0.5 * beside.halfWidthMetres },
      pouredAtSeconds: -random.between(60, 600),
      everySeconds: cupEverySeconds,
      roomCelsius,
    }),
  ];
}
