import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { basketPlan } from "./basket-plan.ts";
import { placeOnFloor } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

const { office, workshop, livingRoom, hall, corridor } = roomTemplates;

/** Ignition while the shutter is closed. */
export const duringFfc: Scenario = {
  name: "ignition-during-ffc",
  family: "wastebasket",
  kind: "fire",
  shows: "flaming",
  title:
    "A waste basket is lit just when the camera closes its shutter to correct itself, and once more soon after.",
  source: "Waste basket of facts §4.2 [M]; flat-field correction of facts §1.9.",
  isHotProcess: false,
  rooms: [office, workshop, livingRoom, hall, corridor],
  shortestSeconds: 120,
  longestSeconds: 300,
  stage(lot) {
    const random = lot.random("ffc");
    const staging = stageFire(lot, basketPlan(lot, placeOnFloor(lot).place));
    const first = Math.max(0, lot.igniteAtSeconds + random.between(-0.5, 1));
    return {
      ...staging,
      cameraEvents: [
        { kind: "ffc", atSeconds: first },
        { kind: "ffc", atSeconds: first + random.between(8, 30) },
      ],
    };
  },
};
