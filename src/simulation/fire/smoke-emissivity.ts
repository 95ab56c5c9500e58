import type { RoomSpace } from "../scene/room-layout.ts";
import { type AirLayer, ppmOf, volumeOf } from "./air-layer.ts";

/** Soot: absorption per metre is 1293·f·T at a volume fraction f (Planck mean, SFPE Handbook), with 1,800 kg/m³. */
const sootAbsorption = 1293 / 1800;
/** CO2 and water vapour: emissivity 1 − exp(−0.65·√(p·L)), p·L in atm·m, which gives Hottel's 0.12 at 0.04 and 0.25 at 0.2 (recalled, assumed). */
const gasAbsorption = 0.65;
const airToWaterMolarMass = 28.965 / 18.015;

/** Emissivity of a layer of smoke under a room's ceiling, by its soot, CO2 and water over its mean beam length 3.6·V/A. */
export function smokeEmissivity(layer: AirLayer, space: RoomSpace): number {
  const width = space.rightX - space.leftX;
  const floor = width * space.depth;
  const volume = volumeOf(layer);
  const surface = 2 * floor + (2 * (width + space.depth) * volume) / floor;
  const beam = (3.6 * volume) / surface;
  const soot = (sootAbsorption * layer.kelvin * layer.carried.soot) / volume;
  const co2 = 1e-6 * ppmOf("co2", layer.carried.co2 / layer.kilograms);
  const water = (airToWaterMolarMass * layer.carried.water) / layer.kilograms;
  return -Math.expm1(-soot * beam - gasAbsorption * Math.sqrt((co2 + water) * beam));
}
