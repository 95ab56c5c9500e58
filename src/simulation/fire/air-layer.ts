/** ρ·T of air at 101.325 kPa in kg·K·m⁻³: p·M/R with 28.965 g/mol. */
export const densityTimesKelvin = 352.98;
/** Heat capacity of air at constant pressure in kJ·kg⁻¹·K⁻¹. */
export const airHeatCapacity = 1.005;
/** Oxygen in fresh air as a mass fraction (facts §4.4). */
export const freshOxygenMassFraction = 0.23;

/** Molar masses in g/mol. */
const airMolarMass = 28.965;
const molarMasses = { co2: 44.01, co: 28.01 } as const;

/** What air carries besides itself, in kilograms. */
export interface Carried {
  co2: number;
  co: number;
  soot: number;
  water: number;
  oxygen: number;
}

/** The same as a share of the air's mass. */
export type Composition = Readonly<Carried>;

/**
 * A body of air that is the same throughout, at the pressure of the atmosphere. What it carries is counted beside its
 * own mass: products of small fires are traces, and their displacing some air is left out.
 */
export interface AirLayer {
  kilograms: number;
  kelvin: number;
  readonly carried: Carried;
}

const carriedNames = ["co2", "co", "soot", "water", "oxygen"] as const;

/** Mass fraction of CO2 in air with this many ppm by volume. */
export function co2MassFraction(ppm: number): number {
  return (1e-6 * ppm * molarMasses.co2) / airMolarMass;
}

/** Parts per million by volume of a mass fraction of CO2 or CO. */
export function ppmOf(species: "co2" | "co", massFraction: number): number {
  return (1e6 * massFraction * airMolarMass) / molarMasses[species];
}

/** A layer of this composition. */
export function airLayer(air: {
  readonly kilograms: number;
  readonly kelvin: number;
  readonly composition: Composition;
}): AirLayer {
  const { kilograms, kelvin, composition } = air;
  const carried = { co2: 0, co: 0, soot: 0, water: 0, oxygen: 0 };
  for (const name of carriedNames) carried[name] = kilograms * composition[name];
  return { kilograms, kelvin, carried };
}

/** m³ that a layer fills. */
export function volumeOf(layer: AirLayer): number {
  return (layer.kilograms * layer.kelvin) / densityTimesKelvin;
}

/** kg/m³ of air at this temperature. */
export function densityAt(kelvin: number): number {
  return densityTimesKelvin / kelvin;
}

/** What a layer carries as shares of its mass; of another composition where it is empty. */
export function compositionOf(layer: AirLayer, whenEmpty: Composition): Composition {
  if (layer.kilograms <= 0) return whenEmpty;
  const { co2, co, soot, water, oxygen } = layer.carried;
  const per = 1 / layer.kilograms;
  return { co2: co2 * per, co: co * per, soot: soot * per, water: water * per, oxygen: oxygen * per };
}

/** Moves air with its heat and all that it carries from one layer to another, at most what there is. */
export function moveAir(from: AirLayer, to: AirLayer, kilograms: number): void {
  const moved = Math.min(kilograms, from.kilograms);
  if (moved <= 0) return;
  const share = moved / from.kilograms;
  for (const name of carriedNames) {
    const amount = share * from.carried[name];
    from.carried[name] -= amount;
    to.carried[name] += amount;
  }
  to.kelvin = (to.kilograms * to.kelvin + moved * from.kelvin) / (to.kilograms + moved);
  to.kilograms += moved;
  from.kilograms -= moved;
}

/** Lets air of a composition and temperature come into a layer (a negative mass takes it from a sum). */
export function bringAir(
  to: AirLayer,
  air: { readonly kilograms: number; readonly kelvin: number; readonly composition: Composition },
): void {
  for (const name of carriedNames) to.carried[name] += air.kilograms * air.composition[name];
  const kilograms = to.kilograms + air.kilograms;
  if (kilograms !== 0) to.kelvin = (to.kilograms * to.kelvin + air.kilograms * air.kelvin) / kilograms;
  to.kilograms = kilograms;
}

/** Exchanges equal masses of two layers. */
export function swapAir(one: AirLayer, other: AirLayer, kilograms: number): void {
  const swapped = Math.min(kilograms, one.kilograms, other.kilograms);
  if (swapped <= 0) return;
  for (const name of carriedNames) {
    const flow = swapped * (one.carried[name] / one.kilograms - other.carried[name] / other.kilograms);
    one.carried[name] -= flow;
    other.carried[name] += flow;
  }
  const heat = swapped * (one.kelvin - other.kelvin);
  one.kelvin -= heat / one.kilograms;
  other.kelvin += heat / other.kilograms;
}

/** Warms a layer by so many kilojoules. */
export function warm(layer: AirLayer, kilojoules: number): void {
  layer.kelvin += kilojoules / (airHeatCapacity * layer.kilograms);
}
