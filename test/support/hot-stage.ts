import { Random } from "#core/random.ts";
import {
  celsiusToRadiance,
  radiancePerKelvinAt25Celsius,
  radianceToCelsius,
} from "#simulation/scene/band-radiance.ts";
import { Picture } from "#simulation/scene/picture.ts";
import type { RoomSpace } from "#simulation/scene/room-layout.ts";
import type { AirRelease, SceneThing } from "#simulation/scene/scene-thing.ts";
import { renderStillScene, type StillScene } from "#simulation/scene/still-scene.ts";

/** Warmth of the empty room and its air. */
export const stageCelsius = 20;

const look = { celsius: stageCelsius };
const room: RoomSpace = {
  leftX: -3,
  rightX: 3,
  depth: 8,
  height: 3,
  camera: { position: { x: 0, y: 1.7, z: 0.05 }, tiltDownDegrees: 8 },
  walls: look,
  floor: look,
  ceiling: look,
  boxes: [],
  airChangesPerHour: 1,
};
const still = renderStillScene(room, new Random(1));
const air = {
  ambientCelsius: stageCelsius,
  lowerCelsius: stageCelsius,
  upperCelsius: stageCelsius,
  interfaceHeightMetres: room.height,
  oxygenMassFraction: 0.23,
};
const warmKelvin = 8;
const stepSeconds = 0.1;

/** What a thing made of one picture. */
export interface HotLook {
  readonly hottestCelsius: number;
  /** Picture points that it made at least 8 K warmer, and the radiance that it added to all in room kelvins. */
  readonly warmPixels: number;
  readonly addedKelvin: number;
}

/** Things in an empty room of 20 °C, before a sharp camera without noise. */
export class HotStage {
  readonly #things: readonly SceneThing[];
  #steps = 0;

  constructor(...things: readonly SceneThing[]) {
    this.#things = things;
  }

  /** Lets time go by until a second. */
  runTo(seconds: number): this {
    while ((this.#steps + 1) * stepSeconds <= seconds + 1e-9) {
      this.#steps += 1;
      for (const thing of this.#things) thing.step(stepSeconds, { seconds: this.#steps * stepSeconds, air });
    }
    return this;
  }

  /** What they give to the air now. */
  releases(): readonly AirRelease[] {
    return this.#things.flatMap((thing) => thing.releases());
  }

  /** Draws them some time after the last step. */
  look(afterSeconds = 0): HotLook {
    const picture = new Picture(still.depth);
    const cold = celsiusToRadiance(stageCelsius);
    picture.radiance.fill(cold);
    const seconds = this.#steps * stepSeconds + afterSeconds;
    for (const thing of this.#things)
      thing.draw?.(picture, { camera: still.camera, still, room, seconds, air });
    let hottest = 0;
    let warmPixels = 0;
    let added = 0;
    const warm = celsiusToRadiance(stageCelsius + warmKelvin);
    for (const radiance of picture.radiance) {
      hottest = Math.max(hottest, radiance);
      if (radiance >= warm) warmPixels += 1;
      added += radiance - cold;
    }
    return {
      hottestCelsius: radianceToCelsius(hottest),
      warmPixels,
      addedKelvin: added / radiancePerKelvinAt25Celsius,
    };
  }

  /** Warmth that they give to what stands still: the largest, and at how many picture points it is at least 1 K. */
  warmth(): { readonly highestKelvin: number; readonly points: number } {
    const excess = new Float32Array(still.depth.length);
    for (const thing of this.#things) thing.heat?.(still, excess);
    return { highestKelvin: Math.max(...excess), points: excess.filter((kelvin) => kelvin >= 1).length };
  }

  /** The still room that they are in. */
  get still(): StillScene {
    return still;
  }
}
