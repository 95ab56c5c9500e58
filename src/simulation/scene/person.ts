import type { Random } from "#core/random.ts";
import type { Build, Posture } from "./body.ts";
import { type FloorPlace, Itinerary, postureIn, type Stretch } from "./itinerary.ts";

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

const kettleWaitSeconds = 75;
const atKettle = "kettle";

/**
 * A person whose day goes on by itself: comes in, sits, now and then makes a hot drink, goes away, comes again. Times
 * are asked for in increasing order.
 */
export class Person {
  readonly build: Build;
  readonly #habits: PersonHabits;
  readonly #random: Random;
  readonly #phases: readonly [number, number, number];
  readonly #itinerary = new Itinerary({
    planAfter: (done) => this.#planAfter(done),
    onBegin: (begun) => this.#begin(begun),
  });
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
    if (options.begins === "seated") this.#sit();
    else
      this.#itinerary.append({
        activity: "away",
        to: this.#habits.outside,
        seconds: random.between(20, 60),
      });
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
    return this.#itinerary.at(seconds).activity !== "away";
  }

  /** How the person stands, sits or walks; null while away. */
  postureAt(seconds: number): Posture | null {
    return postureIn(this.#itinerary.at(seconds), { seconds, phases: this.#phases });
  }

  #begin(stretch: Stretch): void {
    if (stretch.errand === atKettle) {
      this.#kettleSeconds = stretch.startSeconds;
      this.#hasDrink = true;
    }
    if (stretch.activity === "sitting" && this.#hasDrink) {
      this.#drinkSeconds = stretch.startSeconds;
      this.#hasDrink = false;
    }
    if (stretch.activity === "away") this.#drinkSeconds = null;
  }

  #planAfter(done: Stretch): void {
    const { way, seat, outside, kettle, wayToKettle } = this.#habits;
    const itinerary = this.#itinerary;
    if (done.activity === "away") {
      itinerary.walk([...way, seat]);
      this.#sit();
    } else if (this.#random.uniform() < 0.4) {
      itinerary.walk([...wayToKettle, kettle]);
      itinerary.append({ activity: "standing", errand: atKettle, to: kettle, seconds: kettleWaitSeconds });
      itinerary.walk([...wayToKettle.toReversed(), seat]);
      this.#sit();
    } else {
      itinerary.walk([...way.toReversed(), outside]);
      itinerary.append({ activity: "away", to: outside, seconds: this.#random.between(40, 240) });
    }
  }

  #sit(): void {
    this.#itinerary.append({
      activity: "sitting",
      to: this.#habits.seat,
      seconds: this.#random.between(90, 420),
    });
  }
}
