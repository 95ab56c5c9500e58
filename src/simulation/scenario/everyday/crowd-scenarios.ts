import type { SceneThing } from "../../scene/scene-thing.ts";
import { CastPeople } from "../people/cast-people.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { EpisodeLot, Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

const crowdMax = 30;
/** A crowd has at least this much floor a head. */
const squareMetresEach = 1.6;

function crowdSize(lot: EpisodeLot): number {
  const { leftX, rightX, depth } = lot.room.space;
  const most = Math.min(crowdMax, Math.floor(((rightX - leftX) * depth) / squareMetresEach));
  return Math.max(5, Math.round(lot.random("crowd").between(0.35, 1) * most));
}

/** Groups of two to six around different places. */
function groups(lot: EpisodeLot, cast: CastPeople, gatherSeconds: number): readonly SceneThing[] {
  const random = lot.random("groups");
  const things: SceneThing[] = [];
  for (let left = crowdSize(lot); left > 0; ) {
    const count = Math.min(left, 2 + random.integer(5));
    const middle = cast.places.spots[random.integer(cast.places.spots.length)]!;
    things.push(...cast.group(middle, { count, gatherSeconds }));
    left -= count;
  }
  return things;
}

const common = {
  family: "crowd",
  kind: "nuisance",
  shows: "none",
  source: "Facts 4.8 for warmth, 4.4 for CO2 a head; at least 1.6 m² a head (assumed).",
  isHotProcess: false,
  shortestSeconds: 90,
  longestSeconds: 240,
} as const;

/** Crowds of up to thirty. */
export const crowdScenarios: readonly Scenario[] = [
  {
    ...common,
    name: "crowd-gathers",
    title: "A crowd comes in through the doors and stands in groups.",
    rooms: [roomTemplates.canteen, roomTemplates.hall, roomTemplates.office, roomTemplates.livingRoom],
    stage: (lot) => nothingBurns({ things: groups(lot, new CastPeople(lot), 0.6 * lot.seconds) }),
  },
  {
    ...common,
    name: "crowd-stands",
    title: "A crowd that stands in groups from the beginning, with some walking between.",
    rooms: [roomTemplates.canteen, roomTemplates.hall, roomTemplates.warehouse],
    stage(lot) {
      const cast = new CastPeople(lot);
      const walking = lot.random("cast").integer(4);
      return nothingBurns({
        things: [...groups(lot, cast, 0), ...Array.from({ length: walking }, () => cast.person("roams"))],
      });
    },
  },
  {
    ...common,
    name: "crowd-passes",
    title: "Many people pass through, one after the other.",
    rooms: [roomTemplates.corridor, roomTemplates.hall, roomTemplates.canteen],
    stage(lot) {
      const cast = new CastPeople(lot);
      return nothingBurns({ things: Array.from({ length: crowdSize(lot) }, () => cast.person("passes")) });
    },
  },
  {
    ...common,
    name: "crowd-eats",
    title: "A canteen full of people at the tables, some with trays on their way.",
    rooms: [roomTemplates.canteen],
    stage(lot) {
      const cast = new CastPeople(lot);
      const seated = Math.min(crowdMax - 4, cast.places.seats.length);
      return nothingBurns({
        things: [
          ...Array.from({ length: Math.max(4, seated) }, () => cast.person("works")),
          ...Array.from({ length: 3 }, () => cast.person("visits")),
        ],
      });
    },
  },
];
