import { blowTorch } from "./hot/blow-torch.ts";
import { candle } from "./hot/candle.ts";
import { charcoalGrill } from "./hot/charcoal-grill.ts";
import { cigarette } from "./hot/cigarette.ts";
import { electricStove } from "./hot/electric-stove.ts";
import { fanHeater } from "./hot/fan-heater.ts";
import { fireplace } from "./hot/fireplace.ts";
import { gasStove } from "./hot/gas-stove.ts";
import { grinding } from "./hot/grinding.ts";
import { hairDryer } from "./hot/hair-dryer.ts";
import { halogenLamp } from "./hot/halogen-lamp.ts";
import { ovenDoor } from "./hot/oven-door.ts";
import { oxyCutting } from "./hot/oxy-cutting.ts";
import { steam } from "./hot/steam.ts";
import { welding } from "./hot/welding.ts";
import type { Scenario } from "./scenario.ts";

/** Hot things that are no fire, and real fire in its place. */
export const hotThingScenarios: readonly Scenario[] = [
  fanHeater,
  electricStove,
  gasStove,
  ovenDoor,
  hairDryer,
  halogenLamp,
  welding,
  grinding,
  candle,
  fireplace,
  charcoalGrill,
  cigarette,
  steam,
  blowTorch,
  oxyCutting,
];
