import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";
import { stageSun } from "./stage-sun.ts";

const common = {
  family: "sun",
  kind: "nuisance",
  shows: "none",
  source: "Facts 4.8: 5 to 25 K over the room, moves about 15° an hour, fixed edges, no CO2.",
  isHotProcess: false,
  rooms: [
    roomTemplates.office,
    roomTemplates.livingRoom,
    roomTemplates.kitchen,
    roomTemplates.canteen,
    roomTemplates.workshop,
    roomTemplates.hall,
    roomTemplates.corridor,
  ],
  shortestSeconds: 120,
  longestSeconds: 300,
} as const;

/** Sun on floor and furniture. */
export const sunScenarios: readonly Scenario[] = [
  {
    ...common,
    name: "sun-patch",
    title: "A patch of sun lies on floor and furniture and moves on.",
    stage: (lot) => nothingBurns({ things: [stageSun(lot, { blind: false, clouds: "clear" })] }),
  },
  {
    ...common,
    name: "sun-comes-out",
    title: "The sun comes out and a patch on the floor warms up.",
    // So that most of the warming is seen.
    shortestSeconds: 240,
    longestSeconds: 480,
    stage: (lot) => nothingBurns({ things: [stageSun(lot, { blind: false, clouds: "comes-out" })] }),
  },
  {
    ...common,
    name: "sun-through-blinds",
    title: "Stripes of sun through a blind.",
    stage: (lot) => nothingBurns({ things: [stageSun(lot, { blind: true, clouds: "clear" })] }),
  },
  {
    ...common,
    name: "sun-between-clouds",
    title: "A patch of sun that comes and goes with broken clouds.",
    stage: (lot) => nothingBurns({ things: [stageSun(lot, { blind: false, clouds: "broken" })] }),
  },
];
