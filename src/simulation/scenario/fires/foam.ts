import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { stageFloorHeap } from "./floor-heap.ts";

/** Three mats of 50 × 50 × 2 cm at 20 kg/m³. */
const matsKilograms = 3 * 0.5 * 0.5 * 0.02 * 20;

/** TF4. */
export const foam: Scenario = {
  name: "foam",
  family: "foam",
  kind: "fire",
  shows: "flaming",
  title: "Mats of polyurethane foam burn on the floor with black smoke.",
  source:
    "Test fire TF4 (facts §5.1: three mats of 50 × 50 × 2 cm, 20 kg/m³); foam GM27 of facts §4.3; peak assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 120,
  longestSeconds: 300,
  stage: (lot) =>
    stageFloorHeap(lot, {
      name: "foam-mats",
      fuel: fuels.foam,
      smoulderingFuel: smoulderingFuels.foam,
      kilograms: matsKilograms,
      widthMetres: 0.5,
      heightMetres: 0.06,
      growth: "medium",
      kindlingKilowatts: [0.3, 1.5],
      peakKilowatts: [35, 65],
      widestMetres: 0.5,
    }),
};
