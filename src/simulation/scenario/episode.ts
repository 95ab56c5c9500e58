import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import type { LocalAir } from "../fire/local-air.ts";
import { TwoZoneRoom } from "../fire/two-zone-room.ts";
import type { AirExchange } from "../scene/air-exchange.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { CameraCover } from "../scene/camera-cover.ts";
import type { Lens, LensMaker } from "../scene/lens.ts";
import { lensWeights } from "../scene/lens-blur.ts";
import { LensView } from "../scene/lens-view.ts";
import { Picture } from "../scene/picture.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type { AirAround, AirRelease, FireTruth, SceneThing, SceneView } from "../scene/scene-thing.ts";
import { renderStillScene, type StillScene } from "../scene/still-scene.ts";
import { type Background, stageBackground } from "./background.ts";
import { type Climate, drawClimate } from "./climate.ts";
import type { EpisodeTruth } from "./episode-truth.ts";
import { labelOf } from "./label-rule.ts";
import { randomStreams } from "./random-streams.ts";
import type { CameraEvent, EpisodeLot, FlameRenderer, Scenario, Staging, Variation } from "./scenario.ts";
import type { StagedRoom } from "./staged-room.ts";
import { drawVariation } from "./variation.ts";

/** Things and air go forward in steps of this length, on a grid of the episode's own time. */
export const stepSeconds = 0.1;
/** Surfaces are heated every this many steps: they change slowly. */
const stepsBetweenHeatings = 5;
/** The air sensor hangs so far beside the camera, and no nearer than this to a side wall. */
const airSensorMetres = 0.3;
const wallClearanceMetres = 0.05;
/** Times are sums of fractions: a step that is missed by less than this many steps has been reached. */
const roundingSteps = 1e-6;

/** Shares of an episode between which a fire begins, where its scenario says nothing else. */
export const usualIgnition = [0.2, 0.6] as const;

/** Options of `Episode`. */
export interface EpisodeOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** `unlit` is the twin of a fire episode: the same in everything, but nothing is set on fire. */
  readonly fire: "as-staged" | "unlit";
  readonly flameRenderer: FlameRenderer;
  /** `none` leaves out what goes on besides the scenario. Default: as the scenario has it, or staged by lot. */
  readonly background?: "staged" | "none";
  /**
   * `unknown` takes everything out of the room but what the scenario brings along, for drawing over pictures of a real
   * room: nothing stands in the way of people, light or a fire's heat. Default: furnished.
   */
  readonly surroundings?: "furnished" | "unknown";
  /** Length instead of one drawn between the scenario's shortest and longest. */
  readonly seconds?: number;
  /**
   * The time of ignition instead of one drawn. Where nothing burns it changes nothing but what is called "before
   * ignition", so that both kinds can be compared over equal stretches.
   */
  readonly igniteAtSeconds?: number | undefined;
  /** What is known of the air instead of drawn: that of a real room. */
  readonly climate?: Partial<Climate>;
  /** Makes its lens; plain TypeScript where left out. */
  readonly makeLens?: LensMaker | undefined;
}

/** The room as the camera sees it from where it hangs now. */
interface RoomView {
  readonly room: RoomSpace;
  readonly still: StillScene;
  /** Radiance of what stands still, unheated. */
  readonly cold: Float32Array;
  readonly picture: Picture;
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
  readonly surroundings: "furnished" | "unknown";
  readonly staged: StagedRoom;
  readonly space: RoomSpace;
  readonly staging: Staging;
  /** Where the air sensor hangs. */
  readonly airSensorPlace: Point;
  /** The episode's own random streams, for the devices that look at it. */
  readonly random: (purpose: string) => Random;
  readonly #things: readonly SceneThing[];
  readonly #air: TwoZoneRoom;
  /** Things that draw themselves, from far to near as of the newest picture. */
  readonly #drawn: SceneThing[];
  readonly #bumps: Extract<CameraEvent, { readonly kind: "bumped" }>[];
  readonly #covers: readonly CameraCover[];
  readonly #surfaces = new Float32Array(leptonWidth * leptonHeight);
  readonly #excess = new Float32Array(leptonWidth * leptonHeight);
  readonly #lens: Lens;
  #view: RoomView;
  #steps = 0;
  #seenAtSeconds = 0;

