import { basketName, type RoomLayout } from "../scene/room-layout.ts";
import type { StillScene } from "../scene/still-scene.ts";
import { ceilingJetKelvinAtOneKilowatt, radiativeFraction } from "./plume-correlations.ts";

/** What the fire does to the room during a step. */
export interface FireExposure {
  readonly kilowatts: number;
  readonly diameter: number;
  readonly airExcessKelvin: number;
  /** False once the flames are out. */
  readonly burning: { readonly flames: boolean };
}

const stefanBoltzmann = 5.670374e-8;
const roomKelvin = 293.15;
/** Painted plaster: a skin of 3 mm over the board behind it, heat capacities in J·m⁻²·K⁻¹, conductance in W·m⁻²·K⁻¹. */
const skinHeat = 2400;
const boardHeat = 8000;
const skinToBoard = 27;
const absorptance = 0.9;
/** Convection at a wall and under a ceiling jet, and radiation to the other surfaces, in W·m⁻²·K⁻¹. */
const wallConvection = 6;
const jetConvection = 14;
const reradiation = 5.5;
/** The jet under the ceiling touches the walls this far down, in metres (1/e). */
const jetDepth = 0.2;
/** A point source nearer than this would heat without bound. */
const nearestSourceMetres = 0.3;
/** Char that glows while it burns, and cools by radiation and convection afterwards. */
const glowingCelsius = 620;
const glowSeconds = 4;
const charHeat = 4200;
/** Painted sheet steel of 0.6 mm that loses heat on both sides. */
const steelHeat = 2200;
const steelFluxWatts = 16_000;
const steelFullFluxKilowatts = 20;
const solidEmissivity = 0.9;
const stillConvection = 9;
/** Below this excess nothing is worth drawing. */
export const visibleExcessKelvin = 0.01;

/** Cooling of a hot solid in W·m⁻² at this many kelvin over the room. */
function coolingWatts(excess: number): number {
  return (
    stillConvection * excess +
    solidEmissivity * stefanBoltzmann * ((roomKelvin + excess) ** 4 - roomKelvin ** 4)
  );
}

/**
 * How the fire heats what the camera sees: walls and floor by the flame's radiation, the ceiling by the jet under it,
 * the basket by the flames on it, the fuel bed by burning; and how all of it cools afterwards.
 */
export class SurfaceHeating {
  /** Excess temperature of each pixel's surface in kelvin. */
  readonly excess: Float32Array;
  readonly #board: Float32Array;
  /** Heat that 1 kW of fire radiates onto each pixel's surface, in W·m⁻². */
  readonly #exposure: Float32Array;
  /** Excess of the ceiling jet at each pixel's surface at 1 kW, in kelvin. */
  readonly #jet: Float32Array;
  /** Distance of fuel-bed pixels from the middle of the basket, in metres; −1 elsewhere. */
  readonly #bedRadius: Float32Array;
  /** Height of basket-wall pixels as a share of its height; −1 elsewhere. */
  readonly #wallShare: Float32Array;
  #bedExcess = 0;
  #burntRadius = 0;
  #steelExcess = 0;
  #hottest = 0;

  constructor(layout: RoomLayout, scene: StillScene) {
    const count = scene.celsius.length;
    this.excess = new Float32Array(count);
    this.#board = new Float32Array(count);
    this.#exposure = new Float32Array(count);
    this.#jet = new Float32Array(count);
    this.#bedRadius = new Float32Array(count).fill(-1);
    this.#wallShare = new Float32Array(count).fill(-1);
    const basketIndex = layout.boxes.findIndex((box) => box.name === basketName);
    for (let i = 0; i < count; i += 1) {
      if (scene.boxes[i] === basketIndex) this.#placeOnBasket(i, layout, scene);
      else this.#placeInRoom(i, layout, scene);
    }
  }

  /** True while anything is visibly warmer than before. */
  get warm(): boolean {
    return this.#hottest > visibleExcessKelvin;
  }

