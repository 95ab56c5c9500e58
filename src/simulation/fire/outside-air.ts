import {
  type AirLayer,
  airHeatCapacity,
  airLayer,
  bringAir,
  type Carried,
  type Composition,
  moveAir,
} from "./air-layer.ts";

/** The air outside a room, and sums of what has left the room for it less what came from it. */
export class OutsideAir {
  readonly composition: Composition;
  readonly #startKelvin: number;
  readonly #left: AirLayer;
  #leftKilojoules = 0;

  /** Heat is counted over the temperature at which the room began. */
  constructor(air: { readonly startKelvin: number; readonly composition: Composition }) {
    this.composition = air.composition;
    this.#startKelvin = air.startKelvin;
    this.#left = airLayer({ kilograms: 0, kelvin: air.startKelvin, composition: air.composition });
  }

  /** Air that has left the room. */
  get leftKilograms(): number {
    return this.#left.kilograms;
  }

  /** What that air carried; what is released and leaves at once is added here. */
  get leftCarried(): Carried {
    return this.#left.carried;
  }

  /** Heat that has left the room with air, and by cooling less heating. */
  get leftKilojoules(): number {
    return this.#leftKilojoules;
  }

  /** Takes air out of a layer, at most what there is. */
  takeFrom(layer: AirLayer, kilograms: number): void {
    const taken = Math.min(kilograms, layer.kilograms);
    if (taken <= 0) return;
    this.#leftKilojoules += airHeatCapacity * taken * (layer.kelvin - this.#startKelvin);
    moveAir(layer, this.#left, taken);
  }

  /** Brings outdoor air of a temperature into a layer. */
  bringTo(layer: AirLayer, air: { readonly kilograms: number; readonly kelvin: number }): void {
    const { kilograms, kelvin } = air;
    if (kilograms <= 0) return;
    this.#leftKilojoules -= airHeatCapacity * kilograms * (kelvin - this.#startKelvin);
    bringAir(layer, { kilograms, kelvin, composition: this.composition });
    bringAir(this.#left, { kilograms: -kilograms, kelvin: this.#startKelvin, composition: this.composition });
  }

  /** Blows so much of a layer's own air over a coil, which leaves it at this temperature. */
  condition(layer: AirLayer, air: { readonly kilograms: number; readonly kelvin: number }): void {
    const blown = Math.min(air.kilograms, layer.kilograms);
    if (blown <= 0) return;
    const kelvin = (blown / layer.kilograms) * (air.kelvin - layer.kelvin);
    this.#leftKilojoules -= airHeatCapacity * layer.kilograms * kelvin;
    layer.kelvin += kelvin;
  }
}
