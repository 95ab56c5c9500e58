import type { Point } from "../pinhole-camera.ts";
import type { StillScene } from "../still-scene.ts";

/** Options of `RadiantWarmth`. */
export interface RadiantWarmthOptions {
  readonly place: Point;
  /** Where it faces, a unit vector: it radiates as a flat surface does. Null for all round. */
  readonly facing: Point | null;
}

/** Loss of a wall to the room by convection and radiation, and its heat capacity to the depth that minutes reach. */
const lossWattsPerSquareMetreKelvin = 11.5;
const warmingSeconds = 220;
const absorptance = 0.9;
/** A source nearer than this would heat without bound. */
const nearestMetres = 0.4;
/** This much is taken off everywhere, so that what a kilowatt warms by less can be left out without an edge. */
const leastKelvinPerKilowatt = 0.25;
const leastKelvin = 0.01;

/** How something hot warms the walls, floor and furniture that it shines on, and how they cool afterwards. */
export class RadiantWarmth {
  readonly #options: RadiantWarmthOptions;
  #still: StillScene | null = null;
  #indices = new Int32Array(0);
  #kelvinPerKilowatt = new Float32Array(0);
  #kilowatts = 0;

  constructor(options: RadiantWarmthOptions) {
    this.#options = options;
  }

  /** Lets time go by with this much radiated; surfaces follow it slowly. */
  step(seconds: number, radiatedKilowatts: number): void {
    this.#kilowatts += (radiatedKilowatts - this.#kilowatts) * -Math.expm1(-seconds / warmingSeconds);
  }

  /** Adds by how much each picture point's surface is warmer now. */
  addTo(still: StillScene, excessKelvin: Float32Array): void {
    if (this.#still !== still) this.#shineOn(still);
    const kilowatts = this.#kilowatts;
    const indices = this.#indices;
    const perKilowatt = this.#kelvinPerKilowatt;
    for (let k = 0; k < indices.length; k += 1) {
      const kelvin = kilowatts * perKilowatt[k]!;
      if (kelvin > leastKelvin) excessKelvin[indices[k]!] = excessKelvin[indices[k]!]! + kelvin;
    }
  }

  #shineOn(still: StillScene): void {
    this.#still = still;
    const indices: number[] = [];
    const perKilowatt: number[] = [];
    for (let i = 0; i < still.depth.length; i += 1) {
      const kelvin = this.#kelvinAt(still, i) - leastKelvinPerKilowatt;
      if (kelvin <= 0) continue;
      indices.push(i);
      perKilowatt.push(kelvin);
    }
    this.#indices = Int32Array.from(indices);
    this.#kelvinPerKilowatt = Float32Array.from(perKilowatt);
  }

  /** Final excess of a picture point's surface at one kilowatt: irradiance over loss. */
  #kelvinAt(still: StillScene, i: number): number {
    const { place, facing } = this.#options;
    const toX = still.places[3 * i]! - place.x;
    const toY = still.places[3 * i + 1]! - place.y;
    const toZ = still.places[3 * i + 2]! - place.z;
    const distance = Math.max(nearestMetres, Math.hypot(toX, toY, toZ));
    const { normals } = still;
    const met = -(toX * normals[3 * i]! + toY * normals[3 * i + 1]! + toZ * normals[3 * i + 2]!) / distance;
    if (met <= 0) return 0;
    // Per steradian: an isotropic source gives 1/4π of its power, a flat one cos θ/π.
    const sent =
      facing === null
        ? 1 / (4 * Math.PI)
        : Math.max(0, toX * facing.x + toY * facing.y + toZ * facing.z) / (distance * Math.PI);
    return (1000 * absorptance * met * sent) / (distance * distance * lossWattsPerSquareMetreKelvin);
  }
}
