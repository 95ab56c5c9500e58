import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnTop, raised } from "./fire-places.ts";
import { panPlan } from "./pan-plan.ts";
import { stageFire } from "./stage-fire.ts";

/** A portable hob of one plate, as it is put on any table (its measures are assumed). */
const hobMetres = { width: 0.34, height: 0.07 };

/** Oil in a pan. */
export const greasePan: Scenario = {
  name: "grease-pan",
  family: "grease-pan",
  kind: "fire",
  shows: "flaming",
  title: "Oil in a pan that is forgotten on a portable hob heats up until it catches fire by itself.",
  source: "Facts §4.2: auto-ignition after 309 ± 81 s at 406 to 435 °C, 300 to 600 kW/m² [1].",
  isHotProcess: false,
  rooms: [roomTemplates.kitchen, roomTemplates.canteen, roomTemplates.livingRoom],
  shortestSeconds: 600,
  longestSeconds: 900,
  ignition: [0.1, 0.35],
  stage(lot) {
    const { place, boxes } = placeOnTop(lot, ["worktop", "table"]);
    const top = raised(place, hobMetres.height);
    const hob = boxUnder(lot, "hob", { top, ...hobMetres });
    return stageFire(lot, panPlan(lot, { top, boxes: [...boxes, hob] }));
  },
};
