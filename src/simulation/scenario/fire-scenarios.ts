import { bearing } from "./fires/bearing.ts";
import { besideSun } from "./fires/beside-sun.ts";
import { cabinet } from "./fires/cabinet.ts";
import { chair } from "./fires/chair.ts";
import { decalin } from "./fires/decalin.ts";
import { duringFfc } from "./fires/during-ffc.ts";
import { foam } from "./fires/foam.ts";
import { furniture } from "./fires/furniture.ts";
import { greasePan } from "./fires/grease-pan.ts";
import { heptane } from "./fires/heptane.ts";
import { hidden } from "./fires/hidden.ts";
import { inHotZone } from "./fires/in-hot-zone.ts";
import { lithiumIonPack } from "./fires/lithium-ion-pack.ts";
import { occluded } from "./fires/occluded.ts";
import { selfHeating } from "./fires/self-heating.ts";
import { smoulderingCotton } from "./fires/smouldering-cotton.ts";
import { smoulderingWood } from "./fires/smouldering-wood.ts";
import { spirits } from "./fires/spirits.ts";
import { wastebasket } from "./fires/wastebasket.ts";
import { woodCrib } from "./fires/wood-crib.ts";
import type { Scenario } from "./scenario.ts";

/** Fires: the test fires after EN 54, things that burn in rooms, and what is hard to see. */
export const fireScenarios: readonly Scenario[] = [
  woodCrib,
  smoulderingWood,
  smoulderingCotton,
  foam,
  heptane,
  spirits,
  decalin,
  wastebasket,
  chair,
  furniture,
  greasePan,
  cabinet,
  lithiumIonPack,
  bearing,
  selfHeating,
  occluded,
  hidden,
  besideSun,
  inHotZone,
  duringFfc,
];
