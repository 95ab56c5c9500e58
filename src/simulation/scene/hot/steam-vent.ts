import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { dryHeatRelease } from "./heat-source-release.ts";
import { drawPatch, upright } from "./hot-patch.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";
import { type SteamKind, SteamPlume } from "./steam-plume.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `SteamVent`. */
export interface SteamVentOptions {
  readonly place: Point;
  readonly direction: Point;
  readonly steam: SteamKind;
  readonly bursts: readonly OnTime[];
  readonly waterKilogramsPerSecond: number;
  readonly ambientCelsius: number;
  readonly random: Random;
}

/** The mouth itself gets as warm as wet metal in steam (assumed). */
const mouthCelsius = 92;
const widestMouthMetres = 0.04;
const mouthWarmingSeconds = 3;
const mouthCoolingSeconds = 90;
const strengthSeconds = 1;
/** Heat that a kilogram of steam leaves in the air when it condenses, in kJ. */
const condensationHeat = 2257;

/** Steam in bursts: from a valve, an autoclave, a dishwasher that is opened. */
export class SteamVent implements SceneThing {
  readonly place: Point;
  readonly #options: SteamVentOptions;
  readonly #plume: SteamPlume;
  readonly #mouth: WarmingBody;
  #strength = 0;
  #ageSeconds = 0;
  #stoppedSeconds = 0;

  constructor(options: SteamVentOptions) {
    this.place = options.place;
    this.#options = options;
    this.#plume = new SteamPlume(options.steam, options.random);
    this.#mouth = new WarmingBody({
      celsius: options.ambientCelsius,
      warmingSeconds: mouthWarmingSeconds,
      coolingSeconds: mouthCoolingSeconds,
    });
  }

  /** How much comes out, 0 to 1. */
  get strength(): number {
    return this.#strength;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { bursts, ambientCelsius } = this.#options;
    const burst = onTimeAt(bursts, at.seconds);
    this.#mouth.step(stepSeconds, burst === null ? ambientCelsius : mouthCelsius);
    if (burst === null) {
      this.#ageSeconds += stepSeconds;
      this.#stoppedSeconds += stepSeconds;
      return;
    }
    this.#ageSeconds = at.seconds - burst.fromSeconds;
    this.#stoppedSeconds = 0;
    this.#strength = -Math.expm1(-this.#ageSeconds / strengthSeconds);
  }

  releases(): readonly AirRelease[] {
    const { place, steam, waterKilogramsPerSecond } = this.#options;
    if (this.#stoppedSeconds > 0 || this.#strength === 0) return [];
    const source = { place, diameterMetres: steam.mouthMetres, radiativeFraction: 0 };
    const water = this.#strength * waterKilogramsPerSecond;
    // Most droplets evaporate again; the heat stays in the air only where they wet a wall.
    const dry = dryHeatRelease({ ...source, kilowatts: 0.3 * water * condensationHeat });
    return [{ ...dry, waterKilogramsPerSecond: water }];
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, direction, steam } = this.#options;
    const radiance = celsiusToRadiance(this.#mouth.celsius);
    const half = Math.min(widestMouthMetres, 0.5 * steam.mouthMetres);
    drawPatch(picture, view.camera, {
      place,
      ...upright(half, 0.5 * half),
      outline: "ellipse",
      radianceAt: () => radiance,
    });
    this.#plume.draw(picture, view, {
      mouth: place,
      direction,
      strength: this.#strength,
      ageSeconds: this.#ageSeconds,
      stoppedSeconds: this.#stoppedSeconds,
    });
  }
}
