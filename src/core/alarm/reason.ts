/** Which rule speaks, or the model. */
export type ReasonCode =
  | "severe-heat"
  | "fixed-temperature"
  | "rate-of-rise"
  | "region-growth"
  | "large-heat"
  | "prealarm-unanswered"
  | "detector-lost"
  | "model-flaming"
  | "model-slow-heat"
  | "model-air"
  | "co2-rise"
  | "co2-level"
  | "gas-hazard";

/** Why a level was reached, in words and in numbers, so that a person can check it against the picture. */
export interface Reason {
  readonly code: ReasonCode;
  /** One sentence for people, for example "A region of 12 pixels has been at 140 °C or more for 5 s." */
  readonly text: string;
  /** What was measured, in `unit`. */
  readonly value: number;
  /** The limit it passed, in `unit`. */
  readonly limit: number;
  readonly unit: string;
  /** Where in the picture, in pixels from the top left; null for air. */
  readonly location: { readonly x: number; readonly y: number } | null;
}

const airCodes = new Set<ReasonCode>(["co2-rise", "co2-level", "gas-hazard", "model-air"]);

/** Whether the picture gave this reason, and not the air. */
export function isThermal(reason: Reason): boolean {
  return !airCodes.has(reason.code);
}
