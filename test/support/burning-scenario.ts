import { leptonWidth } from "#core/frames/thermal-frame.ts";
import type { CameraEvent, Scenario } from "#simulation/scenario/scenario.ts";
import { celsiusToRadiance } from "#simulation/scene/band-radiance.ts";
import type { Picture } from "#simulation/scene/picture.ts";
import type { AirRelease, FireThing, FireTruth, SceneView } from "#simulation/scene/scene-thing.ts";
import { plainOffice } from "./plain-office.ts";

/** A hot spot that wanders sideways and grows, and gives CO2: as simple a fire as a test of the engine needs. */
class WanderingSpot implements FireThing {
  readonly place = { x: 0.4, y: 1, z: 3 };
  truth: FireTruth = { stage: "none", heatReleaseKilowatts: 0, flamePixels: 0, hotPixels: 0 };
  readonly #igniteAtSeconds: number;
  readonly #celsius: number;
  readonly #halfWidthPixels: number;
  #seconds = 0;

  constructor(spot: { igniteAtSeconds: number; celsius: number; halfWidthPixels: number }) {
    this.#igniteAtSeconds = spot.igniteAtSeconds;
    this.#celsius = spot.celsius;
    this.#halfWidthPixels = spot.halfWidthPixels;
  }

  get #isLit(): boolean {
    return this.#seconds >= this.#igniteAtSeconds;
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#seconds = at.seconds;
  }

  releases(): readonly AirRelease[] {
    if (!this.#isLit) return [];
    return [
      {
        place: this.place,
        diameterMetres: 0.3,
        heatKilowatts: 100,
        radiativeFraction: 0.3,
        co2KilogramsPerSecond: 0.01,
        coKilogramsPerSecond: 0.0005,
        sootKilogramsPerSecond: 0.0002,
        waterKilogramsPerSecond: 0.004,
      },
    ];
  }

  heat(_still: unknown, excessKelvin: Float32Array): void {
    if (!this.#isLit) return;
    for (let i = 0; i < 40; i += 1) excessKelvin[60 * leptonWidth + 40 + i]! += 5;
  }

  draw(picture: Picture, view: SceneView): void {
    if (!this.#isLit) return;
    const half = this.#halfWidthPixels;
    const left = Math.round(80 - half + 5 * Math.sin(view.seconds));
    let pixels = 0;
    for (let y = 60 - half; y < 60 + half; y += 1)
      for (let x = Math.max(0, left); x < Math.min(leptonWidth, left + 2 * half); x += 1) {
        picture.radiance[y * leptonWidth + x] = celsiusToRadiance(this.#celsius);
        pixels += 1;
      }
    this.truth = { stage: "flaming", heatReleaseKilowatts: 100, flamePixels: pixels, hotPixels: 0 };
  }
}

/** How a test's scenario burns and what happens to its camera. */
export interface BurningScenarioOptions {
  readonly igniteAtSeconds: number;
  readonly celsius: number;
  readonly halfWidthPixels: number;
  readonly cameraEvents: readonly CameraEvent[];
}

/** A scenario for tests of the episode engine, independent of the library. */
export function burningScenario(options: BurningScenarioOptions): Scenario {
  return {
    name: "wandering-spot",
    family: "test",
    kind: "fire",
    shows: "flaming",
    title: "A hot spot that wanders.",
    source: "Made up for tests.",
    isHotProcess: false,
    rooms: [plainOffice],
    shortestSeconds: 20,
    longestSeconds: 20,
    stage: () => ({
      boxes: [],
      things: [],
      fire: new WanderingSpot(options),
      hotPlaces: [],
      cameraEvents: options.cameraEvents,
    }),
  };
}
