import type { Reason } from "./reason.ts";

/**
 * What the rules and the model say about one second. Each list is empty when nothing is found; a sensor that
 * gave nothing is said by `thermalPresent` and `airPresent`, because "unknown" is not "no fire": alarm timers hold.
 */
export interface Evidence {
  readonly atMicros: number;
  readonly thermalPresent: boolean;
  readonly airPresent: boolean;
  /** Reasons for FIRE. */
  readonly alarm: readonly Reason[];
  /** Reasons for PREALARM. */
  readonly prealarm: readonly Reason[];
  /** Reasons for SUPERVISORY (CO2 of 5,000 ppm or more). */
  readonly supervisory: readonly Reason[];
  /** Reasons for GAS HAZARD, do not enter (CO2 of 30,000 ppm or more). */
  readonly gasHazard: readonly Reason[];
  /** Reasons that a disabled region keeps back; they are in no other list. */
  readonly withheld?: { readonly alarm: readonly Reason[]; readonly prealarm: readonly Reason[] } | undefined;
  /** True when one of the alarm reasons is severe heat, which no filter time delays. */
  readonly severeHeat: boolean;
  /** How near the rules are to FIRE, 0 to 1, for the chart; 1 exactly when `alarm` is not empty. Not a probability. */
  readonly nearness: number;
}
