import { densityAt } from "./air-layer.ts";

/** A doorway or window that stands open to a neighbouring space. */
export interface RoomOpening {
  readonly widthMetres: number;
  readonly sillMetres: number;
  readonly soffitMetres: number;
}

/** What stands on both sides of the openings. */
export interface OpeningSides {
  readonly lowerKelvin: number;
  readonly upperKelvin: number;
  readonly interfaceHeightMetres: number;
  readonly outsideKelvin: number;
}

/** Flows through all openings in m³/s, each at its own temperature. */
export interface OpeningFlows {
  readonly outOfUpper: number;
  readonly outOfLower: number;
  readonly inwards: number;
}

const gravity = 9.81;
/** Discharge coefficient of a doorway (SFPE Handbook: 0.6 to 0.7). */
const dischargeCoefficient = 0.7;
const slabsPerOpening = 16;
const highestPascals = 2000;
const bisections = 48;

/**
 * Bernoulli flow through openings between a room of two layers and air at rest outside, whose pressures differ by their
 * weight (Emmons; CFAST technical reference). The room's pressure is the one at which outflow less inflow is
 * `netCubicMetresPerSecond`.
 */
export function openingFlows(
  openings: readonly RoomOpening[],
  sides: OpeningSides,
  netCubicMetresPerSecond: number,
): OpeningFlows {
  let low = -highestPascals;
  let high = highestPascals;
  for (let i = 0; i < bisections; i += 1) {
    const middle = (low + high) / 2;
    const { outOfUpper, outOfLower, inwards } = flowsAt(openings, sides, middle);
    if (outOfUpper + outOfLower - inwards < netCubicMetresPerSecond) low = middle;
    else high = middle;
  }
  return flowsAt(openings, sides, (low + high) / 2);
}

function flowsAt(openings: readonly RoomOpening[], sides: OpeningSides, floorPascals: number): OpeningFlows {
  const { interfaceHeightMetres } = sides;
  const outside = densityAt(sides.outsideKelvin);
  const lower = densityAt(sides.lowerKelvin);
  const upper = densityAt(sides.upperKelvin);
  const flows = { outOfUpper: 0, outOfLower: 0, inwards: 0 };
  for (const { widthMetres, sillMetres, soffitMetres } of openings) {
    const step = (soffitMetres - sillMetres) / slabsPerOpening;
    for (let i = 0; i < slabsPerOpening; i += 1) {
      const height = sillMetres + (i + 0.5) * step;
      const below = Math.min(height, interfaceHeightMetres);
      const above = Math.max(0, height - interfaceHeightMetres);
      const pascals = floorPascals + gravity * ((outside - lower) * below + (outside - upper) * above);
      const own = pascals < 0 ? outside : above > 0 ? upper : lower;
      const flow = dischargeCoefficient * widthMetres * step * Math.sqrt((2 * Math.abs(pascals)) / own);
      if (pascals < 0) flows.inwards += flow;
      else if (above > 0) flows.outOfUpper += flow;
      else flows.outOfLower += flow;
    }
  }
  return flows;
}
