import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { type LocalAir, TwoZoneRoom } from "../fire/two-zone-room.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { LensBlur } from "../scene/lens-blur.ts";
import { Picture } from "../scene/picture.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type { AirRelease, SceneThing, SceneView } from "../scene/scene-thing.ts";
import { renderStillScene, type StillScene } from "../scene/still-scene.ts";
import { stageBackground } from "./background.ts";
import { type Climate, drawClimate } from "./climate.ts";
import type { EpisodeTruth } from "./episode-truth.ts";
import { labelOf } from "./label-rule.ts";
import { randomStreams } from "./random-streams.ts";
import type { EpisodeLot, FlameRenderer, Scenario, Staging, Variation } from "./scenario.ts";
import type { StagedRoom } from "./staged-room.ts";
import { drawVariation } from "./variation.ts";

/** Things and air go forward in steps of this length, on a grid of the episode's own time. */
export const stepSeconds = 0.1;
/** Surfaces are heated every this many steps: they change slowly. */
const stepsBetweenHeatings = 5;

/** Options of `Episode`. */
export interface EpisodeOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** `unlit` is the twin of a fire episode: the same in everything, but nothing is set on fire. */
  readonly fire: "as-staged" | "unlit";
  readonly flameRenderer: FlameRenderer;
  /** Length instead of one drawn between the scenario's shortest and longest. */
  readonly seconds?: number;
  /** Climate instead of one drawn by the seed. */
  readonly climate?: Climate;
  /** `none` leaves out what else goes on in a room: for experiments in which nobody was there. */
  readonly background?: "staged" | "none";
}

/**
 * One performance of a scenario: a room, what happens in it, and what a camera without noise and the air around the
 * sensor would show. Asked for times that only go forward. One seed gives one episode.
 */
export class Episode {
  readonly scenario: Scenario;
  readonly seconds: number;
  readonly igniteAtSeconds: number;
  readonly climate: Climate;
  readonly variation: Variation;
  readonly staged: StagedRoom;
  readonly space: RoomSpace;
  readonly staging: Staging;
  /** Where the air sensor hangs. */
  readonly airSensorPlace: Point;
  /** The episode's own random streams, for the devices that look at it. */
  readonly random: (purpose: string) => Random;
  readonly #things: readonly SceneThing[];
  readonly #air: TwoZoneRoom;
  readonly #still: StillScene;
  readonly #cold: Float32Array;
  readonly #surfaces: Float32Array;
  readonly #excess = new Float32Array(leptonWidth * leptonHeight);
  readonly #picture: Picture;
  readonly #blur: LensBlur;
  #steps = 0;

