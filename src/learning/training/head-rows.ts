import type { HeadName, Modality } from "#model-package/head.ts";

/** What one second of an episode and one of its regions are like, as far as a head's label depends on it. */
export interface HeadRowFacts {
  readonly label: "none" | "flaming" | "slow-heat" | "hidden";
  readonly isCooling: boolean;
  /** Distance in pixels from the region to the base of the fire, NaN without a lit fire; null when the picture as a whole is asked about. */
  readonly firePixels: number | null;
}

/** A region this near to the fire's base is the fire's: the flame leans, and the tracker's rectangle breathes. */
export const firePixelsMax = 4;

/** What a row is for a head: a yes, a no, or nothing to learn from. */
export type HeadRowClass = "positive" | "negative" | "left-out";

/**
 * The class of one row for a head, by a stated rule. Rows of seconds in which nothing burns are negative, except
 * regions that a fire has left hot. Of a burning second only the fire's own region is positive, when it shows what the
 * head asks for; its other regions are left out (the ceiling over a fire, a neighbour in its light: who can say), and so
 * is the fire's region when it shows the other kind of heat, because the two heads answer different questions. The air
 * has no regions: it is positive when anything burns; and a picture as a whole is all of its second.
 */
export function headRowClass(
  facts: HeadRowFacts,
  head: { readonly name: HeadName; readonly modality: Modality },
): HeadRowClass {
  if (head.modality === "air-only") return facts.label === "none" ? "negative" : "positive";
  const isOfFire = facts.firePixels === null || facts.firePixels <= firePixelsMax;
  if (facts.label === "none") return facts.isCooling && isOfFire ? "left-out" : "negative";
  return facts.label === head.name && isOfFire ? "positive" : "left-out";
}
