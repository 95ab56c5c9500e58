import { defaultDetectionPolicy } from "../detection/detection-policy.ts";
import { severeCelsius } from "../features/centikelvin.ts";
import type { OwnThresholds } from "./picture-region.ts";

/** How much more than everywhere else a region may ask for: beyond that it would be a mask that nobody counts. */
const timesDefaultMax = 4;

/**
 * The most that a limit of a region's own may be: 140 °C, where heat is severe everywhere, for a temperature, and four times
 * the default for everything else. Null for a limit that nobody knows.
 */
export function ownThresholdMax(rule: keyof OwnThresholds, field: string): number | null {
  if (field.toLowerCase().endsWith("celsius")) return severeCelsius;
  const usual = new Map<string, number>(Object.entries(defaultDetectionPolicy[rule])).get(field);
  return usual === undefined ? null : timesDefaultMax * usual;
}
