import type { TwoZoneRoom, TwoZoneRoomOptions } from "#simulation/fire/two-zone-room.ts";
import type { MeasuredSeries } from "#simulation/measured/measured-series.ts";
import type { AirAround, AirRelease } from "#simulation/scene/scene-thing.ts";

/**
 * Tolerances on the peak, stated before any comparison was made, after what zone models are known for (NUREG-1824 and
 * the CFAST validation guide give 10 to 30 % for these quantities).
 */
export const tolerances = {
  "gas temperature": 0.25,
  CO2: 0.3,
  "oxygen lost": 0.3,
  "layer height": 0.25,
} as const;

/** What is compared. */
export type ComparedKind = keyof typeof tolerances;

/** One measured curve and how the simulation gives the same quantity. */
export interface ComparedQuantity {
  readonly kind: ComparedKind;
  /** Which instruments, in the words of the file. */
  readonly instruments: string;
  readonly unit: "K" | "vol %" | "m";
  /** Change since the start (temperature, CO2, oxygen lost), or the value itself (layer height), at a time. */
  measured(seconds: number): number;
  simulated(room: TwoZoneRoom): number;
  /** The largest value counts, or the lowest (a layer that comes down). */
  readonly extreme: "highest" | "lowest";
  /** Why it is missed where it is; null where no miss is expected. */
  readonly missedBecause: string | null;
}

/** One experiment. */
export interface ValidationCase {
  readonly name: string;
  /** What it was, in a sentence. */
  readonly about: string;
  readonly room: TwoZoneRoomOptions;
  /** What burns at a time, in the air as it is then. */
  releasesAt(seconds: number, air: AirAround): readonly AirRelease[];
  readonly endSeconds: number;
  readonly quantities: readonly ComparedQuantity[];
}

/** What a fuel gives off, per MJ of heat. */
export interface FuelPerMegajoule {
  readonly radiativeFraction: number;
  readonly co2Kilograms: number;
  readonly sootKilograms: number;
  readonly waterKilograms: number;
}

/** Fuels of the experiments (facts §4.3; water by stoichiometry; χr of methane 0.2 as for clean flames, of heptane as measured). */
export const fuelsPerMegajoule = {
  methane: { radiativeFraction: 0.2, co2Kilograms: 0.055, sootKilograms: 0, waterKilograms: 0.045 },
  propane: { radiativeFraction: 0.3, co2Kilograms: 0.065, sootKilograms: 5.5e-4, waterKilograms: 0.037 },
  heptane: { radiativeFraction: 0.44, co2Kilograms: 0.069, sootKilograms: 3.6e-4, waterKilograms: 0.035 },
  foam: { radiativeFraction: 0.45, co2Kilograms: 0.086, sootKilograms: 8e-3, waterKilograms: 0.03 },
} as const satisfies Record<string, FuelPerMegajoule>;

/** What a fire of a fuel gives off at a heat release. */
export function fuelRelease(
  fuel: FuelPerMegajoule,
  fire: Pick<AirRelease, "place" | "diameterMetres"> & { readonly kilowatts: number },
): AirRelease {
  const megawatts = fire.kilowatts / 1000;
  return {
    place: fire.place,
    diameterMetres: fire.diameterMetres,
    heatKilowatts: fire.kilowatts,
    radiativeFraction: fuel.radiativeFraction,
    co2KilogramsPerSecond: fuel.co2Kilograms * megawatts,
    coKilogramsPerSecond: 0,
    sootKilogramsPerSecond: fuel.sootKilograms * megawatts,
    waterKilogramsPerSecond: fuel.waterKilograms * megawatts,
  };
}

/** Mean of several series over time. */
export function meanOf(series: readonly MeasuredSeries[]): (seconds: number) => number {
  return (seconds) => series.reduce((sum, one) => sum + one.at(seconds), 0) / series.length;
}

/** Oxygen in vol % of dry air, as analysers show it, of a mass fraction. */
export function oxygenPercent(massFraction: number): number {
  return (20.95 * massFraction) / 0.23;
}

/** CO2 in vol % as analysers that dry their sample show it. */
export function dryCo2Percent(air: {
  readonly co2Ppm: number;
  readonly vapour: number;
  readonly celsius: number;
}): number {
  // Water's mole fraction: partial pressure ρ·R·T/M over 101.325 kPa.
  const water = (air.vapour * 461.5 * (air.celsius + 273.15)) / 101_325;
  return (1e-4 * air.co2Ppm) / (1 - water);
}
