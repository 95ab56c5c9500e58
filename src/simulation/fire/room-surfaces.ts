import { assert } from "#core/failure.ts";
import type { RoomSpace } from "../scene/room-layout.ts";

/** A layer of building material. */
export interface WallMaterial {
  /** W·m⁻¹·K⁻¹, kg/m³ and kJ·kg⁻¹·K⁻¹. */
  readonly conductivity: number;
  readonly density: number;
  readonly heatCapacity: number;
  readonly thicknessMetres: number;
}

/** Gypsum board of 16 mm (values as in the CFAST thermal database: 0.16 W/mK, 790 kg/m³, 0.9 kJ/kgK). */
export const gypsumBoard: WallMaterial = {
  conductivity: 0.16,
  density: 790,
  heatCapacity: 0.9,
  thicknessMetres: 0.016,
};

/** What a room is built of. */
export interface RoomMaterials {
  readonly ceiling: WallMaterial;
  readonly walls: WallMaterial;
  readonly floor: WallMaterial;
}

/** Gypsum board above and around, and a floor of 50 mm of screed (1.0 W/mK, 2,000 kg/m³, 0.9 kJ/kgK; assumed). */
export const ordinaryMaterials: RoomMaterials = {
  ceiling: gypsumBoard,
  walls: gypsumBoard,
  floor: { conductivity: 1, density: 2000, heatCapacity: 0.9, thicknessMetres: 0.05 },
};

/** One layer of gas as the surfaces meet it. */
export interface GasExposure {
  readonly kelvin: number;
  readonly kilograms: number;
  readonly emissivity: number;
  /** Speed along ceiling (and half of it along walls) that a jet blows with, in m/s. */
  readonly jetMetresPerSecond: number;
}

const stefanBoltzmann = 5.670374e-11;
const surfaceEmissivity = 0.9;
const airHeatCapacity = 1.005;
/** Natural convection h = C·|ΔT|^⅓ in W·m⁻²·K⁻¹ (Nusselt 0.13·(Gr·Pr)^⅓ at room temperature; a floor under warm air: assumed). */
const naturalConvection = { ceiling: 1.52, walls: 1.31, floor: 0.7 } as const;
/** Forced convection: 3.8 W·m⁻²·K⁻¹ for each m/s (Jürges, as quoted in building physics). */
const forcedConvection = 3.8;
/** Far side: air of the room beyond, in kW·m⁻²·K⁻¹ (assumed). */
const farSideConductance = 0.008;
const wallStrips = 4;
const slabNodes = 6;
/** Each node is this much thicker than the one before it: the surface changes fastest. */
const nodeGrowth = 1.6;
/** A surface's skin holds at least this much, in kJ·m⁻²·K⁻¹: half a millimetre of steel. */
const leastNodeHeat = 0.05;

/** One surface with the temperatures inside it. */
interface Slab {
  readonly kind: "ceiling" | "walls" | "floor";
  readonly areaSquareMetres: number;
  /** Heights between which it stands, for strips of wall. */
  readonly lowMetres: number;
  readonly highMetres: number;
  /** Excess over the start of each node, in kelvin, from the surface inwards. */
  readonly excess: Float64Array;
  /** kJ·m⁻²·K⁻¹ of each node; kW·m⁻²·K⁻¹ from it to the next, the last to the air beyond. */
  readonly heat: Float64Array;
  readonly conductance: Float64Array;
  /** Room for the elimination of `conductInwards`. */
  readonly upper: Float64Array;
}

function slab(
  place: Pick<Slab, "kind" | "areaSquareMetres" | "lowMetres" | "highMetres">,
  of: WallMaterial,
): Slab {
  const first = (of.thicknessMetres * (nodeGrowth - 1)) / (nodeGrowth ** slabNodes - 1);
  const thickness = Float64Array.from({ length: slabNodes }, (_, i) => first * nodeGrowth ** i);
  const heat = thickness.map((one) => one * of.density * of.heatCapacity);
  assert(
    heat[0]! >= leastNodeHeat,
    "a wall is thicker than foil: its skin would follow the gas within one step",
  );
  const kilowatts = of.conductivity / 1000;
  const conductance = thickness.map((own, i) => {
    const next = thickness[i + 1];
    if (next !== undefined) return (2 * kilowatts) / (own + next);
    return 1 / (own / (2 * kilowatts) + 1 / farSideConductance);
  });
  return {
    ...place,
    excess: new Float64Array(slabNodes),
    heat,
    conductance,
    upper: new Float64Array(slabNodes),
  };
}

/**
 * Ceiling, floor and four strips of wall, each a slab in which heat is conducted inwards. Every exchange takes from one
 * side what it gives to the other, so that energy is conserved whatever the coefficients.
 */
export class RoomSurfaces {
  readonly #slabs: readonly Slab[];
  readonly #startKelvin: number;
  #lostKilojoules = 0;

