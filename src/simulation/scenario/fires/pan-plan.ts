import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { TimeCurve } from "../../fire/time-curve.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import type { EpisodeLot } from "../scenario.ts";
import { boxUnder, raised } from "./fire-places.ts";
import { burningBox, type FirePlan } from "./stage-fire.ts";

/** Auto-ignition after 309 ± 81 s on a cooktop turned full up, at 406 to 435 °C (facts §4.2 [1]). */
const meanHeatingSeconds = 309;
const heatingDeviation = 81;
const shortestHeatingSeconds = 150;
const panHeightMetres = 0.08;
/** Frying is done at 150 to 230 °C; beyond this, oil smokes and goes on to ignite (smoke points 200 to 250 °C [M]). */
const overheatedCelsius = 250;
/** Oil smokes from about this share of its way to ignition; the vapour shows a little. */
const smokingShare = 0.7;

/** A pan of oil that is forgotten on a stove whose top has its middle at a place; ignition is when the stove is on. */
export function panPlan(
  lot: EpisodeLot,
  stove: { readonly top: Point; readonly boxes: readonly RoomBox[] },
): FirePlan {
  const random = lot.random("pan");
  const width = random.between(0.2, 0.3);
  const base = raised(stove.top, panHeightMetres);
  const pan = boxUnder(lot, "pan", { top: base, width, height: panHeightMetres });
  const drawn = meanHeatingSeconds + heatingDeviation * random.normal();
  // The scatter is that of the measurements: how fast the flames grow has no part in it.
  const heatingSeconds = Math.max(shortestHeatingSeconds, drawn);
  const ignitionExcess = random.between(406, 435) - lot.climate.insideCelsius;
  const area = (Math.PI * width ** 2) / 4;
  const kilograms = random.between(0.15, 0.6);
  const flame = heatReleaseOf({
    growth: growthKilowattsPerSquareSecond["ultra-fast"] * lot.variation.growthFactor,
    kindlingKilowatts: 1,
    // 300 to 600 kW/m², and more where fat runs over.
    peakKilowatts: area * random.between(300, 700),
    fuelKilojoules: kilograms * fuels.cookingOil.heatOfCombustionKilojoulesPerKilogram,
  }).scaled({ laterSeconds: heatingSeconds });
  return {
    course: fireCourse({
      overheatedCelsius,
      flame,
      fuelExcessKelvin: new TimeCurve([
        [0, 0],
        [0.35 * heatingSeconds, 0.5 * ignitionExcess],
        [heatingSeconds, ignitionExcess],
      ]),
      fuelDiameter: new TimeCurve([
        [0, width],
        [heatingSeconds, width],
      ]),
      vapour: new TimeCurve([
        [smokingShare * heatingSeconds, 0],
        [heatingSeconds, 0.5],
      ]),
    }),
    fuel: fuels.cookingOil,
    smoulderingFuel: smoulderingFuels.insulation,
    base,
    widestMetres: width,
    body: "massive",
    object: burningBox(pan, "cookware"),
    boxes: [...stove.boxes, pan],
  };
}
