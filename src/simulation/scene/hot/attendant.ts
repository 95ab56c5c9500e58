import type { Random } from "#core/random.ts";
import { type Build, drawBody, type Posture, sittingDrop } from "../body.ts";
import type { FloorPlace } from "../itinerary.ts";
import { BodyWarmth } from "../people/body-warmth.ts";
import { breathOf } from "../people/breath.ts";
import { dressedBuild } from "../people/dressed-build.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { type OnTime, onTimeAt } from "./on-times.ts";

/** Options of `Attendant`. */
export interface AttendantOptions {
  /** Where they work, and where they come from, out of view. */
  readonly spot: FloorPlace;
  readonly outside: FloorPlace;
  /** Where they turn on the way from outside to the spot; straight when left out. */
  readonly way?: readonly FloorPlace[];
  /** When they stand at the spot; they walk there before and away after. */
  readonly stays: readonly OnTime[];
  /** 0 standing, 0.5 crouching at low work. */
  readonly crouch: number;
  /** What they look at while they work. */
  readonly facing: FloorPlace;
  /** Where the right hand is while they work; null lets it rest. */
  readonly handAt: (seconds: number) => Point | null;
  readonly ambientCelsius: number;
  readonly random: Random;
}

const walkMetresPerSecond = 1;
const stepsRadiansPerSecond = 5.6;
const armMetres = 0.62;

interface Leg {
  readonly from: FloorPlace;
  readonly to: FloorPlace;
  readonly fromShare: number;
  readonly toShare: number;
}

/** A person who works at something hot: comes, stands or bends there with a hand on it, and goes. */
export class Attendant implements SceneThing {
  readonly build: Build;
  readonly #options: AttendantOptions;
  /** Legs of the way in, each with the shares of all of it at its ends. */
  readonly #legs: readonly Leg[];
  readonly #walkSeconds: number;
  readonly #phases: readonly [number, number];
  readonly #warmth = new BodyWarmth();
  #seconds = 0;
  #place: Point;

  constructor(options: AttendantOptions) {
    this.#options = options;
    const { random, spot, outside, ambientCelsius } = options;
    const dress = {
      who: "grown",
      dress: "indoor",
      roomCelsius: ambientCelsius,
      outsideCelsius: ambientCelsius,
    } as const;
    this.build = dressedBuild(dress, random);
    const { legs, metres } = legsOf([outside, ...(options.way ?? []), spot]);
    this.#legs = legs;
    this.#walkSeconds = metres / walkMetresPerSecond;
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
    const posture = this.postureAt(this.#seconds);
    return posture === null
      ? []
      : [breathOf({ heightMetres: this.build.heightMetres, who: "grown" }, posture)];
  }

  draw(picture: Picture, view: SceneView): void {
    const posture = this.postureAt(view.seconds);
    if (posture === null) return;
    const build = this.#warmth.warmed(this.build, picture, view);
    drawBody(picture, { camera: view.camera, build, posture });
  }

  /** How they stand or walk; null while away. */
  postureAt(seconds: number): Posture | null {
    const { stays, crouch, handAt, facing } = this.#options;
    const arrived = this.#arrivedShare(seconds);
    if (arrived <= 0) return null;
    const [one, two] = this.#phases;
    const walking = arrived < 1;
    const settled = walking ? 0 : 1;
    const sway = Math.sin(0.9 * seconds + one) * Math.sin(0.23 * seconds + two);
    const working = onTimeAt(stays, seconds) !== null;
    const leg = this.#legs.find(({ toShare }) => arrived <= toShare) ?? this.#legs.at(-1)!;
    const along = Math.min(1, (arrived - leg.fromShare) / (leg.toShare - leg.fromShare));
    const x = leg.from.x + along * (leg.to.x - leg.from.x) + 0.03 * settled * sway;
    const z = leg.from.z + along * (leg.to.z - leg.from.z);
    const held = working ? handAt(seconds) : null;
    const rightHand = held === null ? null : this.#withinReach(held, { x, z });
    return {
      x,
      z,
      sitting: crouch * settled,
      stride: seconds * stepsRadiansPerSecond,
      swing: walking ? 0.2 : 0,
      heading: walking ? this.#wayHeading(leg, seconds) : headingTo(facing.x - x, facing.z - z),
      lean: 0.02 * Math.sin(1.5 * seconds + two) + 0.04 * settled * sway,
      reach: walking ? 0.1 : 0.7 + 0.25 * Math.sin(1.1 * seconds + one) * Math.sin(3.7 * seconds + two),
      ...(rightHand === null ? {} : { rightHand }),
    };
  }

  /** The hand as far towards a place as the arm is long. */
  #withinReach(held: Point, at: FloorPlace): Point {
    const shoulderShare = 0.765 - sittingDrop * this.#options.crouch;
    const shoulder = { x: at.x, y: shoulderShare * this.build.heightMetres, z: at.z };
    const away = Math.hypot(held.x - shoulder.x, held.y - shoulder.y, held.z - shoulder.z);
    const share = Math.min(1, armMetres / away);
    return {
      x: shoulder.x + share * (held.x - shoulder.x),
      y: shoulder.y + share * (held.y - shoulder.y),
      z: shoulder.z + share * (held.z - shoulder.z),
    };
  }

  /** Towards the spot before a stay, away from it after. */
  #wayHeading({ from, to }: Leg, seconds: number): number {
    const { stays } = this.#options;
    const comes = stays.some(
      ({ fromSeconds }) => fromSeconds >= seconds && fromSeconds - seconds <= this.#walkSeconds + 0.5,
    );
    const way = comes ? 1 : -1;
    return headingTo(way * (to.x - from.x), way * (to.z - from.z));
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

function legsOf(places: readonly FloorPlace[]): { readonly legs: readonly Leg[]; readonly metres: number } {
  const lengths = places.slice(1).map(({ x, z }, i) => Math.hypot(x - places[i]!.x, z - places[i]!.z));
  // Whoever works where they come in still has a way of some length.
  const metres = Math.max(
    0.01,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  let walked = 0;
  const legs = lengths.map((length, i) => {
    const fromShare = walked / metres;
    walked += length;
    return { from: places[i]!, to: places[i + 1]!, fromShare, toShare: Math.max(walked / metres, 1e-9) };
  });
  return { legs, metres };
}

/** The heading of somebody who looks along a direction on the floor. */
function headingTo(x: number, z: number): number {
  return Math.atan2(x, -z);
}
