import { plainOffice } from "./plain-office.ts";
import type { Scenario } from "./scenario.ts";

/** Everyday life without anything hotter than a radiator. */
export const everydayScenarios: readonly Scenario[] = [
  {
    name: "quiet-room",
    family: "quiet",
    kind: "quiet",
    shows: "none",
    title: "A room in which nothing happens.",
    source: "Our own: the state in which a detector spends most of its life.",
    isHotProcess: false,
    rooms: [plainOffice],
    shortestSeconds: 60,
    longestSeconds: 180,
    stage: () => ({ boxes: [], things: [], fire: null, hotPlaces: [], cameraEvents: [] }),
  },
];
