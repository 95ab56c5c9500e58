import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";

/** Nothing happens but what goes on in the background. */
export const quietRoom: Scenario = {
  name: "quiet-room",
  family: "quiet",
  kind: "quiet",
  shows: "none",
  title: "A room in which nothing happens but everyday life in the background.",
  source: "Our own: the state in which a detector spends most of its life.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 60,
  longestSeconds: 180,
  stage: () => nothingBurns({ things: [] }),
};
