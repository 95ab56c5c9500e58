import type { Picture } from "./picture.ts";
import type { PinholeCamera, Point } from "./pinhole-camera.ts";

/** Time for a litre from the tap to the boil at 2.2 kW, and for the kettle and a cup to cool to 1/e of their excess. */
const boilSeconds = 150;
const kettleCoolingSeconds = 1500;
const cupCoolingSeconds = 1300;
/** Outside of a plastic kettle at the boil, and the spout and lid above it. */
const kettleWallAtBoilCelsius = 58;
const kettleLidAtBoilCelsius = 78;
/** Coffee just poured, and the outside of the cup. */
const freshDrinkCelsius = 74;
const freshCupCelsius = 50;

/** A kettle that is switched on, boils, switches itself off and cools. Times in seconds, asked for in increasing order. */
export class Kettle {
  #onAtSeconds = Number.NEGATIVE_INFINITY;
  #heatWhenSwitchedOn = 0;

  /** Does nothing when it was switched on at the same time before. */
  switchOn(atSeconds: number): void {
    if (atSeconds <= this.#onAtSeconds) return;
    this.#heatWhenSwitchedOn = this.heatAt(atSeconds);
    this.#onAtSeconds = atSeconds;
  }

  /** How far it is heated: 0 at room temperature, 1 at the boil. */
  heatAt(seconds: number): number {
    if (this.#onAtSeconds === Number.NEGATIVE_INFINITY) return 0;
    const age = seconds - this.#onAtSeconds;
    const boilAge = (1 - this.#heatWhenSwitchedOn) * boilSeconds;
    if (age < boilAge) return this.#heatWhenSwitchedOn + age / boilSeconds;
    return Math.exp(-(age - boilAge) / kettleCoolingSeconds);
  }
}

/** Draws a kettle of 1 litre standing at a place. */
export function drawKettle(
  picture: Picture,
  kettle: {
    readonly camera: PinholeCamera;
    readonly place: Point;
    readonly heat: number;
    /** The room's warmth. */
    readonly roomCelsius: number;
  },
): void {
  const { place, heat, roomCelsius } = kettle;
  const wall = roomCelsius + heat * (kettleWallAtBoilCelsius - roomCelsius);
  // The lid warms late, when steam reaches it.
  const lid = roomCelsius + heat ** 3 * (kettleLidAtBoilCelsius - roomCelsius);
  drawUpright(picture, { ...kettle, from: 0.06, to: 0.15, radius: 0.065, celsius: wall });
  drawUpright(picture, { ...kettle, place, from: 0.21, to: 0.215, radius: 0.03, celsius: lid });
}

/** Draws a cup whose drink was poured `ageSeconds` ago. */
export function drawCup(
  picture: Picture,
  cup: {
    readonly camera: PinholeCamera;
    readonly place: Point;
    readonly ageSeconds: number;
    /** The room's warmth. */
    readonly roomCelsius: number;
  },
): void {
  const { roomCelsius } = cup;
  const left = Math.exp(-cup.ageSeconds / cupCoolingSeconds);
  const drink = roomCelsius + left * (freshDrinkCelsius - roomCelsius);
  // The wall of the cup takes half a minute to warm through.
  const warmed = 1 - Math.exp(-cup.ageSeconds / 30);
  const wall = roomCelsius + warmed * left * (freshCupCelsius - roomCelsius);
  drawUpright(picture, { ...cup, from: 0.035, to: 0.06, radius: 0.036, celsius: wall });
  drawUpright(picture, { ...cup, from: 0.094, to: 0.095, radius: 0.022, celsius: drink });
}

interface Upright {
  readonly camera: PinholeCamera;
  readonly place: Point;
  readonly from: number;
  readonly to: number;
  readonly radius: number;
  readonly celsius: number;
  readonly roomCelsius: number;
}

function drawUpright(picture: Picture, upright: Upright): void {
  const { x, y, z } = upright.place;
  const low = upright.camera.project({ x, y: y + upright.from, z });
  const high = upright.camera.project({ x, y: y + upright.to, z });
  if (low === null || high === null) return;
  picture.drawCapsule({
    fromX: low.x,
    fromY: low.y,
    fromRadius: upright.radius * low.scale,
    toX: high.x,
    toY: high.y,
    toRadius: upright.radius * high.scale,
    depth: low.depth,
    celsius: upright.celsius,
    edgeCelsius: upright.celsius - 0.1 * (upright.celsius - upright.roomCelsius),
    foldsKelvin: 0,
    foldsPhase: 0,
  });
}
