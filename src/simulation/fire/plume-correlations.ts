/*
 * Correlations of fire-protection engineering for a fire in the open (Heskestad; Alpert; Cetegen and Ahmed), as
 * collected in the CFAST technical reference and the FDS correlation guide. Heat release in kW, lengths in metres.
 */

const gravity = 9.81;
const airHeatCapacity = 1.005;
const ambientKelvin = 293.15;
const airDensity = 1.204;
/** No plume is hotter than its flame. */
const highestPlumeExcessKelvin = 900;
/** Share of the heat that a sooty small fire radiates; the rest goes up with the plume. */
export const radiativeFraction = 0.35;

/** Mean flame height (Heskestad): L = 0.235·Q^0.4 − 1.02·D; never negative. */
export function flameHeightMetres(fire: { readonly kilowatts: number; readonly diameter: number }): number {
  return Math.max(0, 0.235 * fire.kilowatts ** 0.4 - 1.02 * fire.diameter);
}

/** Height of the plume's virtual origin over the fire's base (Heskestad): z₀ = 0.083·Q^0.4 − 1.02·D. */
export function virtualOriginMetres(fire: { readonly kilowatts: number; readonly diameter: number }): number {
  return 0.083 * fire.kilowatts ** 0.4 - 1.02 * fire.diameter;
}

/** Excess temperature in kelvin on the plume's centreline at a height over the base (Heskestad), at most 900 K. */
export function plumeExcessKelvin(
  fire: { readonly kilowatts: number; readonly diameter: number },
  height: number,
): number {
  const distance = height - virtualOriginMetres(fire);
  if (distance <= 0) return highestPlumeExcessKelvin;
  const convective = (1 - radiativeFraction) * fire.kilowatts;
  const group = Math.cbrt(ambientKelvin / (gravity * airHeatCapacity ** 2 * airDensity ** 2));
  return Math.min(highestPlumeExcessKelvin, 9.1 * group * convective ** (2 / 3) * distance ** (-5 / 3));
}

/** Radius at which the plume's excess has fallen to 1/√e of its centreline: σ = 0.14·√(T₀/T∞)·(z − z₀). */
export function plumeWidthMetres(
  fire: { readonly kilowatts: number; readonly diameter: number },
  height: number,
): number {
  const distance = Math.max(0.02, height - virtualOriginMetres(fire));
  const hotter = Math.sqrt(1 + plumeExcessKelvin(fire, height) / ambientKelvin);
  return 0.14 * hotter * distance;
}

/**
 * Excess gas temperature under a ceiling (Alpert) for a fire of 1 kW: multiply by Q^(2/3). `ceilingHeight` is over the
 * fire's base, `radius` from the point above the fire.
 */
export function ceilingJetKelvinAtOneKilowatt(jet: {
  readonly radius: number;
  readonly ceilingHeight: number;
}): number {
  const { radius, ceilingHeight } = jet;
  if (radius / ceilingHeight <= 0.18) return 16.9 / ceilingHeight ** (5 / 3);
  return (5.38 * radius ** (-2 / 3)) / ceilingHeight;
}

/** How often a fire puffs, in hertz (Cetegen and Ahmed): f = 1.5/√D. */
export function puffingHertz(diameter: number): number {
  return 1.5 / Math.sqrt(diameter);
}
