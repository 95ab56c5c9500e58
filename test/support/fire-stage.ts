import { Random } from "#core/random.ts";
import { fireCourse } from "#simulation/fire/fire-course.ts";
import { type Fuel, smoulderingFuels } from "#simulation/fire/fuel.ts";
import { StagedFire, type StagedFireOptions } from "#simulation/fire/staged-fire.ts";
import { TimeCurve } from "#simulation/fire/time-curve.ts";
import type { FlameRenderer, Variation } from "#simulation/scenario/scenario.ts";
import { celsiusToRadiance } from "#simulation/scene/band-radiance.ts";
import { Picture } from "#simulation/scene/picture.ts";
import type { RoomSpace } from "#simulation/scene/room-layout.ts";
import type { AirAround } from "#simulation/scene/scene-thing.ts";
import { renderStillScene, type StillScene } from "#simulation/scene/still-scene.ts";

/** An empty hall of 8 × 30 × 6 m at 20 °C with the camera at 2 m. */
export const emptyHall: RoomSpace = {
  leftX: -4,
  rightX: 4,
  depth: 30,
  height: 6,
  camera: { position: { x: 0, y: 2, z: 0.05 }, tiltDownDegrees: 5 },
  walls: { celsius: 20 },
  floor: { celsius: 20 },
  ceiling: { celsius: 20 },
  boxes: [],
  airChangesPerHour: 1,
};

/** Fresh air at 20 °C. */
export const freshAir: AirAround = {
  ambientCelsius: 20,
  lowerCelsius: 20,
  upperCelsius: 20,
  interfaceHeightMetres: 6,
  oxygenMassFraction: 0.23,
};

/** A variation without any. */
export function plainVariation(flameRenderer: FlameRenderer): Variation {
  return {
    growthFactor: 1,
    flameAbsorptionFactor: 1,
    lensBlurPixels: 0.6,
    unitBiasKelvin: 0,
    emissivity: 0.95,
    flameRenderer,
    gainMode: "high",
  };
}

/** Options of `steadyFire`. */
export interface SteadyFire {
  readonly fuel: Fuel;
  readonly kilowatts: number;
  readonly diameterMetres: number;
  readonly distanceMetres: number;
  readonly flameRenderer: FlameRenderer;
}

/** A fire on the floor of the hall that burns evenly from the beginning. */
export function steadyFire(fire: SteadyFire, other: Partial<StagedFireOptions> = {}): StagedFire {
  const flame = new TimeCurve([
    [0, fire.kilowatts],
    [10_000, fire.kilowatts],
  ]);
  return new StagedFire({
    course: fireCourse({ flame }),
    igniteAtSeconds: 0,
    fuel: {
      ...fire.fuel,
      kilowattsPerSquareMetre: (4 * fire.kilowatts) / (Math.PI * fire.diameterMetres ** 2),
    },
    smoulderingFuel: smoulderingFuels.wood,
    base: { x: 0, y: 0.05, z: fire.distanceMetres },
    widestMetres: fire.diameterMetres,
    object: null,
    room: emptyHall,
    variation: plainVariation(fire.flameRenderer),
    random: (purpose) => new Random(purpose.length),
    ...other,
  });
}

/** The hall, seen once; shared by the tests of a file. */
export function hallScene(): StillScene {
  return renderStillScene(emptyHall, new Random(1));
}

/** Plays a fire in steps of a tenth of a second and gives what the camera sees of it. */
export class FireStage {
  readonly picture: Picture;
  readonly #still: StillScene;
  readonly #fire: StagedFire;
  readonly #air: AirAround;
  #steps = 0;

  constructor(still: StillScene, fire: StagedFire, air: AirAround = freshAir) {
    this.#still = still;
    this.#fire = fire;
    this.#air = air;
    this.picture = new Picture(still.depth);
  }

  /** The picture at a time, in W·m⁻²·sr⁻¹ over an even background of 20 °C; times only increase. */
  lookAt(seconds: number): Float32Array {
    while ((this.#steps + 1) / 10 <= seconds + 1e-9) {
      this.#steps += 1;
      this.#fire.step(0.1, { seconds: this.#steps / 10, air: this.#air });
    }
    this.picture.radiance.fill(celsiusToRadiance(20));
    this.#fire.draw(this.picture, {
      camera: this.#still.camera,
      still: this.#still,
      room: emptyHall,
      seconds,
      air: this.#air,
    });
    return this.picture.radiance;
  }
}
