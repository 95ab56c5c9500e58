import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type { AirAround } from "../scene/scene-thing.ts";
import type { StillScene } from "../scene/still-scene.ts";
import { alpertHeatFactor } from "./ceiling-jet.ts";
import { flamePlaces } from "./flame-places.ts";
import {
  absorptance,
  type Box,
  type HeatExposure,
  heatExposureOf,
  isWithin,
  nearestSourceMetres,
} from "./heat-exposure.ts";
import { firePositionOf } from "./room-plume.ts";
import { gypsumBoard } from "./room-surfaces.ts";
import { SightLines } from "./sight-line.ts";

/**
 * The board that `RoomSurfaces` takes for walls and ceiling too, as a skin of 3 mm and the rest behind it: heat capacities
 * in J·m⁻²·K⁻¹, and the conductance between their middles in W·m⁻²·K⁻¹.
 */
const skinMetres = 0.003;
const boardHeatPerMetre = 1000 * gypsumBoard.density * gypsumBoard.heatCapacity;
const skinHeat = boardHeatPerMetre * skinMetres;
const boardHeat = boardHeatPerMetre * (gypsumBoard.thicknessMetres - skinMetres);
const skinToBoard = gypsumBoard.conductivity / (gypsumBoard.thicknessMetres / 2);
/** Convection at a wall and under a ceiling jet, and radiation to the other surfaces, in W·m⁻²·K⁻¹. */
const wallConvection = 6;
const jetConvection = 14;
const reradiation = 5.5;
/** The border of the hot layer is blurred over this height. */
const layerBlurMetres = 0.3;
const faintestKelvin = 0.01;
/** The most that 1 kW can do: at the nearest a source is counted, and under a ceiling half a metre above. */
const strongestExposure = (absorptance * 1000) / (4 * Math.PI * nearestSourceMetres ** 2);
const warmestJetKelvin = 54;
/** A surface heated beyond this has caught fire or come off: what lies beyond is not modelled. */
const hottestSurfaceKelvin = 700;

/** How plaster answers to one cause of heating: its skin and the board behind, per unit of the cause. */
class WallResponse {
  readonly #convection: number;
  #skin = 0;
  #board = 0;

  constructor(convection: number) {
    this.#convection = convection;
  }

  get kelvin(): number {
    return this.#skin;
  }

