import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";
import { stageHvac } from "./stage-hvac.ts";

const common = {
  family: "hvac",
  kind: "nuisance",
  shows: "none",
  source: "Facts 4.8: supply grille −5 to 50 °C, cyclic; washed surfaces follow slowly (assumed).",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 120,
  longestSeconds: 300,
} as const;

/** Ventilation that blows in gusts. */
export const hvacScenarios: readonly Scenario[] = [
  {
    ...common,
    name: "hvac-hot",
    title: "A grille blows hot air in gusts and warms what it reaches.",
    stage: (lot) => nothingBurns(stageHvac(lot, "hot")),
  },
  {
    ...common,
    name: "hvac-cold",
    title: "A grille blows cold air in gusts and cools what it reaches.",
    stage: (lot) => nothingBurns(stageHvac(lot, "cold")),
  },
];