  constructor(options: EpisodeOptions) {
    const { scenario } = options;
    const random = randomStreams(options.seed);
    this.scenario = scenario;
    this.random = random;
    const { settled } = scenario;
    this.climate = { ...drawClimate(random("climate")), ...settled?.climate, ...options.climate };
    this.variation = { ...drawVariation(random("variation"), options.flameRenderer), ...settled?.variation };
    const times = timesOf(scenario, random("times"), options.seconds);
    this.seconds = times.seconds;
    this.igniteAtSeconds = options.igniteAtSeconds ?? settled?.igniteAtSeconds ?? times.igniteAtSeconds;
    const template = scenario.rooms[random("template").integer(scenario.rooms.length)]!;
    this.surroundings = options.surroundings ?? "furnished";
    const furnished = template.draw(random("room"), this.climate);
    this.staged = this.surroundings === "furnished" ? furnished : clearedRoom(furnished);
    const lot: EpisodeLot = {
      room: this.staged,
      climate: this.climate,
      variation: this.variation,
      seconds: this.seconds,
      igniteAtSeconds: this.igniteAtSeconds,
      random: (purpose) => random(`scenario/${purpose}`),
    };
    this.staging = scenario.stage(lot);
    const background: Background =
      (options.background ?? settled?.background) === "none"
        ? { boxes: [], things: [] }
        : stageBackground({ ...lot, random: (purpose) => random(`background/${purpose}`) }, this.staging);
    const { space } = this.staged;
    this.space = {
      ...space,
      boxes: [...space.boxes, ...this.staging.boxes, ...background.boxes],
      emissivity: this.variation.emissivity,
    };
    const { fire } = this.staging;
    const burning = fire === null || options.fire === "unlit" ? [] : [fire];
    this.#things = [...background.things, ...this.staging.things, ...burning];
    this.airSensorPlace = besideCamera(space);
    this.#air = new TwoZoneRoom({
      space: this.space,
      celsius: this.climate.insideCelsius,
      outdoorCelsius: this.climate.outsideCelsius,
      humidityPercent: this.climate.humidityPercent,
      co2Ppm: this.climate.co2Ppm,
      outdoorCo2Ppm: this.climate.outdoorCo2Ppm,
    });
    this.#drawn = this.#things.filter((thing) => thing.draw !== undefined);
    const { cameraEvents } = this.staging;
    this.#bumps = cameraEvents
      .filter((event) => event.kind === "bumped")
      .sort((one, other) => one.atSeconds - other.atSeconds);
    this.#covers = cameraEvents
      .filter((event) => event.kind === "covered")
      .map((event) => new CameraCover(event, random("cover")));
    const weights = lensWeights(this.variation.lensBlurPixels);
    this.#lens = options.makeLens?.(weights) ?? new LensView(weights);
    this.#view = this.#viewOf(this.space);
    this.#heat();
  }

  /**
   * What a camera without any noise sees at a time, in W·m⁻²·sr⁻¹, blurred by the lens; overwritten by the next call.
   */
  radianceAt(seconds: number): Float32Array {
    this.#advance(seconds);
    this.#seenAtSeconds = seconds;
    const { picture, still, room } = this.#view;
    picture.radiance.set(this.#surfaces);
    const view: SceneView = { camera: still.camera, still, room, seconds, air: this.#air.around };
    this.#sortDrawn();
    for (const thing of this.#drawn) thing.draw?.(picture, view);
    const { fire } = this.staging;
    if (fire !== null && this.#isBehindSomething(fire)) fire.nearerDrawn?.(picture);
    for (const cover of this.#covers) cover.draw(picture.radiance, seconds);
    return this.#lens.look(picture.radiance);
  }

  /** The air at the sensor at a time. */
  airAt(seconds: number): LocalAir {
    this.#advance(seconds);
    return this.#air.at(this.airSensorPlace);
  }

  /** The room's air at a time, as things in the room meet it. */
  airAround(seconds: number): AirAround {
    this.#advance(seconds);
    return this.#air.around;
  }

  /** What is true after the newest picture. */
  truthAt(seconds: number): EpisodeTruth {
    this.#advance(seconds);
    const { fire } = this.staging;
    const lit = fire !== null && this.#things.includes(fire) ? fire : null;
    const truth = lit === null ? null : this.#visible(lit.truth);
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
    const steps = Math.floor(seconds / stepSeconds + roundingSteps);
    while (this.#steps < steps) this.#step();
  }

  #step(): void {
    const at = { seconds: (this.#steps + 1) * stepSeconds, air: this.#air.around };
    const releases: AirRelease[] = [];
    const exchanges: AirExchange[] = [];
    for (const thing of this.#things) {
      thing.step(stepSeconds, at);
      releases.push(...thing.releases());
      if (thing.exchanges !== undefined) exchanges.push(...thing.exchanges());
    }
    this.#air.step(stepSeconds, releases, exchanges);
    const bump = this.#bumps[0];
    if (bump !== undefined && bump.atSeconds <= at.seconds) this.#bump(bump);
    else if (this.#steps % stepsBetweenHeatings === 0) this.#heat();
    this.#steps += 1;
  }

  /** Somebody has knocked against the camera: from now on it looks elsewhere. */
  #bump(by: { panDegrees: number; tiltDegrees: number; rollDegrees: number }): void {
    this.#bumps.shift();
    const { room } = this.#view;
    const { camera } = room;
    this.#view = this.#viewOf({
      ...room,
      camera: {
        ...camera,
        panDegrees: (camera.panDegrees ?? 0) + by.panDegrees,
        tiltDownDegrees: camera.tiltDownDegrees + by.tiltDegrees,
        rollDegrees: (camera.rollDegrees ?? 0) + by.rollDegrees,
      },
    });
    this.#heat();
  }

  #viewOf(room: RoomSpace): RoomView {
    const still = renderStillScene(room, this.random("surfaces"));
    return { room, still, cold: still.celsius.map(celsiusToRadiance), picture: new Picture(still.depth) };
  }

  #heat(): void {
    const excess = this.#excess.fill(0);
    const surfaces = this.#surfaces;
    const { still, cold } = this.#view;
    for (const thing of this.#things) thing.heat?.(still, excess);
    let isChanged = false;
    for (let i = 0; i < excess.length; i += 1) {
      const kelvin = excess[i]!;
      const radiance = kelvin === 0 ? cold[i]! : celsiusToRadiance(still.celsius[i]! + kelvin);
      if (Math.fround(radiance) === surfaces[i]) continue;
      surfaces[i] = radiance;
      isChanged = true;
    }
    if (isChanged) this.#lens.keepStill(surfaces);
  }

  #isBehindSomething(thing: SceneThing): boolean {
    const place = this.#drawn.indexOf(thing);
    return place >= 0 && place < this.#drawn.length - 1;
  }

  /** Insertion sort: things rarely change places between two pictures. */
  #sortDrawn(): void {
    const drawn = this.#drawn;
    for (let i = 1; i < drawn.length; i += 1) {
      const thing = drawn[i]!;
      const distance = this.#distance(thing.place);
      let k = i - 1;
      for (; k >= 0 && this.#distance(drawn[k]!.place) < distance; k -= 1) drawn[k + 1] = drawn[k]!;
      drawn[k + 1] = thing;
    }
  }

  /** What of a fire's truth the camera can see: nothing while it is covered. */
  #visible(truth: FireTruth): FireTruth {
    const isCovered = this.#covers.some((cover) => cover.isWhole(this.#seenAtSeconds));
    return isCovered ? { ...truth, flamePixels: 0, hotPixels: 0 } : truth;
  }

  #distance(place: Point): number {
    const { position } = this.space.camera;
    return Math.hypot(place.x - position.x, place.y - position.y, place.z - position.z);
  }
}

/** A room without anything in it; where things can be put stays known. */
function clearedRoom(staged: StagedRoom): StagedRoom {
  return { ...staged, space: { ...staged.space, boxes: [] } };
}

/** Where the air sensor hangs: to the right of the camera, or to its left where there is no room before the wall. */
function besideCamera({ camera, rightX }: RoomSpace): Point {
  const { position } = camera;
  const hasRoom = position.x + airSensorMetres <= rightX - wallClearanceMetres;
  return { ...position, x: position.x + (hasRoom ? airSensorMetres : -airSensorMetres) };
}

/**
 * Draws how long an episode is, unless its length is given, and when its fire begins: after a quiet stretch, early enough
 * for what follows.
 */
export function timesOf(
  { shortestSeconds, longestSeconds, ignition = usualIgnition }: Scenario,
  random: Random,
  givenSeconds?: number,
): { readonly seconds: number; readonly igniteAtSeconds: number } {
  const length = random.between(shortestSeconds, longestSeconds);
  const seconds = Math.round(givenSeconds ?? length);
  return { seconds, igniteAtSeconds: seconds * random.between(...ignition) };
}
