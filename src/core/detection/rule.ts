import type { Reason } from "../alarm/reason.ts";
import type { DetectionPolicy } from "./detection-policy.ts";
import type { RegionReading } from "./region-reading.ts";
import type { TrackMemory } from "./track-memory.ts";

/** What a rule that looks at one region is given for one second. */
export interface RegionRuleInput {
  readonly reading: RegionReading;
  readonly memory: TrackMemory;
  readonly policy: DetectionPolicy;
  /** True while CO2 rises as it does over a fire: thermal rules may be quicker, never slower. */
  readonly co2Rises: boolean;
  /** "masked": the region lies under the operator's mask, where only severe heat is looked for. */
  readonly place: "in-sight" | "masked";
}

/** What a rule says about one second. */
export interface Finding {
  readonly alarm: Reason | null;
  readonly prealarm: Reason | null;
  /** How much of the time towards its alarm has passed, 0 to 1. */
  readonly progress: number;
}

/** "column 80, row 60" for the sentences of the reasons. */
export function place(location: { readonly x: number; readonly y: number }): string {
  return `column ${location.x}, row ${location.y}`;
}

/** The value a reason tells: what is known, or the limit when a rule was taken over from before a restart. */
export function known(value: number, limit: number): number {
  return Number.isFinite(value) ? value : limit;
}

/** A number for the sentences of the reasons, with at most one digit after the point. */
export function inWords(value: number): string {
  if (Number.isNaN(value)) return "an unknown number of";
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
