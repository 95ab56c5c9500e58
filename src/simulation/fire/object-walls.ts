import type { Point } from "../scene/pinhole-camera.ts";
import type { StillScene, SurfaceSample } from "../scene/still-scene.ts";
import { visibleKelvin } from "./flame-painting.ts";
import { isWithin } from "./heat-exposure.ts";
import { coolingWatts } from "./hot-body.ts";

/** The thing that burns, as a box that stands in the room. */
export interface BurningObject {
  readonly low: Point;
  readonly high: Point;
  /** Thin steel that lets heat through, a pan's thick metal that conducts it up, or upholstery and wood that do not. */
  readonly walls: "steel" | "cookware" | "furnishing";
}

/** Painted sheet steel of 0.6 mm, 3 mm of cast metal, and a skin of cloth or wood; heat capacities in J·m⁻²·K⁻¹ (assumed). */
const heatPerArea = { steel: 2200, cookware: 10_000, furnishing: 5000 } as const;
/** Heat from inside onto the walls of a steel basket of 0.1 m² in full fire (assumed), and the heat release it is reached at. */
const fullFluxWatts = { steel: 16_000, cookware: 16_000, furnishing: 5000 } as const;
const fullFluxKilowattsPerSquareMetre = 60;
/** Steel warms with what smoulders inside it, a pan with its oil; the share of the fuel's excess that comes through. */
const throughShare = { steel: 0.06, cookware: 0.55, furnishing: 0.02 } as const;
const faintestKelvin = 0.01;

/** The walls of a burning object: they heat from inside, more towards the top, and cool on both sides. */
export class ObjectWalls {
  readonly #object: BurningObject;
  readonly #fullFluxKilowatts: number;
  #excessKelvin = 0;
  #still: StillScene | null = null;
  /** Points that show the object's walls, and how much of the heat each shows. */
  #points: readonly { readonly index: number; readonly share: number }[] = [];

  constructor(object: BurningObject) {
    this.#object = object;
    const { low, high } = object;
    const sides = 2 * (high.x - low.x + high.z - low.z) * (high.y - low.y);
    this.#fullFluxKilowatts = Math.max(5, fullFluxKilowattsPerSquareMetre * sides);
  }

  /** True while they are visibly warmer than before. */
  get isWarm(): boolean {
    return this.#excessKelvin > faintestKelvin;
  }

  /** Lets time go by. */
  step(seconds: number, inside: { readonly kilowatts: number; readonly fuelExcessKelvin: number }): void {
    const { walls } = this.#object;
    const flux = fullFluxWatts[walls] * Math.min(1, inside.kilowatts / this.#fullFluxKilowatts);
    const through = coolingWatts(throughShare[walls] * inside.fuelExcessKelvin);
    const loss = coolingWatts(this.#excessKelvin);
    this.#excessKelvin += (seconds * (flux + 2 * through - 2 * loss)) / heatPerArea[walls];
  }

  /** Adds the walls' warming to the points that show them; gives how many are at least 8 K, and this much, warmer. */
  addTo(still: StillScene, excessKelvin: Float32Array, countedFromKelvin: number): number {
    if (this.#still !== still) this.#find(still);
    const hotKelvin = Math.max(visibleKelvin, countedFromKelvin);
    let hot = 0;
    for (const { index, share } of this.#points) {
      const kelvin = share * this.#excessKelvin;
      excessKelvin[index] = excessKelvin[index]! + kelvin;
      if (kelvin >= hotKelvin) hot += 1;
    }
    return hot;
  }

  /** The points of the newest still scene whose walls are at least 8 K, and this much, warmer. */
  hotPoints(countedFromKelvin: number): readonly number[] {
    const hotKelvin = Math.max(visibleKelvin, countedFromKelvin);
    return this.#points.flatMap(({ index, share }) =>
      share * this.#excessKelvin >= hotKelvin ? [index] : [],
    );
  }

  #find(still: StillScene): void {
    const points: { index: number; share: number }[] = [];
    for (let index = 0; index < still.depth.length; index += 1) {
      const mixed = still.mixed.get(index);
      const share = mixed === undefined ? this.#shareAt(still, index) : this.#meanShare(mixed);
      if (share > 0) points.push({ index, share });
    }
    this.#points = points;
    this.#still = still;
  }

  #shareAt({ places, boxes }: StillScene, index: number): number {
    const place = { x: places[3 * index]!, y: places[3 * index + 1]!, z: places[3 * index + 2]! };
    return boxes[index]! < 0 ? 0 : this.#shareOf(place);
  }

  /** Of a pixel that shows other surfaces too: of what each of them shows. */
  #meanShare(samples: readonly SurfaceSample[]): number {
    let sum = 0;
    for (const { place, box } of samples) if (box >= 0) sum += this.#shareOf(place);
    return sum / samples.length;
  }

  #shareOf(place: Point): number {
    const { low, high } = this.#object;
    if (!isWithin(place, this.#object)) return 0;
    const up = Math.min(1, Math.max(0, (place.y - low.y) / (high.y - low.y)));
    return 0.3 + 0.7 * up * up;
  }
}
