import { nothingBurns } from "../everyday/nothing-burns.ts";
import { CastPeople } from "../people/cast-people.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { CameraEvent, EpisodeLot, Scenario } from "../scenario.ts";

/** The camera corrects itself about this often here, far more often than the three minutes of everyday life. */
const shortestGapSeconds = 12;
const longestGapSeconds = 40;

function corrections(lot: EpisodeLot): readonly CameraEvent[] {
  const random = lot.random("corrections");
  const events: CameraEvent[] = [];
  for (
    let atSeconds = random.between(4, longestGapSeconds);
    atSeconds < lot.seconds;
    atSeconds += random.between(shortestGapSeconds, longestGapSeconds)
  )
    events.push({ kind: "ffc", atSeconds });
  return events;
}

const common = {
  family: "ffc",
  kind: "nuisance",
  shows: "none",
  source: "Facts 1.9: pictures frozen for 0.88 s, then a step of the whole picture and a new fixed pattern.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 90,
  longestSeconds: 180,
} as const;

/** Corrections of the camera while hardly anything moves, and while people are sure to. */
export const flatFieldCorrections: readonly Scenario[] = [
  {
    ...common,
    name: "ffc-still",
    title:
      "The camera corrects itself again and again before a room in which nothing happens but everyday life in the background.",
    stage: (lot) => ({ ...nothingBurns({ things: [] }), cameraEvents: corrections(lot) }),
  },
  {
    ...common,
    name: "ffc-motion",
    title: "The camera corrects itself again and again while people move: after each they are elsewhere.",
    stage(lot) {
      const cast = new CastPeople(lot);
      return {
        ...nothingBurns({ things: [cast.person("roams"), cast.person("visits")] }),
        cameraEvents: corrections(lot),
      };
    },
  },
];
