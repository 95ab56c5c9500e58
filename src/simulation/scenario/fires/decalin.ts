import { fuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { stagePool } from "./pool-fire.ts";

/** TF8. */
export const decalin: Scenario = {
  name: "decalin",
  family: "decalin",
  kind: "fire",
  shows: "flaming",
  title: "Decalin burns in a small tray with very black smoke.",
  source: "Test fire TF8 (facts §5.1 [M]); 170 g in a tray of 12 × 12 cm recalled from the test methods [M].",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 150,
  longestSeconds: 360,
  stage: (lot) =>
    stagePool(lot, { fuel: fuels.decalin, kilograms: 0.17, sideMetres: 0.12, spreadSeconds: 20 }),
};
