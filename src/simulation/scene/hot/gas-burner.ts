import type { Random } from "#core/random.ts";
import { puffingHertz } from "../../fire/plume-correlations.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { Flicker } from "./flicker.ts";
import { combustionRelease } from "./heat-source-release.ts";
import { drawSpeck, sumOf } from "./hot-patch.ts";
import { JetFlame } from "./jet-flame.ts";
import { type OnTime, onBefore, onTimeAt } from "./on-times.ts";
import { WarmingBody } from "./warming-body.ts";

/** Options of `GasBurner`. */
export interface GasBurnerOptions {
  /** Middle of its cap. */
  readonly place: Point;
  readonly ringRadiusMetres: number;
  readonly kilowatts: number;
  /** Share of the burnt gas that a hood does not take away. */
  readonly indoorShare: number;
  readonly onTimes: readonly OnTime[];
  readonly ambientCelsius: number;
  readonly random: Random;
}

/** Blue flames hardly show in the band: as clean as alcohol's, under 0.3 per metre (facts §2.6 [M]). */
const flameKind = {
  absorptionPerMetre: 0.25,
  footCelsius: 1150,
  tipCelsius: 900,
  metresPerSecond: 1.2,
} as const;
const tongues = 10;
const tongueDiameterMetres = 0.012;
const tongueMetresAtOneKilowatt = 0.028;
const outward = 0.45;
/** Ports and pan supports next to the flames (assumed). */
const capCelsius = 330;
const capWarmingSeconds = 60;
const capCoolingSeconds = 200;
const capSquareMetresPerTongue = 1.2e-4;
const radiativeFraction = 0.12;

/** A burner of a gas stove: a ring of small flames that release heat, CO2 and water. */
export class GasBurner implements SceneThing {
  readonly place: Point;
  readonly #options: GasBurnerOptions;
  readonly #flame: JetFlame;
  readonly #flicker: Flicker;
  readonly #cap: WarmingBody;
  readonly #hertz: number;
  #seconds = 0;
  #kilowatts = 0;

  constructor(options: GasBurnerOptions) {
    this.place = options.place;
    this.#options = options;
    this.#flame = new JetFlame(flameKind, options.random);
    this.#hertz = puffingHertz(tongueDiameterMetres);
    this.#flicker = new Flicker({ random: options.random, hertz: this.#hertz, depth: 0.15 });
    this.#cap = new WarmingBody({
      celsius: options.ambientCelsius,
      warmingSeconds: capWarmingSeconds,
      coolingSeconds: capCoolingSeconds,
    });
    this.#cap.step(onBefore(options.onTimes), capCelsius);
  }

  /** Heat released now. */
  get kilowatts(): number {
    return this.#kilowatts;
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    const { onTimes, kilowatts, ambientCelsius } = this.#options;
    const on = onTimeAt(onTimes, at.seconds) !== null;
    this.#seconds = at.seconds;
    this.#kilowatts = on ? kilowatts : 0;
    this.#cap.step(stepSeconds, on ? capCelsius : ambientCelsius);
    this.#flicker.step(stepSeconds, this.#hertz);
  }

  releases(): readonly AirRelease[] {
    const { place, ringRadiusMetres, indoorShare } = this.#options;
    const source = { place, diameterMetres: 2 * ringRadiusMetres, kilowatts: this.#kilowatts };
    return [combustionRelease({ ...source, radiativeFraction, fuel: "natural-gas", indoorShare })];
  }

  draw(picture: Picture, view: SceneView): void {
    const { place, ringRadiusMetres, kilowatts } = this.#options;
    const capRadiance = celsiusToRadiance(this.#cap.celsius);
    const flicker = this.#flicker.after(view.seconds - this.#seconds);
    for (let k = 0; k < tongues; k += 1) {
      const angle = (2 * Math.PI * k) / tongues;
      const x = Math.cos(angle);
      const z = Math.sin(angle);
      const foot = sumOf(place, { x: ringRadiusMetres * x, y: 0, z: ringRadiusMetres * z });
      const at = view.camera.project(foot);
      if (at === null) continue;
      drawSpeck(picture, at, {
        pixels: Math.min(1, capSquareMetresPerTongue * at.scale * at.scale),
        radiance: capRadiance,
      });
      if (this.#kilowatts === 0) continue;
      this.#flame.draw(picture, view.camera, {
        foot,
        direction: { x: outward * x, y: Math.sqrt(1 - outward * outward), z: outward * z },
        lengthMetres: tongueMetresAtOneKilowatt * Math.sqrt(kilowatts) * flicker,
        diameterMetres: tongueDiameterMetres,
        seconds: view.seconds + 0.37 * k,
      });
    }
  }
}
