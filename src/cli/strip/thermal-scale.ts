import { ironSteps } from "./strip-canvas.ts";

const countsPerKelvin = 100;
const zeroCelsiusCounts = 27_315;
const countsMax = 65_535;
/** Around the room's own temperature the scale is even within this many kelvin, and logarithmic beyond. */
const evenKelvin = 5;
/** A scale spans this much at least, so that the noise of a quiet room does not fill it. */
const spanKelvinMin = 12;
/** Round temperatures that a scale may be marked with. */
const roundCelsius: readonly number[] = [
  -80, -60, -40, -30, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100, 120, 140, 180,
  250, 350, 450,
];

/**
 * How temperatures become colours, the same in all pictures of a strip: fine around the temperature of the room and
 * coarser far from it, so that a person and a fire can be seen in one picture.
 */
export class ThermalScale {
  readonly lowCelsius: number;
  readonly highCelsius: number;
  readonly #middleCelsius: number;
  readonly #steps: Uint8Array;

  /** `pictures` in hundredths of a kelvin; the middle of the first one is the room's own temperature. */
  constructor(pictures: readonly Uint16Array[]) {
    let low = countsMax;
    let high = 0;
    for (const picture of pictures)
      for (let i = 0; i < picture.length; i += 1) {
        if (picture[i]! < low) low = picture[i]!;
        if (picture[i]! > high) high = picture[i]!;
      }
    const sorted = Uint16Array.from(pictures[0]!).sort();
    this.#middleCelsius = celsius(sorted[sorted.length >> 1]!);
    const lacking = Math.max(0, spanKelvinMin - (high - low) / countsPerKelvin);
    this.lowCelsius = celsius(low) - lacking / 2;
    this.highCelsius = celsius(high) + lacking / 2;
    this.#steps = new Uint8Array(countsMax + 1);
    for (let counts = 0; counts <= countsMax; counts += 1)
      this.#steps[counts] = Math.round(this.shareOf(celsius(counts)) * (ironSteps - 1));
  }

  /** The place of a temperature between the coldest, 0, and the hottest, 1. */
  shareOf(atCelsius: number): number {
    const low = this.#bent(this.lowCelsius);
    const share = (this.#bent(atCelsius) - low) / (this.#bent(this.highCelsius) - low);
    return Math.min(1, Math.max(0, share));
  }

  /** A picture in hundredths of a kelvin as steps of the iron palette. */
  stepsOf(picture: Uint16Array): Uint8Array {
    const steps = new Uint8Array(picture.length);
    for (let i = 0; i < picture.length; i += 1) steps[i] = this.#steps[picture[i]!]!;
    return steps;
  }

  /** Round temperatures within the scale, rising, that it can be marked with. */
  get marks(): readonly number[] {
    return roundCelsius.filter((mark) => mark > this.lowCelsius && mark < this.highCelsius);
  }

  #bent(atCelsius: number): number {
    return Math.asinh((atCelsius - this.#middleCelsius) / evenKelvin);
  }
}

/** Coldest and hottest value of a picture in °C. */
export function celsiusRange(picture: Uint16Array): { readonly low: number; readonly high: number } {
  let low = countsMax;
  let high = 0;
  for (let i = 0; i < picture.length; i += 1) {
    if (picture[i]! < low) low = picture[i]!;
    if (picture[i]! > high) high = picture[i]!;
  }
  return { low: celsius(low), high: celsius(high) };
}

function celsius(counts: number): number {
  return (counts - zeroCelsiusCounts) / countsPerKelvin;
}
