import { fireCourse } from "../../fire/fire-course.ts";
import { growthKilowattsPerSquareSecond, heatReleaseOf } from "../../fire/fire-growth.ts";
import { fuels, smoulderingFuels } from "../../fire/fuel.ts";
import { TimeCurve } from "../../fire/time-curve.ts";
import { allRooms } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { boxUnder, placeOnTop, raised } from "./fire-places.ts";
import { stageFire } from "./stage-fire.ts";

/** 10 sticks of 75 × 25 × 20 mm at 700 kg/m³. */
const sticksKilograms = 10 * 0.075 * 0.025 * 0.02 * 700;
/** TF2's plate is at 600 °C after 11 minutes; those of kitchens are there sooner (assumed). Wood begins to smoke at some 250 °C. */
const plateSeconds = [400, 720] as const;
const plateExcessKelvin = 580;
const smokeShare = 0.4;
/** The plate alone is a hot plate in use; from here on its wood pyrolyses ([M]). */
const overheatedCelsius = 200;
/**
 * In so many cases flames break out before the sticks are charred: from when the plate is at some 400 °C, the least at
 * which a hot surface lights wood, to somewhat after it is at its hottest (temperature, share and times assumed).
 */
const flamingShare = 0.25;
const flamingShares = [0.65, 1.1] as const;

/** TF2. */
export const smoulderingWood: Scenario = {
  name: "smouldering-wood",
  family: "smouldering-wood",
  kind: "fire",
  shows: "slow-heat",
  title: "Beech sticks smoulder on a hot plate; sometimes they burst into flame.",
  source:
    "Test fire TF2 (facts §5.1 [M]: 10 sticks, plate at 600 °C after 11 min); smouldering 0.1 to 5 kW (facts §4.2 [M]).",
  isHotProcess: false,
  rooms: allRooms,
  shortestSeconds: 720,
  longestSeconds: 900,
  ignition: [0.1, 0.35],
  stage(lot) {
    const random = lot.random("sticks");
    const { place, boxes } = placeOnTop(lot, ["table", "bench", "worktop"]);
    const top = raised(place, 0.08);
    const plate = boxUnder(lot, "plate", { top, width: 0.24, height: 0.08 });
    const hot = random.between(...plateSeconds);
    const most = random.between(0.8, 2);
    const flames = random.uniform() < flamingShare;
    const flamesAt = hot * random.between(...flamingShares);
    const end = flames ? flamesAt : 2.2 * hot;
    // The share of the plate's warmth that shows when it is hottest, and when all is over.
    const shown = { hot: random.between(0.55, 0.9), end: random.between(0.6, 0.9) };
    const smouldering = new TimeCurve([
      [smokeShare * hot, 0.02],
      [hot, 0.6 * most],
      [1.6 * hot, most],
      [2.2 * hot, 0],
    ]);
    return stageFire(lot, {
      course: fireCourse({
        overheatedCelsius,
        smoulder: flames ? cutAt(smouldering, flamesAt) : smouldering,
        // Sticks cover half of the plate, cooler than it: what is seen is the mean of both.
        fuelExcessKelvin: new TimeCurve([
          [0, 0],
          [Math.min(hot, end), Math.min(1, end / hot) * shown.hot * plateExcessKelvin],
          ...(end > hot ? [[end, shown.end * plateExcessKelvin] as const] : []),
        ]),
        fuelDiameter: new TimeCurve([
          [0, 0.2],
          [end, 0.2],
        ]),
        ...(flames
          ? {
              flame: heatReleaseOf({
                growth: growthKilowattsPerSquareSecond.slow * lot.variation.growthFactor,
                kindlingKilowatts: 1.5,
                peakKilowatts: random.between(8, 16),
                fuelKilojoules: 0.7 * sticksKilograms * fuels.wood.heatOfCombustionKilojoulesPerKilogram,
              }).scaled({ laterSeconds: flamesAt }),
            }
          : {}),
      }),
      fuel: fuels.wood,
      smoulderingFuel: smoulderingFuels.wood,
      base: raised(top, 0.01),
      widestMetres: 0.22,
      boxes: [...boxes, plate],
    });
  },
};

/** The part of a curve before a time. */
function cutAt(curve: TimeCurve, seconds: number): TimeCurve {
  const steps = 12;
  const from = curve.beginSeconds;
  return new TimeCurve(
    Array.from({ length: steps + 1 }, (_, i) => {
      const at = from + ((seconds - from) * i) / steps;
      return [at, curve.at(at)] as const;
    }),
  );
}
