import { CastPeople, type Manner } from "../people/cast-people.ts";
import { allRooms, roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** One to three people who behave in one of these manners. */
function fewPeople(lot: EpisodeLot, manners: readonly [Manner, ...Manner[]]): ReturnType<Scenario["stage"]> {
  const random = lot.random("cast");
  const cast = new CastPeople(lot);
  const count = 1 + random.integer(3);
  const pick = (): Manner => manners[random.integer(manners.length)]!;
  return nothingBurns({ things: Array.from({ length: count }, () => cast.person(pick())) });
}

const common = {
  family: "people",
  kind: "nuisance",
  shows: "none",
  source: "Facts 4.8: skin 30 to 36 °C, clothing 24 to 30 °C, moving; CO2 0.0052 l/s a head (facts 4.4).",
  isHotProcess: false,
  shortestSeconds: 90,
  longestSeconds: 240,
} as const;

/** People alone or in twos and threes. */
export const peopleScenarios: readonly Scenario[] = [
  {
    ...common,
    name: "people-come-and-go",
    title: "One to three people come in, look around, bend down for something and leave.",
    rooms: allRooms,
    stage: (lot) => fewPeople(lot, ["visits", "passes"]),
  },
  {
    ...common,
    name: "people-at-work",
    title: "One to three people sit at desks or stand at benches and get up now and then.",
    rooms: [
      roomTemplates.office,
      roomTemplates.workshop,
      roomTemplates.kitchen,
      roomTemplates.hall,
      roomTemplates.canteen,
      roomTemplates.livingRoom,
    ],
    stage: (lot) => fewPeople(lot, ["works", "works", "roams"]),
  },
  {
    ...common,
    name: "children-at-play",
    title: "Children run about a room, a grown person with them.",
    rooms: [roomTemplates.livingRoom, roomTemplates.corridor, roomTemplates.canteen],
    stage(lot) {
      const random = lot.random("cast");
      const cast = new CastPeople(lot);
      const children = 1 + random.integer(4);
      return nothingBurns({
        things: [
          cast.person(random.uniform() < 0.5 ? "works" : "roams"),
          ...Array.from({ length: children }, () => cast.person("plays", { who: "child" })),
        ],
      });
    },
  },
];
