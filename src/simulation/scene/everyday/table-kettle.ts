import type { Random } from "#core/random.ts";
import { airRelease } from "../air-release.ts";
import { drawKettle, Kettle } from "../hot-drink.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirAround, AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { VapourPuffs } from "../vapour-puffs.ts";

/** An electric kettle heats with this much; at the boil all of it makes steam (2,257 kJ/kg). */
const kilowatts = 2.2;
const evaporationKilojoulesPerKilogram = 2257;
/** It switches itself off this long after it has come to the boil. */
const boilOverSeconds = 9;
const boilingHeat = 0.97;
const steamCelsius = 70;
const spoutHeightMetres = 0.22;

/**
 * A kettle that is switched on, comes to the boil, steams, switches itself off and cools (facts §4.8: 50 to 95 °C),
 * once or again and again.
 */
export class TableKettle implements SceneThing {
  readonly place: Point;
  readonly #kettle = new Kettle();
  readonly #steam: VapourPuffs;
  readonly #everySeconds: number;
  #onAtSeconds: number;
  readonly #roomCelsius: number;
  #heat = 0;
  #boilingSeconds = 0;

  constructor(options: {
    readonly place: Point;
    readonly onAtSeconds: number;
    /** How long after it is switched on it is so again; never where nothing is given. */
    readonly everySeconds?: number;
    readonly roomCelsius: number;
    readonly random: Random;
  }) {
    this.place = options.place;
    this.#onAtSeconds = options.onAtSeconds;
    this.#everySeconds = options.everySeconds ?? Number.POSITIVE_INFINITY;
    this.#roomCelsius = options.roomCelsius;
    this.#steam = new VapourPuffs(
      {
        drift: { x: 0, y: 0.5, z: 0 },
        wanderMetresPerSecond: 0.08,
        floorY: 0,
        startRadiusMetres: 0.04,
        growthMetresPerSecond: 0.12,
        lifeSeconds: 1.8,
        opacity: 0.45,
      },
      options.random,
    );
  }

  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void {
    if (at.seconds >= this.#onAtSeconds + this.#everySeconds) {
      this.#onAtSeconds += this.#everySeconds;
      this.#boilingSeconds = 0;
    }
    if (at.seconds >= this.#onAtSeconds) this.#kettle.switchOn(this.#onAtSeconds);
    this.#heat = this.#kettle.heatAt(at.seconds);
    if (this.#heat > boilingHeat) this.#boilingSeconds += stepSeconds;
    const { x, y, z } = this.place;
    this.#steam.step(stepSeconds, {
      place: { x: x + 0.05, y: y + spoutHeightMetres, z },
      puffsPerSecond: this.#boils ? 9 : 0.6 * Math.max(0, this.#heat - 0.7),
      celsius: steamCelsius,
      airCelsius: at.air.lowerCelsius,
    });
  }

  releases(): readonly AirRelease[] {
    if (!this.#boils) return [];
    return [
      airRelease({
        place: this.place,
        diameterMetres: 0.1,
        heatKilowatts: 0.1 * kilowatts,
        waterKilogramsPerSecond: kilowatts / evaporationKilojoulesPerKilogram,
      }),
    ];
  }

  draw(picture: Picture, view: SceneView): void {
    const { camera } = view;
    drawKettle(picture, { camera, place: this.place, heat: this.#heat, roomCelsius: this.#roomCelsius });
    this.#steam.draw(picture, camera);
  }

  get #boils(): boolean {
    return this.#heat > boilingHeat && this.#boilingSeconds < boilOverSeconds;
  }
}
