import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { basketPlan } from "./basket-plan.ts";
import { placeOnFloor } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const { office, workshop, kitchen, livingRoom, hall, corridor, canteen } = roomTemplates;

/** An office waste basket. */
export const wastebasket: Scenario = {
  name: "wastebasket",
  family: "wastebasket",
  kind: "fire",
  shows: "flaming",
  title: "Paper in a waste basket burns.",
  source:
    "Facts §4.2: office waste basket of 7 to 15 litres, 10 to 60 kW, 2 to 5 minutes [M]; growth fast, as the demo's.",
  isHotProcess: false,
  rooms: [office, workshop, kitchen, livingRoom, hall, corridor, canteen],
  shortestSeconds: 120,
  longestSeconds: 300,
  stage: (lot) => stageFire(lot, basketPlan(lot, placeOnFloor(lot).place)),
};
