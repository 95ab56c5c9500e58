import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import type { LifeNow, NormalLife } from "./normal-life.ts";

/** Small enough for thousands of simulated minutes, large enough for a fire. */
export const smallPicture = { width: 40, height: 30 } as const;
/** Above half of a Lepton's rate, so that the camera does not count as slow. */
export const smallFramePeriodMs = 200;
/** As an SCD41 measures. */
export const smallAirPeriodMs = 5_000;

const wallCentikelvin = 29_415;
/** Noise of 0.04 K; each picture takes a stretch that begins anywhere, which is quicker than fresh noise. */
const noise = ((random: Random) =>
  Int16Array.from({ length: 1 << 15 }, () => Math.round(4 * random.normal())))(new Random(1));

/** How a camera is. "raw": it sends counts instead of temperatures. */
export type CameraCondition = "works" | "silent" | "frozen" | "raw";
/** How an air sensor is. "no CO2": its readings lack the value. "zero": it reads 0 for everything. */
export type AirCondition = "works" | "silent" | "no CO2" | "zero";

/** What a small room with a wall of 21 °C looks like to its sensors; where it burns, a growing square of 300 to 400 °C. */
export class SmallRoom {
  readonly #random: Random;
  readonly #life: NormalLife | null;
  #now: LifeNow | null = null;
  #counter = 0;
  #last: ThermalFrame | null = null;
  /** Seconds for which it has burnt; null while it does not. */
  burningSeconds: number | null = null;

  /** `life` is what goes on in it; null: nothing. */
  constructor(random: Random, life: NormalLife | null) {
    this.#random = random;
    this.#life = life;
  }

  /** Time has gone on for who lives in it. */
  live(nowMs: number): void {
    this.#now = this.#life?.at(nowMs) ?? null;
  }

  /** What the camera sends now; null when nothing. */
  frame(condition: CameraCondition, capturedAtMicros: number): ThermalFrame | null {
    if (condition === "silent") return null;
    this.#counter += 1;
    const frozen = condition === "frozen" ? this.#last : null;
    const pixels = frozen?.pixels.slice() ?? this.#draw();
    this.#last = {
      ...smallPicture,
      capturedAtMicros,
      frameCounter: this.#counter,
      unit: condition === "raw" ? "raw-counts" : "centikelvin",
      pixels,
      telemetry: null,
    };
    return this.#last;
  }

  /** What the air sensor reads now; null when nothing. */
  reading(condition: AirCondition, sampledAtMicros: number): AirSample | null {
    if (condition === "silent") return null;
    if (condition === "zero")
      return { sampledAtMicros, co2Ppm: 0, temperatureCelsius: 0, humidityPercent: 0 };
    const smoke = 15 * Math.min(120, this.burningSeconds ?? 0);
    return {
      sampledAtMicros,
      co2Ppm:
        condition === "no CO2"
          ? Number.NaN
          : (this.#now?.co2Ppm ?? 600) + smoke + Math.round(3 * this.#random.normal()),
      temperatureCelsius: 21 + 0.05 * this.#random.normal(),
      humidityPercent: 45 + 0.1 * this.#random.normal(),
    };
  }

  #draw(): Uint16Array {
    const { width, height } = smallPicture;
    const pixels = new Uint16Array(width * height);
    const from = this.#random.integer(noise.length - pixels.length);
    for (let k = 0; k < pixels.length; k += 1) pixels[k] = wallCentikelvin + noise[from + k]!;
    if (this.#now !== null) drawLife(pixels, this.#now);
    if (this.burningSeconds === null) return pixels;
    const size = Math.min(14, 6 + Math.floor(this.burningSeconds / 4));
    for (let y = 10; y < 10 + size; y += 1)
      for (let x = 12; x < 12 + size; x += 1) pixels[y * width + x] = 57_000 + this.#random.integer(10_000);
    return pixels;
  }
}

/** A window, a cupboard, a radiator below on the right, and people who turn round at the sides of the picture. */
function drawLife(pixels: Uint16Array, { people, radiatorCelsius }: LifeNow): void {
  add(pixels, { left: 3, top: 2, right: 13, bottom: 10 }, -400);
  add(pixels, { left: 18, top: 14, right: 26, bottom: 30 }, 150);
  add(pixels, { left: 30, top: 22, right: 38, bottom: 27 }, 100 * (radiatorCelsius - 21));
  for (const walked of people) {
    const lane = smallPicture.width - 6;
    const left = Math.floor(Math.abs((walked % (2 * lane)) - lane));
    add(pixels, { left, top: 12, right: left + 3, bottom: 26 }, 900);
  }
}

function add(
  pixels: Uint16Array,
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  centikelvin: number,
): void {
  for (let y = box.top; y < box.bottom; y += 1)
    for (let x = box.left; x < box.right; x += 1) pixels[y * smallPicture.width + x]! += centikelvin;
}
