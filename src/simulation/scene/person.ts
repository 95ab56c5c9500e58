import type { Random } from "#core/random.ts";
import type { Build, Posture } from "./body.ts";

/** A place on the floor in metres. */
export interface FloorPlace {
  readonly x: number;
  readonly z: number;
}

/** Where one person's day takes place. */
export interface PersonHabits {
  /** Out of the camera's view; the first and last place of each visit. */
  readonly outside: FloorPlace;
  /** Way from outside to the seat, without its ends. */
  readonly way: readonly FloorPlace[];
  readonly seat: FloorPlace;
  /** Where the kettle is reached from, and the way there from the seat. */
  readonly kettle: FloorPlace;
  readonly wayToKettle: readonly FloorPlace[];
}

/** One stretch of a person's day; times in seconds since the start of the scene. */
interface Stretch {
  readonly doing: "away" | "walking" | "sitting" | "at-kettle";
  readonly from: FloorPlace;
  readonly to: FloorPlace;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

const walkMetresPerSecond = 1.0;
const stepsRadiansPerSecond = 5.6;
const settleSeconds = 1.2;
const kettleWaitSeconds = 75;

/**
 * A person whose day goes on by itself: comes in, sits, now and then makes a hot drink, goes away, comes again. Times
 * are asked for in increasing order.
 */
export class Person {
  readonly build: Build;
  readonly #habits: PersonHabits;
  readonly #random: Random;
  readonly #phases: readonly [number, number, number];
  #plan: Stretch[] = [];
  #hasDrink = false;
  #drinkSeconds: number | null = null;
  #kettleSeconds: number | null = null;

  constructor(options: {
    readonly habits: PersonHabits;
    readonly random: Random;
    readonly begins: "seated" | "away";
  }) {
    this.#habits = options.habits;
    this.#random = options.random;
    const { random } = options;
    this.build = {
      heightMetres: random.between(1.64, 1.84),
      skinCelsius: random.between(32.3, 33.6),
      clothingCelsius: random.between(27.5, 29.3),
      trousersCelsius: random.between(26, 27.5),
      foldsPhase: random.between(0, 6.28),
    };
    this.#phases = [random.between(0, 6.28), random.between(0, 6.28), random.between(0, 6.28)];
    if (options.begins === "seated")
      this.#append("sitting", { to: this.#habits.seat, seconds: this.#sitSeconds() });
    else this.#append("away", { to: this.#habits.outside, seconds: random.between(20, 60) });
  }

  /** When the person last switched the kettle on; null before the first time. */
  get kettleOnAtSeconds(): number | null {
    return this.#kettleSeconds;
  }

  /** When the hot drink on the person's desk was poured; null when there is none. */
  get drinkPouredAtSeconds(): number | null {
    return this.#drinkSeconds;
  }

  /** True while in the room, breathing. */
  isPresent(seconds: number): boolean {
    return this.#stretchAt(seconds).doing !== "away";
  }

  /** How the person stands, sits or walks; null while away. */
  postureAt(seconds: number): Posture | null {
    const stretch = this.#stretchAt(seconds);
    if (stretch.doing === "away") return null;
    const share = (seconds - stretch.startSeconds) / (stretch.endSeconds - stretch.startSeconds);
    const walking = stretch.doing === "walking";
    const atSeat = stretch.doing === "sitting" ? this.#seatedShare(stretch, seconds) : 0;
    const fidget = (period: number, phase: number): number =>
      Math.sin((2 * Math.PI * seconds) / period + phase);
    const [one, two, three] = this.#phases;
    const restless = fidget(11, one) * fidget(37, two);
    return {
      x: stretch.from.x + share * (stretch.to.x - stretch.from.x),
      z: stretch.from.z + share * (stretch.to.z - stretch.from.z),
      sitting: atSeat,
      stride: seconds * stepsRadiansPerSecond,
      swing: walking ? 0.2 : 0,
      lean: 0.012 * fidget(4.1, three) + 0.05 * Math.max(0, restless) * atSeat,
      reach: walking ? 0.1 : 0.75 + 0.25 * fidget(6.3, two) * fidget(1.7, one),
    };
  }

  #seatedShare(stretch: Stretch, seconds: number): number {
    const in_ = (seconds - stretch.startSeconds) / settleSeconds;
    const out = (stretch.endSeconds - seconds) / settleSeconds;
    const share = Math.min(1, stretch.startSeconds === 0 ? 1 : in_, out);
    return share * share * (3 - 2 * share);
  }

  #stretchAt(seconds: number): Stretch {
    for (;;) {
      const stretch = this.#plan[0]!;
      if (seconds < stretch.endSeconds) return stretch;
      if (this.#plan.length === 1) this.#planAfter(stretch);
      this.#plan.shift();
      this.#begin(this.#plan[0]!);
    }
  }

  #begin(stretch: Stretch): void {
    if (stretch.doing === "at-kettle") {
      this.#kettleSeconds = stretch.startSeconds;
      this.#hasDrink = true;
    }
    if (stretch.doing === "sitting" && this.#hasDrink) {
      this.#drinkSeconds = stretch.startSeconds;
      this.#hasDrink = false;
    }
    if (stretch.doing === "away") this.#drinkSeconds = null;
  }

  #planAfter(done: Stretch): void {
    const { way, seat, outside, kettle, wayToKettle } = this.#habits;
    if (done.doing === "away") {
      this.#walk([...way, seat]);
      this.#append("sitting", { to: seat, seconds: this.#sitSeconds() });
    } else if (this.#random.uniform() < 0.4) {
      this.#walk([...wayToKettle, kettle]);
      this.#append("at-kettle", { to: kettle, seconds: kettleWaitSeconds });
      this.#walk([...wayToKettle.toReversed(), seat]);
      this.#append("sitting", { to: seat, seconds: this.#sitSeconds() });
    } else {
      this.#walk([...way.toReversed(), outside]);
      this.#append("away", { to: outside, seconds: this.#random.between(40, 240) });
    }
  }

  #sitSeconds(): number {
    return this.#random.between(90, 420);
  }

  #walk(places: readonly FloorPlace[]): void {
    for (const place of places) {
      const { x, z } = this.#plan.at(-1)!.to;
      const seconds = Math.max(0.5, Math.hypot(place.x - x, place.z - z) / walkMetresPerSecond);
      this.#append("walking", { to: place, seconds });
    }
  }

  #append(doing: Stretch["doing"], next: { to: FloorPlace; seconds: number }): void {
    const last = this.#plan.at(-1);
    const startSeconds = last === undefined ? 0 : last.endSeconds;
    this.#plan.push({
      doing,
      from: last === undefined ? next.to : last.to,
      to: next.to,
      startSeconds,
      endSeconds: startSeconds + next.seconds,
    });
  }
}
