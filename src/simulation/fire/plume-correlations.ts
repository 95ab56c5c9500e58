/*
 * Correlations of fire-protection engineering for a fire in the open (Heskestad; McCaffrey; Alpert; Cetegen and Ahmed), as
 * collected in the CFAST technical reference and the FDS correlation guide (facts §4.5). Heat release in kW, lengths in
 * metres.
 */

const gravity = 9.81;
const airHeatCapacity = 1.005;
const ordinaryKelvin = 293.15;
/** ρ·T of air at 101.325 kPa in kg·K·m⁻³: p·M/R with 28.965 g/mol. */
const densityTimesKelvin = 352.98;
/** No plume is hotter than its flame. */
const highestPlumeExcessKelvin = 900;
/** Share of the heat that a sooty small fire radiates; the rest goes up with the plume. */
export const radiativeFraction = 0.35;

/** A fire under its plume: heat release, diameter of the burning area, and what differs from an ordinary one. */
export interface PlumeFire {
  readonly kilowatts: number;
  readonly diameter: number;
  /** Share of the heat that leaves as radiation; `radiativeFraction` by default. */
  readonly radiativeFraction?: number;
  /** Air around the plume in kelvin; 20 °C by default. */
  readonly ambientKelvin?: number;
}

function convectiveKilowatts(fire: PlumeFire): number {
  return (1 - (fire.radiativeFraction ?? radiativeFraction)) * fire.kilowatts;
}

/** Mean flame height (Heskestad): L = 0.235·Q^0.4 − 1.02·D; never negative. */
export function flameHeightMetres(fire: { readonly kilowatts: number; readonly diameter: number }): number {
  return Math.max(0, 0.235 * fire.kilowatts ** 0.4 - 1.02 * fire.diameter);
}

/** Height of the plume's virtual origin over the fire's base (Heskestad): z₀ = 0.083·Q^0.4 − 1.02·D. */
export function virtualOriginMetres(fire: { readonly kilowatts: number; readonly diameter: number }): number {
  return 0.083 * fire.kilowatts ** 0.4 - 1.02 * fire.diameter;
}

/**
 * Excess temperature in kelvin on the plume's centreline at a height over the base (Heskestad), at most 900 K:
 * ΔT = 9.1·(T∞/(g·cp²·ρ∞²))^⅓·Qc^⅔·(z − z₀)^(−5/3).
 */
export function plumeExcessKelvin(fire: PlumeFire, height: number): number {
  const distance = height - virtualOriginMetres(fire);
  if (distance <= 0) return highestPlumeExcessKelvin;
  const ambient = fire.ambientKelvin ?? ordinaryKelvin;
  const density = densityTimesKelvin / ambient;
  const group = Math.cbrt(ambient / (gravity * airHeatCapacity ** 2 * density ** 2));
  const excess = 9.1 * group * convectiveKilowatts(fire) ** (2 / 3) * distance ** (-5 / 3);
  return Math.min(highestPlumeExcessKelvin, excess);
}

/**
 * Gas that flows up the plume through a height over the base, in kg/s (Heskestad, SFPE Handbook; FDS correlation
 * guide): above the flame 0.071·Qc^⅓·(z − z₀)^(5/3) + 0.00192·Qc, inside it 0.0056·Qc·z/L.
 */
export function plumeKilogramsPerSecond(fire: PlumeFire, height: number): number {
  const convective = convectiveKilowatts(fire);
  if (convective <= 0 || height <= 0) return 0;
  const flame = flameHeightMetres(fire);
  if (height < flame) return (0.0056 * convective * height) / flame;
  const distance = Math.max(0, height - virtualOriginMetres(fire));
  return 0.071 * Math.cbrt(convective) * distance ** (5 / 3) + 0.00192 * convective;
}

/** McCaffrey's three regions by z/Q^0.4 (facts §4.5): the first that the height lies below holds. */
const mcCaffreyRegions = [
  { below: 0.08, kappa: 6.8, eta: 1 / 2 },
  { below: 0.2, kappa: 1.9, eta: 0 },
  { below: Number.POSITIVE_INFINITY, kappa: 1.1, eta: -1 / 3 },
] as const;

/**
 * Excess temperature in kelvin on the centreline of flame and plume (McCaffrey), which holds inside the flame too:
 * ΔT = (κ/(0.9·√(2g)))²·(z/Q^0.4)^(2η−1)·T∞.
 */
export function mcCaffreyExcessKelvin(fire: PlumeFire, height: number): number {
  if (fire.kilowatts <= 0) return 0;
  const scaled = Math.max(0, height) / fire.kilowatts ** 0.4;
  const region = mcCaffreyRegions.find(({ below }) => scaled < below) ?? mcCaffreyRegions[2];
  const factor = (region.kappa / (0.9 * Math.sqrt(2 * gravity))) ** 2;
  const power = 2 * region.eta - 1;
  return factor * (power === 0 ? 1 : scaled ** power) * (fire.ambientKelvin ?? ordinaryKelvin);
}

/** Radius at which the plume's excess has fallen to 1/√e of its centreline: σ = 0.14·√(T₀/T∞)·(z − z₀). */
export function plumeWidthMetres(fire: PlumeFire, height: number): number {
  const distance = Math.max(0.02, height - virtualOriginMetres(fire));
  const ambient = fire.ambientKelvin ?? ordinaryKelvin;
  const hotter = Math.sqrt(1 + plumeExcessKelvin(fire, height) / ambient);
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
