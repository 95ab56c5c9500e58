import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { stageFloorHeap } from "./floor-heap.ts";

/** 70 sticks of 10 × 20 × 250 mm at 700 kg/m³. */
const sticksKilograms = 70 * 0.01 * 0.02 * 0.25 * 700;

/** TF1. */
export const woodCrib: Scenario = {
  name: "wood-crib",
  family: "wood-crib",
  kind: "fire",
  shows: "flaming",
  title: "A crib of beech sticks burns openly on the floor.",
  source:
    "Test fire TF1 (facts §5.1 [M]: 70 sticks); wood of facts §4.3; medium growth, peak 60 to 110 kW assumed.",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 150,
  longestSeconds: 360,
  stage: (lot) =>
    stageFloorHeap(lot, {
      name: "wood-crib",
      fuel: fuels.wood,
      smoulderingFuel: smoulderingFuels.wood,
      kilograms: sticksKilograms,
      widthMetres: 0.25,
      heightMetres: 0.14,
      growth: "medium",
      kindlingKilowatts: [1, 3],
      peakKilowatts: [60, 110],
      widestMetres: 0.32,
    }),
};
