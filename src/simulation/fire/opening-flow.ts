import type { RoomOpening } from "../scene/air-exchange.ts";
import { densityAt } from "./air-layer.ts";

/** The room's layers as the openings meet them. */
export interface OpeningSides {
  readonly lowerKelvin: number;
  readonly upperKelvin: number;
  readonly interfaceHeightMetres: number;
}

/** Flows through all openings in m³/s, each at its own temperature. */
export interface OpeningFlows {
  readonly outOfUpper: number;
  readonly outOfLower: number;
  /** By each opening, in their order. */
  readonly inwards: readonly number[];
}

const gravity = 9.81;
const zeroCelsiusKelvin = 273.15;
/** Discharge coefficient of a doorway (SFPE Handbook: 0.6 to 0.7). */
const dischargeCoefficient = 0.7;
const slabsPerOpening = 16;
const highestPascals = 2000;
const bisections = 48;

/**
 * Bernoulli flow through openings between a room of two layers and air at rest outside, whose pressures differ by their
 * weight (Emmons; CFAST technical reference). All outsides have one pressure at the floor; the room's is the one at which
 * outflow less inflow is `netCubicMetresPerSecond`.
 */
export function openingFlows(
  openings: readonly RoomOpening[],
  sides: OpeningSides,
  netCubicMetresPerSecond: number,
): OpeningFlows {
  const flows = { outOfUpper: 0, outOfLower: 0, inwards: openings.map(() => 0) };
  let low = -highestPascals;
  let high = highestPascals;
  for (let i = 0; i <= bisections; i += 1) {
    const middle = (low + high) / 2;
    const inwards = flowAt(openings, { sides, floorPascals: middle }, flows);
    if (flows.outOfUpper + flows.outOfLower - inwards < netCubicMetresPerSecond) low = middle;
    else high = middle;
  }
  return flows;
}

/** Fills in the flows at a pressure of the room's floor over that outside; gives what flows in by all openings. */
function flowAt(
  openings: readonly RoomOpening[],
  at: { readonly sides: OpeningSides; readonly floorPascals: number },
  flows: { outOfUpper: number; outOfLower: number; inwards: number[] },
): number {
  const { interfaceHeightMetres, lowerKelvin, upperKelvin } = at.sides;
  const lower = densityAt(lowerKelvin);
  const upper = densityAt(upperKelvin);
  let allInwards = 0;
  flows.outOfUpper = 0;
  flows.outOfLower = 0;
  for (let k = 0; k < openings.length; k += 1) {
    const { widthMetres, sillMetres, soffitMetres, outsideCelsius } = openings[k]!;
    const outside = densityAt(outsideCelsius + zeroCelsiusKelvin);
    const step = (soffitMetres - sillMetres) / slabsPerOpening;
    let inwards = 0;
    for (let i = 0; i < slabsPerOpening; i += 1) {
      const height = sillMetres + (i + 0.5) * step;
      const below = Math.min(height, interfaceHeightMetres);
      const above = Math.max(0, height - interfaceHeightMetres);
      const pascals = at.floorPascals + gravity * ((outside - lower) * below + (outside - upper) * above);
      const own = pascals < 0 ? outside : above > 0 ? upper : lower;
      const flow = dischargeCoefficient * widthMetres * step * Math.sqrt((2 * Math.abs(pascals)) / own);
      if (pascals < 0) inwards += flow;
      else if (above > 0) flows.outOfUpper += flow;
      else flows.outOfLower += flow;
    }
    flows.inwards[k] = inwards;
    allInwards += inwards;
  }
  return allInwards;
}
