import type { Random } from "#core/random.ts";
import { type Build, drawBody, handPlace, type Posture } from "../body.ts";
import { drawCup } from "../hot-drink.ts";
import { Itinerary, postureIn, type Stretch } from "../itinerary.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { BodyWarmth } from "./body-warmth.ts";
import { breathOf } from "./breath.ts";

/** A hot drink in somebody's hand, poured at a time. */
export interface CarriedCup {
  readonly pouredAtSeconds: number;
}

/** Options of `Walker`. */
export interface WalkerOptions {
  readonly build: Build;
  readonly who: "grown" | "child";
  readonly random: Random;
  readonly roomCelsius: number;
  /** Where the person is first, for how long doing what. */
  readonly begins: Parameters<Itinerary["append"]>[0];
  /** Decides what comes next; appends to the itinerary. */
  readonly planAfter: (itinerary: Itinerary, done: Stretch) => void;
  readonly cup?: CarriedCup;
}

/** Somebody out of the room is nowhere near. */
const nowhere: Point = { x: 0, y: -100, z: 0 };

/** Somebody in a room who goes on by themselves: walks, stands, sits, bends, breathes, perhaps with a cup in the hand. */
export class Walker implements SceneThing {
  readonly #options: WalkerOptions;
  readonly #itinerary: Itinerary;
  readonly #phases: readonly [number, number, number];
  readonly #warmth = new BodyWarmth();
  #posture: Posture | null = null;
  #place: Point = nowhere;

  constructor(options: WalkerOptions) {
    this.#options = options;
    const { random } = options;
    this.#phases = [random.between(0, 6.28), random.between(0, 6.28), random.between(0, 6.28)];
    this.#itinerary = new Itinerary({ planAfter: (done) => options.planAfter(this.#itinerary, done) });
    this.#itinerary.append(options.begins);
    this.#moveTo(0);
  }

  get place(): Point {
    return this.#place;
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#moveTo(at.seconds);
  }

  releases(): readonly AirRelease[] {
    const { build, who } = this.#options;
    return this.#posture === null ? [] : [breathOf({ heightMetres: build.heightMetres, who }, this.#posture)];
  }

  draw(picture: Picture, view: SceneView): void {
    const { seconds, camera } = view;
    const { build, cup, roomCelsius } = this.#options;
    const posture = postureIn(this.#itinerary.at(seconds), { seconds, phases: this.#phases });
    if (posture === null) return;
    drawBody(picture, { camera, build: this.#warmth.warmed(build, picture, view), posture });
    if (cup === undefined || seconds < cup.pouredAtSeconds) return;
    const place = handPlace(build, posture);
    drawCup(picture, { camera, place, ageSeconds: seconds - cup.pouredAtSeconds, roomCelsius });
  }

  #moveTo(seconds: number): void {
    this.#posture = postureIn(this.#itinerary.at(seconds), { seconds, phases: this.#phases });
    this.#place =
      this.#posture === null
        ? nowhere
        : { x: this.#posture.x, y: this.#options.build.heightMetres / 2, z: this.#posture.z };
  }
}