  constructor(options: EpisodeOptions) {
    const { scenario } = options;
    const random = randomStreams(options.seed);
    this.scenario = scenario;
    this.random = random;
    this.climate = options.climate ?? drawClimate(random("climate"));
    this.variation = drawVariation(random("variation"), options.flameRenderer);
    const times = random("times");
    const length = times.between(scenario.shortestSeconds, scenario.longestSeconds);
    this.seconds = Math.round(options.seconds ?? length);
    this.igniteAtSeconds = ignitionTime(this.seconds, times);
    const template = scenario.rooms[random("template").integer(scenario.rooms.length)]!;
    this.staged = template.draw(random("room"), this.climate);
    const lot: EpisodeLot = {
      room: this.staged,
      climate: this.climate,
      variation: this.variation,
      seconds: this.seconds,
      igniteAtSeconds: this.igniteAtSeconds,
      random: (purpose) => random(`scenario/${purpose}`),
    };
    this.staging = scenario.stage(lot);
    const background =
      options.background === "none"
        ? { boxes: [], things: [] }
        : stageBackground({ ...lot, random: (purpose) => random(`background/${purpose}`) });
    const { space } = this.staged;
    this.space = {
      ...space,
      boxes: [...space.boxes, ...this.staging.boxes, ...background.boxes],
      emissivity: this.variation.emissivity,
    };
    const { fire } = this.staging;
    const burning = fire === null || options.fire === "unlit" ? [] : [fire];
    this.#things = [...background.things, ...this.staging.things, ...burning];
    this.airSensorPlace = { ...space.camera.position, x: space.camera.position.x + 0.3 };
    this.#air = new TwoZoneRoom({
      space: this.space,
      celsius: this.climate.insideCelsius,
      outdoorCelsius: this.climate.outsideCelsius,
      humidityPercent: this.climate.humidityPercent,
      co2Ppm: this.climate.co2Ppm,
      outdoorCo2Ppm: this.climate.outdoorCo2Ppm,
    });
    this.#still = renderStillScene(this.space, random("surfaces"));
    this.#cold = this.#still.celsius.map(celsiusToRadiance);
    this.#surfaces = this.#cold.slice();
    this.#picture = new Picture(this.#still.depth);
    this.#blur = new LensBlur({ width: leptonWidth, height: leptonHeight });
  }

  /**
   * What a camera without any noise sees at a time, in W·m⁻²·sr⁻¹, blurred by the lens; overwritten by the next call.
   */
  radianceAt(seconds: number): Float32Array {
    this.#advance(seconds);
    const picture = this.#picture;
    picture.radiance.set(this.#surfaces);
    const view: SceneView = {
      camera: this.#still.camera,
      still: this.#still,
      room: this.space,
      seconds,
      air: this.#air.around,
    };
    const drawn = this.#things.filter((thing) => thing.draw !== undefined);
    drawn.sort((one, other) => this.#distance(other.place) - this.#distance(one.place));
    for (const thing of drawn) thing.draw?.(picture, view);
    this.#blur.apply(picture.radiance);
    return picture.radiance;
  }

  /** The air at the sensor at a time. */
  airAt(seconds: number): LocalAir {
    this.#advance(seconds);
    return this.#air.at(this.airSensorPlace);
  }

  /** What is true after the newest picture. */
  truthAt(seconds: number): EpisodeTruth {
    this.#advance(seconds);
    const { fire } = this.staging;
    const lit = fire !== null && this.#things.includes(fire) ? fire : null;
    const truth = lit?.truth ?? null;
    return {
      seconds,
      label: labelOf(truth),
      stage: truth?.stage ?? "none",
      heatReleaseKilowatts: truth?.heatReleaseKilowatts ?? 0,
      flamePixels: truth?.flamePixels ?? 0,
      hotPixels: truth?.hotPixels ?? 0,
      fireDistanceMetres: lit === null ? null : this.#distance(lit.place),
    };
  }

  #advance(seconds: number): void {
    while ((this.#steps + 1) * stepSeconds <= seconds) this.#step();
  }

  #step(): void {
    const at = { seconds: (this.#steps + 1) * stepSeconds, air: this.#air.around };
    const releases: AirRelease[] = [];
    for (const thing of this.#things) {
      thing.step(stepSeconds, at);
      releases.push(...thing.releases());
    }
    this.#air.step(stepSeconds, releases);
    if (this.#steps % stepsBetweenHeatings === 0) this.#heat();
    this.#steps += 1;
  }

  #heat(): void {
    const excess = this.#excess.fill(0);
    for (const thing of this.#things) thing.heat?.(this.#still, excess);
    for (let i = 0; i < excess.length; i += 1)
      this.#surfaces[i] =
        excess[i] === 0 ? this.#cold[i]! : celsiusToRadiance(this.#still.celsius[i]! + excess[i]!);
  }

  #distance(place: Point): number {
    const { position } = this.space.camera;
    return Math.hypot(place.x - position.x, place.y - position.y, place.z - position.z);
  }
}

/** A fire begins after a quiet stretch and leaves room for what follows. */
function ignitionTime(seconds: number, random: Random): number {
  return seconds * random.between(0.2, 0.6);
}
