import { fireCourse } from "../../fire/fire-course.ts";
import { heatReleaseOf } from "../../fire/fire-growth.ts";
import { type Fuel, smoulderingFuels } from "../../fire/fuel.ts";
import type { EpisodeLot, Staging } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

/** A tray of burning liquid on the floor. */
export interface Pool {
  readonly fuel: Fuel;
  readonly kilograms: number;
  /** Side of the square tray. */
  readonly sideMetres: number;
  /** Seconds from the match to the whole surface burning at full rate, without the variation of growth. */
  readonly spreadSeconds: number;
}

const rimMetres = 0.05;

/** Stages a pool fire: flames run over the liquid in seconds and burn steadily until it is used up. */
export function stagePool(lot: EpisodeLot, pool: Pool): Staging {
  const random = lot.random("pool");
  const { place } = placeOnFloor(lot);
  const top = raised(place, rimMetres);
  const tray = boxUnder(lot, "tray", { top, width: pool.sideMetres, height: rimMetres });
  const area = pool.sideMetres ** 2;
  const peakKilowatts = area * pool.fuel.kilowattsPerSquareMetre * random.between(0.75, 1.1);
  const flame = heatReleaseOf({
    growth: (lot.variation.growthFactor * peakKilowatts) / pool.spreadSeconds ** 2,
    kindlingKilowatts: 0.05 * peakKilowatts,
    peakKilowatts,
    fuelKilojoules: pool.kilograms * pool.fuel.heatOfCombustionKilojoulesPerKilogram,
    // A pool burns at its full rate until the bottom falls dry.
    decayShare: 0.06,
  });
  return stageFire(lot, {
    course: fireCourse({ flame }),
    fuel: pool.fuel,
    smoulderingFuel: smoulderingFuels.wood,
    base: top,
    widestMetres: Math.sqrt((4 * area) / Math.PI),
    body: "massive",
    object: burningBox(tray, "steel"),
    boxes: [tray],
  });
}
