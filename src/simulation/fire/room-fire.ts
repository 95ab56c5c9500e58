import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import type { Picture } from "../scene/picture.ts";
import type { PinholeCamera, Point } from "../scene/pinhole-camera.ts";
import { basketName, type RoomLayout } from "../scene/room-layout.ts";
import type { StillScene } from "../scene/still-scene.ts";
import { BasketFire } from "./basket-fire.ts";
import { FlamePainter } from "./flame-painter.ts";
import { fuels } from "./fuel.ts";
import { HotBody } from "./hot-body.ts";
import { paintHotDisc } from "./hot-disc.ts";
import { ObjectWalls } from "./object-walls.ts";
import { radiativeFraction } from "./plume-correlations.ts";
import { RoomHeating } from "./room-heating.ts";

/** Absorption of the flame per metre (facts §2.6: 0.5 to 5 for sooty fuels), drawn for each fire. */
const lowestAbsorption = 1.5;
const highestAbsorption = 3.5;
const roomCelsius = 20;
const radiatesAboveMetres = 0.25;
const bedEmissivity = 0.95;
const upwards: Point = { x: 0, y: 1, z: 0 };

/** The demo's fire in the waste basket with all it does to the picture: flame, plume, and the surfaces it heats. */
export class RoomFire {
  /** Radiance of everything that stands still, heated as it is now. */
  readonly surfaces: Float32Array;
  readonly #random: Random;
  readonly #still: StillScene;
  readonly #layout: RoomLayout;
  readonly #cold: Float32Array;
  readonly #excess: Float32Array;
  readonly #heating: RoomHeating;
  readonly #walls: ObjectWalls;
  readonly #bed = new HotBody("char");
  readonly #rim: Point;
  #burntDiameter = 0;
  #isWarm = false;
  #fire: BasketFire | null = null;
  #painter: FlamePainter | null = null;

  constructor(options: { readonly layout: RoomLayout; readonly still: StillScene; readonly random: Random }) {
    const { layout, still } = options;
    this.#random = options.random;
    this.#still = still;
    this.#layout = layout;
    this.#cold = still.celsius.map(celsiusToRadiance);
    this.surfaces = this.#cold.slice();
    this.#excess = new Float32Array(still.celsius.length);
    const { base, height } = layout.basket;
    this.#rim = { x: base.x, y: base.y + height, z: base.z };
    const box = layout.boxes.find(({ name }) => name === basketName)!;
    this.#heating = new RoomHeating({ room: layout, base: this.#rim, radiatesAboveMetres, own: box });
    this.#walls = new ObjectWalls({ low: box.low, high: box.high, walls: "steel" });
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
    const random = this.#random;
    this.#fire = new BasketFire({ random, rimDiameter: 2 * this.#layout.basket.radius });
    const { flameCelsius, tipCelsius } = fuels.paper;
    const absorptionPerMetre = random.between(lowestAbsorption, highestAbsorption);
    this.#painter = new FlamePainter(random, {
      absorptionPerMetre,
      flameCelsius,
      tipCelsius,
      radiativeFraction,
    });
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
    const flame = this.#fire?.flameAfter(0);
    const kilowatts = flame?.kilowatts ?? 0;
    this.#burntDiameter = Math.max(this.#burntDiameter, flame?.diameter ?? 0);
    this.#bed.step(seconds, flame === undefined ? 0 : fuels.paper.bedCelsius - roomCelsius);
    this.#walls.step(seconds, { kilowatts, fuelExcessKelvin: 0 });
    const airCelsius = roomCelsius + room.airExcessKelvin;
    this.#heating.step(seconds, {
      kilowatts,
      diameterMetres: flame?.diameter ?? 0,
      radiatedKilowatts: radiativeFraction * kilowatts,
      air: {
        ambientCelsius: roomCelsius,
        lowerCelsius: airCelsius,
        upperCelsius: airCelsius,
        interfaceHeightMetres: this.#layout.height,
        oxygenMassFraction: 0.23,
      },
    });
    const isWarm = this.#heating.isWarm || this.#walls.isWarm;
    if (isWarm || this.#isWarm) this.#refreshSurfaces();
    this.#isWarm = isWarm;
  }

  /** Paints the glowing paper, the flame and its plume into a picture that holds everything behind them. */
  paint(
    picture: Picture,
    at: {
      readonly camera: PinholeCamera;
      readonly ceilingHeight: number;
      readonly seconds: number;
      readonly secondsAfterStep: number;
    },
  ): void {
    paintHotDisc(picture, at.camera, {
      place: this.#rim,
      facing: upwards,
      radiusMetres: this.#burntDiameter / 2,
      evenShare: 0.85,
      excessKelvin: this.#bed.excessKelvin,
      ambientCelsius: roomCelsius,
      emissivity: bedEmissivity,
    });
    if (this.#fire === null || this.#painter === null) return;
    this.#painter.paint(picture, {
      camera: at.camera,
      flame: this.#fire.flameAfter(at.secondsAfterStep),
      base: this.#rim,
      lean: { x: 0, z: 0 },
      ceilingHeight: at.ceilingHeight,
      ambientCelsius: roomCelsius,
      seconds: at.seconds,
      secondsAfterStep: at.secondsAfterStep,
    });
  }

  #refreshSurfaces(): void {
    const excess = this.#excess.fill(0);
    this.#heating.addTo(this.#still, excess);
    this.#walls.addTo(this.#still, excess, 0);
    for (let i = 0; i < excess.length; i += 1)
      this.surfaces[i] =
        excess[i] === 0 ? this.#cold[i]! : celsiusToRadiance(this.#still.celsius[i]! + excess[i]!);
  }
}
