import type { Yields } from "./fuel.ts";

/** What burning gives off each second, in kg. */
export interface ProductRates {
  readonly co2KilogramsPerSecond: number;
  readonly coKilogramsPerSecond: number;
  readonly sootKilogramsPerSecond: number;
  readonly waterKilogramsPerSecond: number;
}

/** Flames die at about this share of oxygen by mass, and are free above the other (facts §4.4: limit 0.15; CFAST [1]). */
const flameLimitOxygen = 0.15;
const freeOxygen = 0.17;
/** CO of flames that want air, in kg per kg of fuel (facts §4.3: rising to 0.2 [M]). */
const starvedCoYield = 0.2;
const molarMass = { carbonMonoxide: 28.01, carbonDioxide: 44.01 } as const;

/** How freely a flame burns in air with this much oxygen: 1 in fresh air, 0 where it goes out. */
export function oxygenFactor(oxygenMassFraction: number): number {
  return Math.min(1, Math.max(0, (oxygenMassFraction - flameLimitOxygen) / (freeOxygen - flameLimitOxygen)));
}

/** Rates at which a fire of this heat gives off its products; a flame that wants air makes CO in place of CO2. */
export function productsOf(fire: {
  readonly kilowatts: number;
  readonly yields: Yields;
  readonly heatOfCombustionKilojoulesPerKilogram: number;
  /** As `oxygenFactor` gives it. */
  readonly oxygenFactor: number;
}): ProductRates {
  const { yields } = fire;
  const kilogramsPerSecond = fire.kilowatts / fire.heatOfCombustionKilojoulesPerKilogram;
  const co = yields.co + (1 - fire.oxygenFactor) * Math.max(0, starvedCoYield - yields.co);
  // The carbon of the additional CO is missing from the CO2.
  const co2 = yields.co2 - ((co - yields.co) * molarMass.carbonDioxide) / molarMass.carbonMonoxide;
  return {
    co2KilogramsPerSecond: kilogramsPerSecond * co2,
    coKilogramsPerSecond: kilogramsPerSecond * co,
    sootKilogramsPerSecond: kilogramsPerSecond * yields.soot,
    waterKilogramsPerSecond: kilogramsPerSecond * yields.water,
  };
}
