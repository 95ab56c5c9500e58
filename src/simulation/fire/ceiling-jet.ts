import { ceilingJetKelvinAtOneKilowatt } from "./plume-correlations.ts";

/** A place under a ceiling, seen from the fire: distance from the plume's axis, and the ceiling's height over its base. */
export interface JetPlace {
  readonly radius: number;
  readonly ceilingHeight: number;
}

/** Where a fire burns: free, at a wall, or in a corner of two walls. */
export type FirePosition = "free" | "wall" | "corner";

/**
 * By how many times a fire counts for Alpert's correlations: a wall mirrors it once, a corner three times (facts §4.5).
 */
export const alpertHeatFactor: Readonly<Record<FirePosition, number>> = { free: 1, wall: 2, corner: 4 };

/** What is left of a plume's entrainment beside walls (facts §4.5). */
export const entrainmentFactor: Readonly<Record<FirePosition, number>> = { free: 1, wall: 0.63, corner: 0.4 };

/** Excess gas temperature of the ceiling jet in kelvin (Alpert 1972). */
export function ceilingJetExcessKelvin(kilowatts: number, jet: JetPlace): number {
  return ceilingJetKelvinAtOneKilowatt(jet) * Math.max(0, kilowatts) ** (2 / 3);
}

/**
 * Speed of the ceiling jet in m/s (Alpert 1972): 0.96·(Q/H)^⅓ near the axis (r/H ≤ 0.15), else
 * 0.195·Q^⅓·√H·r^(−5/6).
 */
export function ceilingJetMetresPerSecond(kilowatts: number, jet: JetPlace): number {
  const { radius, ceilingHeight } = jet;
  const root = Math.cbrt(Math.max(0, kilowatts));
  if (radius / ceilingHeight <= 0.15) return (0.96 * root) / Math.cbrt(ceilingHeight);
  return (0.195 * root * Math.sqrt(ceilingHeight)) / radius ** (5 / 6);
}

/** The heat release in kW whose ceiling jet has this excess (Alpert solved for Q): 0 where nothing is warmer. */
export function kilowattsOfCeilingJet(excessKelvin: number, jet: JetPlace): number {
  return (Math.max(0, excessKelvin) / ceilingJetKelvinAtOneKilowatt(jet)) ** 1.5;
}

/** Depth of the ceiling jet in metres (SFPE Handbook; facts §4.5): δ/H = 0.112·(1 − e^(−2.24·r/H)). */
export function ceilingJetDepthMetres(jet: JetPlace): number {
  return 0.112 * jet.ceilingHeight * -Math.expm1((-2.24 * jet.radius) / jet.ceilingHeight);
}
