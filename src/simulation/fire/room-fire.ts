import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import type { Picture } from "../scene/picture.ts";
import type { PinholeCamera, Point } from "../scene/pinhole-camera.ts";
import type { RoomLayout } from "../scene/room-layout.ts";
import type { StillScene } from "../scene/still-scene.ts";
import { BasketFire } from "./basket-fire.ts";
import { FlamePainter } from "./flame-painter.ts";
import { SurfaceHeating, visibleExcessKelvin } from "./surface-heating.ts";

/** A room's fire with all it does to the picture: flame, plume, and the surfaces it heats. */
export class RoomFire {
  /** Radiance of everything that stands still, heated as it is now. */
  readonly surfaces: Float32Array;
  readonly #random: Random;
  readonly #still: StillScene;
  readonly #layout: RoomLayout;
  readonly #cold: Float32Array;
  readonly #heating: SurfaceHeating;
  readonly #rim: Point;
  #fire: BasketFire | null = null;
  #painter: FlamePainter | null = null;

  constructor(options: { readonly layout: RoomLayout; readonly still: StillScene; readonly random: Random }) {
    this.#random = options.random;
    this.#still = options.still;
    this.#layout = options.layout;
    this.#cold = options.still.celsius.map(celsiusToRadiance);
    this.surfaces = this.#cold.slice();
    this.#heating = new SurfaceHeating(options.layout, options.still);
    const { base, height } = options.layout.basket;
    this.#rim = { x: base.x, y: base.y + height, z: base.z };
  }

  /** True while there are flames. */
  get burning(): boolean {
    return this.#fire?.burning ?? false;
  }

  /** Heat that the fire releases now, 0 without one. */
  get kilowatts(): number {
    return this.#fire?.flameAfter(0).kilowatts ?? 0;
  }

  /** Lights a basket full of paper; does nothing while one burns. */
  ignite(): void {
    if (this.burning) return;
    this.#fire = new BasketFire({ random: this.#random, rimDiameter: 2 * this.#layout.basket.radius });
    this.#painter = new FlamePainter(this.#random);
  }

  /** Puts the flames out. */
  extinguish(): void {
    this.#fire?.quench();
  }

  /** Lets time go by. */
  step(seconds: number, room: { readonly airExcessKelvin: number }): void {
    this.#fire?.step(seconds);
    if (this.#fire !== null && !this.#fire.burning) {
      this.#fire = null;
      this.#painter = null;
    }
    if (this.#fire === null && !this.#heating.warm) return;
    const flame = this.#fire?.flameAfter(0);
    this.#heating.step(seconds, {
      kilowatts: flame?.kilowatts ?? 0,
      diameter: flame?.diameter ?? 0,
      burning: { flames: flame !== undefined },
      airExcessKelvin: room.airExcessKelvin,
    });
    this.#refreshSurfaces();
  }

  /** Paints the flame and its plume into a picture that already holds everything behind them. */
  paint(
    picture: Picture,
    at: {
      readonly camera: PinholeCamera;
      readonly ceilingHeight: number;
      readonly seconds: number;
      readonly secondsAfterStep: number;
    },
  ): void {
    if (this.#fire === null || this.#painter === null) return;
    this.#painter.paint(picture, {
      camera: at.camera,
      flame: this.#fire.flameAfter(at.secondsAfterStep),
      rim: this.#rim,
      ceilingHeight: at.ceilingHeight,
      seconds: at.seconds,
    });
  }

  #refreshSurfaces(): void {
    const { excess } = this.#heating;
    for (let i = 0; i < excess.length; i += 1)
      this.surfaces[i] =
        excess[i]! > visibleExcessKelvin
          ? celsiusToRadiance(this.#still.celsius[i]! + excess[i]!)
          : this.#cold[i]!;
  }
}