  step(seconds: number, watts: number): void {
    const flow = skinToBoard * (this.#skin - this.#board);
    const net = watts - (this.#convection + reradiation) * this.#skin - flow;
    this.#skin += (seconds * net) / skinHeat;
    this.#board += (seconds * flow) / boardHeat;
  }
}

/** What the fire does to the room during a step. */
export interface RoomExposure {
  readonly radiatedKilowatts: number;
  /** Heat that feeds the ceiling jet; that of the whole fire, as Alpert's correlation has it. */
  readonly kilowatts: number;
  /** Of what burns: it decides whether a wall is near enough to shape the jet. */
  readonly diameterMetres: number;
  readonly air: AirAround;
}

/**
 * How a fire heats walls, floor, ceiling and furniture: by the flame's radiation, by the jet under the ceiling, and by
 * the room's air. All surfaces, the floor too, are taken for gypsum board, whose warming is linear in its causes: so one small
 * equation for each cause, stepped once, gives every pixel's warming as a sum, also when the camera is moved. Two layers
 * (skin, board) of an assumed board; radiation of a point source, whose shadows are as soft as the flame is wide.
 */
export class RoomHeating {
  readonly #room: RoomSpace;
  /** Where the flame radiates from, and how high over the floor it burns. */
  readonly #source: Point;
  readonly #base: Point;
  readonly #sightLines: readonly SightLines[];
  /** The burning object's own surfaces are left to who draws them. */
  readonly #own: Box | null;
  readonly #wallByRadiation = new WallResponse(wallConvection);
  readonly #ceilingByRadiation = new WallResponse(jetConvection);
  readonly #ceilingByJet = new WallResponse(jetConvection);
  readonly #wallByLower = new WallResponse(wallConvection);
  readonly #wallByUpper = new WallResponse(wallConvection);
  readonly #ceilingByUpper = new WallResponse(jetConvection);
  #interfaceHeightMetres: number;
  #still: StillScene | null = null;
  #exposure: HeatExposure | null = null;

  constructor(options: {
    readonly room: RoomSpace;
    /** Middle of the burning surface, and how far over it the flame radiates from. */
    readonly base: Point;
    readonly radiatesAboveMetres: number;
    readonly own: Box | null;
  }) {
    this.#room = options.room;
    const { base } = options;
    this.#source = { ...base, y: base.y + options.radiatesAboveMetres };
    this.#base = base;
    // Flames come out of a box that they burn inside, and stand all around the burning object: neither shades.
    const shading = options.room.boxes.filter(
      (box) => !isWithin(this.#source, box) && !isPartOf(box, options.own),
    );
    this.#sightLines = flamePlaces(this.#source, options.radiatesAboveMetres)
      .map((place) => (shading.some((box) => isWithin(place, box)) ? this.#source : place))
      .map((place) => new SightLines(place, shading));
    this.#own = options.own;
    this.#interfaceHeightMetres = options.room.height;
  }

  /** Lets time go by, at most a second or so at once. */
  step(seconds: number, by: RoomExposure): void {
    const { air } = by;
    const lower = air.lowerCelsius - air.ambientCelsius;
    const upper = air.upperCelsius - air.ambientCelsius;
    this.#wallByRadiation.step(seconds, by.radiatedKilowatts);
    this.#ceilingByRadiation.step(seconds, by.radiatedKilowatts);
    const position = firePositionOf({ place: this.#base, diameterMetres: by.diameterMetres }, this.#room);
    const jetKilowatts = alpertHeatFactor[position] * by.kilowatts;
    this.#ceilingByJet.step(seconds, jetConvection * jetKilowatts ** (2 / 3));
    this.#wallByLower.step(seconds, wallConvection * lower);
    this.#wallByUpper.step(seconds, wallConvection * upper);
    this.#ceilingByUpper.step(seconds, jetConvection * upper);
    this.#interfaceHeightMetres = air.interfaceHeightMetres;
  }

  /** True while anything may be visibly warmer than before. */
  get isWarm(): boolean {
    const byJet = this.#ceilingByJet.kelvin * warmestJetKelvin;
    const byRadiation = Math.max(this.#wallByRadiation.kelvin, this.#ceilingByRadiation.kelvin);
    const byAir = Math.max(this.#wallByLower.kelvin, this.#wallByUpper.kelvin, this.#ceilingByUpper.kelvin);
    return Math.max(byJet, byRadiation * strongestExposure, byAir) > faintestKelvin;
  }

  /** Adds each pixel's warming; what is less than a hundredth of a kelvin is left out. */
  addTo(still: StillScene, excessKelvin: Float32Array): void {
    const { radiation, jet, height, share } = this.#exposureIn(still);
    const wall = this.#wallByRadiation.kelvin;
    const ceiling = this.#ceilingByRadiation.kelvin;
    const byJet = this.#ceilingByJet.kelvin;
    const lower = this.#wallByLower.kelvin;
    const upper = this.#wallByUpper.kelvin;
    const under = this.#ceilingByUpper.kelvin;
    const layerFrom = this.#interfaceHeightMetres - layerBlurMetres / 2;
    for (let i = 0; i < radiation.length; i += 1) {
      if (share[i] === 0) continue;
      const shone = radiation[i]!;
      const touched = jet[i]!;
      const above = (height[i]! - layerFrom) / layerBlurMetres;
      const inLayer = Math.min(1, Math.max(0, above));
      const air = share[i]! * (lower + inLayer * ((touched > 0 ? under : upper) - lower));
      const kelvin = air + (touched > 0 ? shone * ceiling + touched * byJet : shone * wall);
      if (kelvin > faintestKelvin)
        excessKelvin[i] = excessKelvin[i]! + Math.min(hottestSurfaceKelvin, kelvin);
    }
  }

  #exposureIn(still: StillScene): HeatExposure {
    if (this.#still === still && this.#exposure !== null) return this.#exposure;
    const exposure = heatExposureOf(still, {
      place: this.#source,
      baseHeight: this.#base.y,
      roomHeight: this.#room.height,
      sightLines: this.#sightLines,
      own: this.#own,
    });
    this.#still = still;
    this.#exposure = exposure;
    return exposure;
  }
}

/** True for a box of the burning object. */
function isPartOf(box: Box, own: Box | null): boolean {
  return own !== null && isWithin(box.low, own) && isWithin(box.high, own);
}
