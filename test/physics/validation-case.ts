import { freshOxygenMassFraction } from "#simulation/fire/air-layer.ts";
import type { LocalAir } from "#simulation/fire/local-air.ts";
import type { TwoZoneRoom, TwoZoneRoomOptions } from "#simulation/fire/two-zone-room.ts";
import type { MeasuredSeries } from "#simulation/measured/measured-series.ts";
import type { AirExchange } from "#simulation/scene/air-exchange.ts";
import type { AirAround, AirRelease } from "#simulation/scene/scene-thing.ts";

/** Oxygen in dry fresh air by volume. */
const freshOxygenShare = 0.2095;

/**
 * Tolerances, after what zone models are known for (NUREG-1824 and the CFAST validation guide give 10 to 30 % for peaks;
 * the times are held to the same).
 */
export const tolerances = {
  "gas temperature": 0.25,
  CO2: 0.3,
  "oxygen lost": 0.3,
  "layer height": 0.25,
  "time to +35 K": 0.3,
  "time to +0.3 % CO2": 0.3,
} as const;

/** Rises whose times are compared: a heat detector's 57 °C in a room of 22 °C, and what an air sensor cannot miss. */
export const thresholds = {
  "gas temperature": { kind: "time to +35 K", value: 35 },
  CO2: { kind: "time to +0.3 % CO2", value: 0.3 },
} as const;

/** What is compared. */
export type ComparedKind = keyof typeof tolerances;

/** A quantity of which there is a curve. */
export type CurveKind = Exclude<ComparedKind, `time to ${string}`>;

/** One measured curve and how the simulation gives the same quantity. */
export interface ComparedQuantity {
  readonly kind: CurveKind;
  /** Which instruments, in the words of the file. */
  readonly instruments: string;
  readonly unit: "K" | "vol %" | "m";
  /** Change since the start (temperature, CO2, oxygen lost), or the value itself (layer height), at a time. */
  measured(seconds: number): number;
  simulated(room: TwoZoneRoom): number;
  /** The largest value counts, or the lowest (a layer that comes down). */
  readonly extreme: "highest" | "lowest";
  /** Compared from this time on; 0 where nothing is said. */
  readonly fromSeconds?: number;
  /** True where rows are close enough for the time of a threshold (`thresholds`) to be compared too. */
  readonly isTimed: boolean;
}

/** One experiment. */
export interface ValidationCase {
  readonly name: string;
  /** What it was, in a sentence. */
  readonly about: string;
  readonly room: TwoZoneRoomOptions;
  /** Doorways and fans. */
  readonly exchanges: readonly AirExchange[];
  /** What the fire's size is taken from. */
  readonly drivenBy: string;
  /** What burns at a time, in the air as it is then. */
  releasesAt(seconds: number, air: AirAround): readonly AirRelease[];
  readonly endSeconds: number;
  readonly quantities: readonly ComparedQuantity[];
  /** Our reading of why a quantity is missed, where it is. */
  readonly missedBecause: Partial<Record<ComparedKind, string>>;
}

/** Room of a dry sample that a mole of air has become: oxygen is missing from it, CO2 has come in, water is taken out. */
function dryMoles(air: Pick<LocalAir, "co2Ppm" | "oxygenMassFraction">): number {
  return (
    1 - freshOxygenShare * (1 - air.oxygenMassFraction / freshOxygenMassFraction) + 1e-6 * (air.co2Ppm - 420)
  );
}

/** CO2 in vol % as analysers that dry their sample show it. */
export function dryCo2Percent(air: Pick<LocalAir, "co2Ppm" | "oxygenMassFraction">): number {
  return (1e-4 * air.co2Ppm) / dryMoles(air);
}

/** How much less oxygen than in fresh air such analysers show, in vol %. */
export function dryOxygenLostPercent(air: Pick<LocalAir, "co2Ppm" | "oxygenMassFraction">): number {
  const moles = (freshOxygenShare * air.oxygenMassFraction) / freshOxygenMassFraction;
  return 100 * (freshOxygenShare - moles / dryMoles(air));
}

/** Mean of several series over time. */
export function meanOf(series: readonly MeasuredSeries[]): (seconds: number) => number {
  return (seconds) => series.reduce((sum, one) => sum + one.at(seconds), 0) / series.length;
}
