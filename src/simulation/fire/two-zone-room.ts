import type { Point } from "../scene/pinhole-camera.ts";
import { type RoomSpace, roomVolume } from "../scene/room-layout.ts";
import type { AirAround, AirRelease } from "../scene/scene-thing.ts";

/** The air at one place of a room. */
export interface LocalAir {
  readonly celsius: number;
  readonly co2Ppm: number;
  readonly coPpm: number;
  /** Soot and other smoke particles. */
  readonly sootMilligramsPerCubicMetre: number;
  /** Water vapour in kilograms per cubic metre. */
  readonly vapour: number;
}

/** What a room's air is like when an episode begins, and how it is exchanged. */
export interface TwoZoneRoomOptions {
  readonly space: RoomSpace;
  readonly celsius: number;
  readonly outdoorCelsius: number;
  readonly humidityPercent: number;
  readonly co2Ppm: number;
  readonly outdoorCo2Ppm: number;
}

/** m³ of CO2 and CO in a kilogram at 20 °C and 101.325 kPa (facts §4.4: 0.547 for CO2; CO by its molar mass). */
const co2CubicMetresPerKilogram = 0.547;
const coCubicMetresPerKilogram = 0.859;
const waterGasConstant = 461.5;
const airHeatKilojoulesPerCubicMetreKelvin = 1.21;
const wallLossSeconds = 300;
const freshOxygen = 0.23;

/** The air of one room: its layers, what is in them, and how it is exchanged with the outside. */
export class TwoZoneRoom {
  readonly #options: TwoZoneRoomOptions;
  readonly #volume: number;
  #celsius: number;
  #co2Ppm: number;
  #coPpm = 0;
  #sootKilograms = 0;
  #vapour: number;
  readonly #outdoorVapour: number;

  constructor(options: TwoZoneRoomOptions) {
    this.#options = options;
    this.#volume = roomVolume(options.space);
    this.#celsius = options.celsius;
    this.#co2Ppm = options.co2Ppm;
    const saturation = 611.2 * Math.exp((17.62 * options.celsius) / (243.12 + options.celsius));
    this.#vapour =
      ((options.humidityPercent / 100) * saturation) / (waterGasConstant * (options.celsius + 273.15));
    this.#outdoorVapour = 0.9 * this.#vapour;
  }

  /** The layers as things in the room meet them. */
  get around(): AirAround {
    return {
      ambientCelsius: this.#options.celsius,
      lowerCelsius: this.#celsius,
      upperCelsius: this.#celsius,
      interfaceHeightMetres: this.#options.space.height,
      oxygenMassFraction: freshOxygen,
    };
  }

  /** The air at a place, as it has mixed there. */
  at(_place: Point): LocalAir {
    return {
      celsius: this.#celsius,
      co2Ppm: this.#co2Ppm,
      coPpm: this.#coPpm,
      sootMilligramsPerCubicMetre: (1e6 * this.#sootKilograms) / this.#volume,
      vapour: this.#vapour,
    };
  }

  /** Lets time go by with these releases. */
  step(seconds: number, releases: readonly AirRelease[]): void {
    const exchanged = -Math.expm1((-seconds * this.#options.space.airChangesPerHour) / 3600);
    let kilojoules = 0;
    let water = 0;
    for (const one of releases) {
      kilojoules += seconds * one.heatKilowatts * (1 - one.radiativeFraction);
      this.#co2Ppm += (1e6 * seconds * one.co2KilogramsPerSecond * co2CubicMetresPerKilogram) / this.#volume;
      this.#coPpm += (1e6 * seconds * one.coKilogramsPerSecond * coCubicMetresPerKilogram) / this.#volume;
      this.#sootKilograms += seconds * one.sootKilogramsPerSecond;
      water += seconds * one.waterKilogramsPerSecond;
    }
    this.#co2Ppm += (this.#options.outdoorCo2Ppm - this.#co2Ppm) * exchanged;
    this.#coPpm -= this.#coPpm * exchanged;
    this.#sootKilograms -= this.#sootKilograms * exchanged;
    this.#vapour += water / this.#volume + (this.#outdoorVapour - this.#vapour) * exchanged;
    this.#celsius += kilojoules / (airHeatKilojoulesPerCubicMetreKelvin * this.#volume);
    this.#celsius += (this.#options.celsius - this.#celsius) * -Math.expm1(-seconds / wallLossSeconds);
  }
}
