import { fuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { stagePool } from "./pool-fire.ts";

/** TF6. */
export const spirits: Scenario = {
  name: "spirits",
  family: "spirits",
  kind: "fire",
  shows: "flaming",
  title: "Methylated spirits burn in a tray with a clean flame that hardly shows.",
  source:
    "Test fire TF6 (facts §5.1 [M]: about 2 kg in a tray of 43.5 × 43.5 cm): the hard case for a thermal camera.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 120,
  longestSeconds: 300,
  stage: (lot) => stagePool(lot, { fuel: fuels.ethanol, kilograms: 2, sideMetres: 0.435, spreadSeconds: 15 }),
};
