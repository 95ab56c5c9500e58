import { fuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { stagePool } from "./pool-fire.ts";

/** TF5. */
export const heptane: Scenario = {
  name: "heptane",
  family: "heptane",
  kind: "fire",
  shows: "flaming",
  title: "Heptane burns in a tray.",
  source: "Test fire TF5 (facts §5.1 [M]: 650 g n-heptane in a tray of 33 × 33 cm).",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 90,
  longestSeconds: 240,
  stage: (lot) =>
    stagePool(lot, { fuel: fuels.heptane, kilograms: 0.65, sideMetres: 0.33, spreadSeconds: 8 }),
};
