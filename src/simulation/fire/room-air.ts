import { radiativeFraction } from "./plume-correlations.ts";

/** The air of a room, well mixed. */
export interface RoomAirState {
  readonly co2Ppm: number;
  readonly celsius: number;
  /** Water vapour in kilograms per cubic metre. */
  readonly vapour: number;
}

/** What a room's air is like without anything going on, and how it is exchanged. */
export interface RoomAirOptions {
  readonly volumeCubicMetres: number;
  readonly airChangesPerHour: number;
  readonly celsius: number;
  readonly humidityPercent: number;
  readonly co2Ppm: number;
  readonly outdoorCo2Ppm: number;
}

/** Litres of CO2 that one adult at office work breathes out per second (Persily and de Jonge 2017). */
export const personCo2LitresPerSecond = 0.0052;
/** CO2 from wood-like fuel: 90 g per MJ, 0.547 litres per gram at 20 °C. */
export const fireCo2LitresPerKilojoule = 0.09 * 0.547;
/** Water that one adult at rest gives off (about 55 g an hour), and from cellulose, 5 H2O for 6 CO2. */
const personVapourKilogramsPerSecond = 0.055 / 3600;
const fireVapourKilogramsPerKilojoule = 0.09e-3 * ((5 * 18.02) / (6 * 44.01));
/** Share of the plume's heat that walls and ceiling take at once, and how fast they take the rest. */
const promptWallShare = 0.6;
const wallLossSeconds = 300;
const airHeatKilojoulesPerCubicMetreKelvin = 1.21;
const vapourGasConstant = 461.5;

/** Saturation pressure of water vapour in pascals (Magnus formula, WMO coefficients). */
function saturationPascals(celsius: number): number {
  return 611.2 * Math.exp((17.62 * celsius) / (243.12 + celsius));
}

/** Water vapour in kg/m³ at this relative humidity. */
export function absoluteHumidity(celsius: number, humidityPercent: number): number {
  const pascals = (humidityPercent / 100) * saturationPascals(celsius);
  return pascals / (vapourGasConstant * (celsius + 273.15));
}

/** Relative humidity of a room's air in percent, at most 100. */
export function relativeHumidityPercent(air: RoomAirState): number {
  const pascals = air.vapour * vapourGasConstant * (air.celsius + 273.15);
  return Math.min(100, (100 * pascals) / saturationPascals(air.celsius));
}

/**
 * Mass balance of one well-mixed room, V·dC/dt = G + Qv·(Cout − C), stepped by its exact solution. Real rooms are not
 * well mixed: a sensor at the ceiling is earlier, one on a wall later.
 */
export class RoomAir {
  readonly #options: RoomAirOptions;
  readonly #outdoorVapour: number;
  #co2Ppm: number;
  #celsius: number;
  #vapour: number;

  constructor(options: RoomAirOptions) {
    this.#options = options;
    this.#co2Ppm = options.co2Ppm;
    this.#celsius = options.celsius;
    this.#vapour = absoluteHumidity(options.celsius, options.humidityPercent);
    this.#outdoorVapour = 0.9 * this.#vapour;
  }

  get state(): RoomAirState {
    return { co2Ppm: this.#co2Ppm, celsius: this.#celsius, vapour: this.#vapour };
  }

  /** How much warmer the air is than before anything went on, in kelvin. */
  get excessKelvin(): number {
    return this.#celsius - this.#options.celsius;
  }

  /** Lets time go by with these sources at work. */
  step(seconds: number, sources: { readonly fireKilowatts: number; readonly people: number }): void {
    const { volumeCubicMetres, airChangesPerHour, outdoorCo2Ppm } = this.#options;
    const airFlow = (volumeCubicMetres * airChangesPerHour) / 3600;
    const exchanged = -Math.expm1((-seconds * airFlow) / volumeCubicMetres);
    const litres =
      sources.fireKilowatts * fireCo2LitresPerKilojoule + sources.people * personCo2LitresPerSecond;
    // A litre in a cubic metre is 1000 ppm.
    const steadyCo2 = outdoorCo2Ppm + (1000 * litres) / airFlow;
    this.#co2Ppm += (steadyCo2 - this.#co2Ppm) * exchanged;
    const vapour =
      sources.fireKilowatts * fireVapourKilogramsPerKilojoule +
      sources.people * personVapourKilogramsPerSecond;
    this.#vapour += (this.#outdoorVapour + vapour / airFlow - this.#vapour) * exchanged;
    const warming =
      ((1 - radiativeFraction) * (1 - promptWallShare) * sources.fireKilowatts) /
      (airHeatKilojoulesPerCubicMetreKelvin * volumeCubicMetres);
    const steadyExcess = warming * wallLossSeconds;
    this.#celsius += (steadyExcess - this.excessKelvin) * -Math.expm1(-seconds / wallLossSeconds);
  }
}