  /** Lets time go by, at most a second or so at once. */
  step(seconds: number, fire: FireExposure): void {
    this.#stepBasket(seconds, fire);
    const jetScale = fire.kilowatts ** (2 / 3);
    let hottest = 0;
    const { excess } = this;
    const board = this.#board;
    for (let i = 0; i < excess.length; i += 1) {
      const bed = this.#bedRadius[i]!;
      const wall = this.#wallShare[i]!;
      if (bed >= 0) excess[i] = this.#bedPixel(bed);
      else if (wall >= 0) excess[i] = this.#steelExcess * (0.3 + 0.7 * wall * wall);
      else {
        const now = excess[i]!;
        const jet = this.#jet[i]!;
        const convection = jet > 0 ? jetConvection : wallConvection;
        const flow = skinToBoard * (now - board[i]!);
        const watts =
          this.#exposure[i]! * fire.kilowatts +
          convection * (jet * jetScale + fire.airExcessKelvin - now) -
          reradiation * now -
          flow;
        excess[i] = now + (seconds * watts) / skinHeat;
        board[i] = board[i]! + (seconds * flow) / boardHeat;
      }
      hottest = Math.max(hottest, excess[i]!);
    }
    this.#hottest = hottest;
  }

  #stepBasket(seconds: number, fire: FireExposure): void {
    if (fire.burning.flames) {
      this.#burntRadius = Math.max(this.#burntRadius, fire.diameter / 2);
      const target = glowingCelsius - 20;
      this.#bedExcess += (target - this.#bedExcess) * -Math.expm1(-seconds / glowSeconds);
    } else this.#bedExcess -= (seconds * coolingWatts(this.#bedExcess)) / charHeat;
    const flux = steelFluxWatts * Math.min(1, fire.kilowatts / steelFullFluxKilowatts);
    this.#steelExcess += (seconds * (flux - 2 * coolingWatts(this.#steelExcess))) / steelHeat;
  }

  /** Char glows out to where the flames have been; what lies beyond is warmed a little. */
  #bedPixel(radius: number): number {
    const beyond = radius - this.#burntRadius;
    return this.#bedExcess * (beyond <= 0 ? 1 : Math.exp(-beyond / 0.015));
  }

  #placeOnBasket(i: number, layout: RoomLayout, scene: StillScene): void {
    const { base, height } = layout.basket;
    const x = scene.places[3 * i]! - base.x;
    const y = scene.places[3 * i + 1]! - base.y;
    const z = scene.places[3 * i + 2]! - base.z;
    if (scene.normals[3 * i + 1]! > 0.5) this.#bedRadius[i] = Math.hypot(x, z);
    else this.#wallShare[i] = Math.min(1, Math.max(0, y / height));
  }

  #placeInRoom(i: number, layout: RoomLayout, scene: StillScene): void {
    const { base, height } = layout.basket;
    const toX = base.x - scene.places[3 * i]!;
    const toY = base.y + height + 0.25 - scene.places[3 * i + 1]!;
    const toZ = base.z - scene.places[3 * i + 2]!;
    const distance = Math.max(nearestSourceMetres, Math.hypot(toX, toY, toZ));
    const facing =
      (toX * scene.normals[3 * i]! + toY * scene.normals[3 * i + 1]! + toZ * scene.normals[3 * i + 2]!) /
      distance;
    const wattsPerKilowatt = (1000 * radiativeFraction) / (4 * Math.PI * distance * distance);
    this.#exposure[i] = absorptance * Math.max(0, facing) * wattsPerKilowatt;
    const below = layout.height - scene.places[3 * i + 1]!;
    const touch = Math.exp(-below / jetDepth);
    if (scene.boxes[i] !== -1 || touch < 0.02) return;
    const radius = Math.hypot(toX, toZ);
    const ceilingHeight = layout.height - base.y - height;
    this.#jet[i] = touch * ceilingJetKelvinAtOneKilowatt({ radius, ceilingHeight });
  }
}