  constructor(space: RoomSpace, start: { readonly kelvin: number; readonly materials: RoomMaterials }) {
    const width = space.rightX - space.leftX;
    const floor = width * space.depth;
    const strip = space.height / wallStrips;
    const { materials } = start;
    const level = (height: number) => ({ lowMetres: height, highMetres: height });
    this.#startKelvin = start.kelvin;
    this.#slabs = [
      slab({ kind: "ceiling", areaSquareMetres: floor, ...level(space.height) }, materials.ceiling),
      slab({ kind: "floor", areaSquareMetres: floor, ...level(0) }, materials.floor),
      ...Array.from({ length: wallStrips }, (_, i) =>
        slab(
          {
            kind: "walls",
            areaSquareMetres: 2 * (width + space.depth) * strip,
            lowMetres: i * strip,
            highMetres: (i + 1) * strip,
          },
          materials.walls,
        ),
      ),
    ];
  }

  /** Heat in the surfaces over the start, in kJ. */
  get storedKilojoules(): number {
    let sum = 0;
    for (const { excess, heat, areaSquareMetres } of this.#slabs)
      for (let i = 0; i < excess.length; i += 1) sum += areaSquareMetres * heat[i]! * excess[i]!;
    return sum;
  }

  /** Heat that has gone through to the far sides, in kJ. */
  get lostKilojoules(): number {
    return this.#lostKilojoules;
  }

  /** Spreads a fire's radiation over all surfaces alike. */
  irradiate(kilojoules: number): void {
    let area = 0;
    for (const one of this.#slabs) area += one.areaSquareMetres;
    for (const one of this.#slabs) one.excess[0] = one.excess[0]! + kilojoules / (area * one.heat[0]!);
  }

  /**
   * Exchanges heat with one layer of gas that lies between two heights, for a while; the kilojoules that the gas gave.
   * Exact for surfaces that keep their temperature meanwhile, so that it is stable for any step.
   */
  exchange(
    seconds: number,
    gas: GasExposure,
    between: { readonly low: number; readonly high: number },
  ): number {
    let conductance = 0;
    let weighted = 0;
    const own = this.#slabs.map((one) => {
      const touched = touchedShare(one, between) * one.areaSquareMetres;
      const kelvin = this.#startKelvin + one.excess[0]!;
      const value = touched === 0 ? 0 : (touched * coefficient(one.kind, gas, kelvin)) / 1000;
      conductance += value;
      weighted += value * kelvin;
      return value;
    });
    if (conductance === 0) return 0;
    const capacity = gas.kilograms * airHeatCapacity;
    const meanKelvin = weighted / conductance;
    const exponent = (conductance * seconds) / capacity;
    // The gas's mean excess over the surfaces while it cools towards them.
    const meanGas = meanKelvin + ((gas.kelvin - meanKelvin) * -Math.expm1(-exponent)) / exponent;
    let given = 0;
    this.#slabs.forEach((one, i) => {
      const kilojoules = own[i]! * seconds * (meanGas - this.#startKelvin - one.excess[0]!);
      one.excess[0] = one.excess[0]! + kilojoules / (one.areaSquareMetres * one.heat[0]!);
      given += kilojoules;
    });
    return given;
  }

  /** Lets surfaces radiate to each other through this share of transparent air, and conduct heat inwards. */
  conduct(seconds: number, transparentShare: number): void {
    this.#radiate(seconds, transparentShare);
    for (const one of this.#slabs) {
      conductInwards(one, seconds);
      const last = one.excess.length - 1;
      this.#lostKilojoules += seconds * one.conductance[last]! * one.excess[last]! * one.areaSquareMetres;
    }
  }

  /** Each surface exchanges with the mean of all: an enclosure that sees itself alike from everywhere. */
  #radiate(seconds: number, transparentShare: number): void {
    const strength = surfaceEmissivity * stefanBoltzmann * transparentShare * seconds;
    let area = 0;
    let sum = 0;
    const powers = this.#slabs.map((one) => {
      const power = (this.#startKelvin + one.excess[0]!) ** 4;
      area += one.areaSquareMetres;
      sum += one.areaSquareMetres * power;
      return power;
    });
    this.#slabs.forEach((one, i) => {
      one.excess[0] = one.excess[0]! - (strength * (powers[i]! - sum / area)) / one.heat[0]!;
    });
  }
}

/**
 * Conducts heat for a while through a slab and into the air beyond: implicit Euler, so that any step is stable however
 * thin the nodes are. Each flow is the one at the end of the step, taken from one node and given to the next; the
 * tridiagonal equations are solved by elimination.
 */
function conductInwards(one: Slab, seconds: number): void {
  const { excess, heat, conductance, upper } = one;
  let inflow = 0;
  for (let i = 0; i < excess.length; i += 1) {
    const outflow = seconds * conductance[i]!;
    const own = heat[i]! + outflow + inflow * (1 - (i === 0 ? 0 : upper[i - 1]!));
    const known = heat[i]! * excess[i]! + inflow * (i === 0 ? 0 : excess[i - 1]!);
    upper[i] = outflow / own;
    excess[i] = known / own;
    inflow = outflow;
  }
  for (let i = excess.length - 2; i >= 0; i -= 1) excess[i] = excess[i]! + upper[i]! * excess[i + 1]!;
}

function touchedShare(one: Slab, between: { readonly low: number; readonly high: number }): number {
  if (one.kind !== "walls") return one.lowMetres >= between.low && one.highMetres <= between.high ? 1 : 0;
  const overlap = Math.min(one.highMetres, between.high) - Math.max(one.lowMetres, between.low);
  return Math.max(0, overlap) / (one.highMetres - one.lowMetres);
}

/** Heat transfer between gas and surface in W·m⁻²·K⁻¹: natural and forced convection, and the gas's own radiation. */
function coefficient(kind: Slab["kind"], gas: GasExposure, surfaceKelvin: number): number {
  const natural = naturalConvection[kind] * Math.cbrt(Math.abs(gas.kelvin - surfaceKelvin));
  const blown = kind === "ceiling" ? 1 : kind === "walls" ? 0.5 : 0;
  const radiation =
    1000 *
    gas.emissivity *
    stefanBoltzmann *
    (gas.kelvin ** 2 + surfaceKelvin ** 2) *
    (gas.kelvin + surfaceKelvin);
  return natural + forcedConvection * blown * gas.jetMetresPerSecond + radiation;
}
