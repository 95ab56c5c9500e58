import type { Random } from "#core/random.ts";
import { type Build, drawBody, type Posture, sittingDrop } from "../body.ts";
import type { FloorPlace } from "../person.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";

/** Options of `Attendant`. */
export interface AttendantOptions {
  /** Where they work, and where they come from, out of view. */
  readonly spot: FloorPlace;
  readonly outside: FloorPlace;
  /** When they stand at the spot; they walk there before and away after. */
  readonly stays: readonly OnTime[];
  /** 0 standing, 0.5 bent over low work. */
  readonly crouch: number;
  /** Where the right hand is while they work; null lets it rest. */
  readonly handAt: (seconds: number) => Point | null;
  readonly ambientCelsius: number;
  readonly random: Random;
}

const walkMetresPerSecond = 1;
const stepsRadiansPerSecond = 5.6;
/** An adult's breath at light work: 5.2 mL/s of CO2 (facts §4.4) at 1.83 g/L; heat and vapour of the body (assumed). */
const breathCo2KilogramsPerSecond = 9.5e-6;
const bodyKilowatts = 0.1;
const breathWaterKilogramsPerSecond = 1.4e-5;
const armMetres = 0.62;
const highestSkinCelsius = 35.5;

/** A person who works at something hot: comes, stands or bends there with a hand on it, and goes. */
export class Attendant implements SceneThing {
  readonly build: Build;
  readonly #options: AttendantOptions;
  readonly #walkSeconds: number;
  readonly #phases: readonly [number, number];
  #seconds = 0;
  #place: Point;

  constructor(options: AttendantOptions) {
    this.#options = options;
    const { random, spot, outside, ambientCelsius } = options;
    this.build = drawBuild(random, ambientCelsius);
    this.#walkSeconds = Math.hypot(spot.x - outside.x, spot.z - outside.z) / walkMetresPerSecond;
    this.#phases = [random.between(0, 6.28), random.between(0, 6.28)];
    this.#place = { x: outside.x, y: 1, z: outside.z };
  }

  /** Middle of the body. */
  get place(): Point {
    return this.#place;
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#seconds = at.seconds;
    const posture = this.postureAt(at.seconds);
    const floor = posture ?? this.#options.outside;
    this.#place = { x: floor.x, y: 1, z: floor.z };
  }

  releases(): readonly AirRelease[] {
    if (this.postureAt(this.#seconds) === null) return [];
    return [
      {
        place: { ...this.#place, y: 0.8 * this.build.heightMetres },
        diameterMetres: 0.4,
        heatKilowatts: bodyKilowatts,
        radiativeFraction: 0.4,
        co2KilogramsPerSecond: breathCo2KilogramsPerSecond,
        coKilogramsPerSecond: 0,
        sootKilogramsPerSecond: 0,
        waterKilogramsPerSecond: breathWaterKilogramsPerSecond,
      },
    ];
  }

  draw(picture: Picture, view: SceneView): void {
    const posture = this.postureAt(view.seconds);
    if (posture !== null) drawBody(picture, { camera: view.camera, build: this.build, posture });
  }

  /** How they stand or walk; null while away. */
  postureAt(seconds: number): Posture | null {
    const { spot, outside, stays, crouch, handAt } = this.#options;
    const arrived = this.#arrivedShare(seconds);
    if (arrived <= 0) return null;
    const [one, two] = this.#phases;
    const walking = arrived < 1;
    const settled = walking ? 0 : 1;
    const sway = Math.sin(0.9 * seconds + one) * Math.sin(0.23 * seconds + two);
    const working = onTimeAt(stays, seconds) !== null;
    const x = outside.x + arrived * (spot.x - outside.x) + 0.03 * settled * sway;
    const z = outside.z + arrived * (spot.z - outside.z);
    const held = working ? handAt(seconds) : null;
    const rightHand = held === null ? null : this.#withinReach(held, { x, z });
    return {
      x,
      z,
      sitting: crouch * settled,
      stride: seconds * stepsRadiansPerSecond,
      swing: walking ? 0.2 : 0,
      lean: 0.02 * Math.sin(1.5 * seconds + two) + 0.04 * settled * sway,
      reach: walking ? 0.1 : 0.7 + 0.25 * Math.sin(1.1 * seconds + one) * Math.sin(3.7 * seconds + two),
      ...(rightHand === null ? {} : { rightHand }),
    };
  }

  /** The hand as far towards a place as the arm is long. */
  #withinReach(held: Point, at: FloorPlace): Point {
    const shoulderShare = 0.765 - sittingDrop * this.#options.crouch;
    const shoulder = { x: at.x + 0.2, y: shoulderShare * this.build.heightMetres, z: at.z };
    const away = Math.hypot(held.x - shoulder.x, held.y - shoulder.y, held.z - shoulder.z);
    const share = Math.min(1, armMetres / away);
    return {
      x: shoulder.x + share * (held.x - shoulder.x),
      y: shoulder.y + share * (held.y - shoulder.y),
      z: shoulder.z + share * (held.z - shoulder.z),
    };
  }

  /** 0 outside, 1 at the spot. */
  #arrivedShare(seconds: number): number {
    const walk = Math.max(0.5, this.#walkSeconds);
    let share = 0;
    for (const stay of this.#options.stays) {
      const before = 1 - (stay.fromSeconds - seconds) / walk;
      const after = 1 - (seconds - stay.toSeconds) / walk;
      share = Math.max(share, Math.min(1, before, after));
    }
    return share;
  }
}

/** Skin is warm whatever the air is; clothing lies between the two (facts §4.8). */
function drawBuild(random: Random, ambientCelsius: number): Build {
  const skinCelsius = Math.min(highestSkinCelsius, random.between(31.5, 34) + 0.1 * (ambientCelsius - 21));
  const clothed = random.between(0.35, 0.6);
  const clothingCelsius = ambientCelsius + clothed * (skinCelsius - ambientCelsius);
  return {
    heightMetres: random.between(1.58, 1.92),
    skinCelsius,
    clothingCelsius,
    trousersCelsius: clothingCelsius - random.between(0.5, 2),
    foldsPhase: random.between(0, 6.28),
  };
}
