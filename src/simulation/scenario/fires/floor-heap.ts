import { fireCourse } from "../../fire/fire-course.ts";
import { type GrowthClass, growthKilowattsPerSquareSecond, heatReleaseOf } from "../../fire/fire-growth.ts";
import type { Fuel, SmoulderingFuel } from "../../fire/fuel.ts";
import type { EpisodeLot, Staging } from "../scenario.ts";
import { boxUnder, placeOnFloor, raised } from "./fire-places.ts";
import { burningBox, stageFire } from "./stage-fire.ts";

/** A low heap of something solid that burns openly. */
export interface FloorHeap {
  readonly name: string;
  readonly fuel: Fuel;
  readonly smoulderingFuel: SmoulderingFuel;
  readonly kilograms: number;
  readonly widthMetres: number;
  readonly heightMetres: number;
  readonly growth: GrowthClass;
  /** From and to; drawn evenly. */
  readonly kindlingKilowatts: readonly [from: number, to: number];
  readonly peakKilowatts: readonly [from: number, to: number];
  /** Diameter of the widest fire. */
  readonly widestMetres: number;
}

/** Stages a heap on the floor that is lit, grows with the square of time and burns out. */
export function stageFloorHeap(lot: EpisodeLot, heap: FloorHeap): Staging {
  const random = lot.random("heap");
  const { place } = placeOnFloor(lot);
  const top = raised(place, heap.heightMetres);
  const box = boxUnder(lot, heap.name, { top, width: heap.widthMetres, height: heap.heightMetres });
  const flame = heatReleaseOf({
    growth: growthKilowattsPerSquareSecond[heap.growth] * lot.variation.growthFactor,
    kindlingKilowatts: random.between(...heap.kindlingKilowatts),
    peakKilowatts: random.between(...heap.peakKilowatts),
    fuelKilojoules: heap.kilograms * heap.fuel.heatOfCombustionKilojoulesPerKilogram,
  });
  return stageFire(lot, {
    course: fireCourse({ flame }),
    fuel: heap.fuel,
    smoulderingFuel: heap.smoulderingFuel,
    base: top,
    widestMetres: heap.widestMetres,
    object: burningBox(box, "furnishing"),
    boxes: [box],
  });
}
