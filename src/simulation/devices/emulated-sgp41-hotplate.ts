import type { SensirionAir } from "./emulated-sensirion-air.ts";
import { celsiusToTicks, humidityToTicks, toUnsignedWord } from "./emulated-sensirion-words.ts";

/** What an SGP41 smells. */
export interface Sgp41Air extends SensirionAir {
  /** Volatile organic compounds as so much ethanol, in ppb. */
  readonly vocPpb: number;
  /** Nitrogen oxides as so much NO2, in ppb. */
  readonly noxPpb: number;
}

/** Conditioning for longer than this damages the chip (SGP41 data sheet). */
const conditioningMaxMs = 10_000;

// Raw ticks go with the logarithm of a resistance, and Sensirion gives no curve. These are of the size seen in life:
// VOC about 30,000 in clean air and falling with more gas, NOx about 15,000 and rising.
const vocCleanTicks = 30_000;
const vocTicksPerE = 1_200;
const vocReferencePpb = 100;
const noxCleanTicks = 15_000;
const noxTicksPerE = 1_000;
const noxReferencePpb = 10;

/** What the signals gain when the chip is told of drier or cooler air than there is; a tenth of the ticks, assumed. */
const ticksPerWrongTick = 0.1;
/** A cold hotplate reads so much too high and comes up with this time constant; assumed. */
const coldTicks = 3_000;
const warmUpMs = 3_000;

/** The heated part of an emulated SGP41: what it makes of the air, and what it does not stand. */
export class Sgp41Hotplate {
  #heatingSinceMs: number | null = null;
  #conditioningSinceMs: number | null = null;
  #damaged = false;

  get heating(): boolean {
    return this.#heatingSinceMs !== null;
  }

  get damaged(): boolean {
    return this.#damaged;
  }

  /** Heats for one measurement that ends now. */
  heat(purpose: "conditioning" | "measuring", atMs: number): void {
    this.#heatingSinceMs ??= atMs;
    if (purpose === "measuring") {
      this.#conditioningSinceMs = null;
      return;
    }
    this.#conditioningSinceMs ??= atMs;
    if (atMs - this.#conditioningSinceMs > conditioningMaxMs) this.#damaged = true;
  }

  switchOff(): void {
    this.#heatingSinceMs = null;
    this.#conditioningSinceMs = null;
  }

  /** Raw signals of VOC and NOx as the chip compensates them with what it was told of humidity and temperature. */
  read(
    air: Sgp41Air,
    {
      told,
      atMs,
    }: {
      readonly told: { readonly humidityTicks: number; readonly temperatureTicks: number };
      readonly atMs: number;
    },
  ): readonly number[] {
    const wrong =
      ticksPerWrongTick *
      (humidityToTicks(air.humidityPercent) -
        told.humidityTicks +
        celsiusToTicks(air.temperatureCelsius) -
        told.temperatureTicks);
    const cold = coldTicks * Math.exp(-(atMs - (this.#heatingSinceMs ?? atMs)) / warmUpMs);
    const voc = vocCleanTicks - vocTicksPerE * Math.log1p(air.vocPpb / vocReferencePpb);
    const nox = noxCleanTicks + noxTicksPerE * Math.log1p(air.noxPpb / noxReferencePpb);
    return [toUnsignedWord(voc + cold + wrong), toUnsignedWord(nox + cold + wrong)];
  }
}
