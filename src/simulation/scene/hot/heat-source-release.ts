import { airRelease } from "../air-release.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease } from "../scene-thing.ts";

/** What a fuel gives to the air, in grams per megajoule of heat. */
interface FuelYields {
  readonly co2GramsPerMegajoule: number;
  readonly waterGramsPerMegajoule: number;
  readonly coGramsPerMegajoule: number;
  readonly sootGramsPerMegajoule: number;
}

/** Fuels of things that burn where they belong. */
export type HotFuel = "natural-gas" | "propane" | "acetylene" | "wax" | "wood" | "charcoal" | "tobacco";

/**
 * CO2 by the facts §4.3 (complete combustion: methane 55, propane 65, wax 72, wood 96 g/MJ); acetylene 70 and carbon 112
 * by their formulae and heats of combustion of 48.2 and 32.8 MJ/kg; water by the formulae. CO and soot are recalled
 * values of well-ventilated burning, of smouldering for tobacco and charcoal, and are assumed.
 */
const yields: Readonly<Record<HotFuel, FuelYields>> = {
  "natural-gas": fuelYields(55, 45, 0.02, 0),
  propane: fuelYields(65, 35, 0.05, 0.05),
  acetylene: fuelYields(70, 14, 0.2, 0.5),
  wax: fuelYields(72, 31, 0.05, 0.02),
  wood: fuelYields(96, 38, 0.35, 0.3),
  charcoal: fuelYields(112, 2, 8, 0.05),
  tobacco: fuelYields(80, 30, 3, 2),
};

function fuelYields(co2: number, water: number, co: number, soot: number): FuelYields {
  return {
    co2GramsPerMegajoule: co2,
    waterGramsPerMegajoule: water,
    coGramsPerMegajoule: co,
    sootGramsPerMegajoule: soot,
  };
}

/** A source of heat and where it is. */
export interface HeatSource {
  readonly place: Point;
  readonly diameterMetres: number;
  readonly kilowatts: number;
  readonly radiativeFraction: number;
}

/** What an electric heater or anything else without combustion gives to the air. */
export function dryHeatRelease(source: HeatSource): AirRelease {
  const { place, diameterMetres, kilowatts, radiativeFraction } = source;
  return airRelease({ place, diameterMetres, heatKilowatts: kilowatts, radiativeFraction });
}

/** What a flame gives to the air; a chimney or hood lets only `indoorShare` of its gases into the room. */
export function combustionRelease(
  source: HeatSource & { readonly fuel: HotFuel; readonly indoorShare: number },
): AirRelease {
  const fuel = yields[source.fuel];
  // Grams per megajoule times kilowatts are milligrams per second.
  const kilograms = 1e-6 * source.kilowatts * source.indoorShare;
  const convective = source.kilowatts * (1 - source.radiativeFraction) * source.indoorShare;
  const radiated = source.kilowatts * source.radiativeFraction;
  return {
    place: source.place,
    diameterMetres: source.diameterMetres,
    heatKilowatts: convective + radiated,
    radiativeFraction: convective + radiated > 0 ? radiated / (convective + radiated) : 0,
    co2KilogramsPerSecond: kilograms * fuel.co2GramsPerMegajoule,
    coKilogramsPerSecond: kilograms * fuel.coGramsPerMegajoule,
    sootKilogramsPerSecond: kilograms * fuel.sootGramsPerMegajoule,
    waterKilogramsPerSecond: kilograms * fuel.waterGramsPerMegajoule,
  };
}
