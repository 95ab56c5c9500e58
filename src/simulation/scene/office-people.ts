import type { Random } from "#core/random.ts";
import { type Build, drawBody, type Posture } from "./body.ts";
import { drawCup, drawKettle, Kettle } from "./hot-drink.ts";
import { Person, type PersonHabits } from "./person.ts";
import type { Picture } from "./picture.ts";
import type { PinholeCamera, Point } from "./pinhole-camera.ts";

const leftHabits: PersonHabits = {
  outside: { x: -1.6, z: 0.9 },
  way: [
    { x: -0.2, z: 2.4 },
    { x: -0.05, z: 4.65 },
  ],
  seat: { x: -0.8, z: 4.6 },
  kettle: { x: -1.3, z: 4.55 },
  wayToKettle: [],
};

const rightHabits: PersonHabits = {
  outside: { x: 1.7, z: 0.9 },
  way: [
    { x: 0.35, z: 2.2 },
    { x: 0.1, z: 3.95 },
  ],
  seat: { x: 1.15, z: 4.0 },
  kettle: { x: -1.2, z: 4.5 },
  wayToKettle: [
    { x: 0.2, z: 4.1 },
    { x: -0.1, z: 4.7 },
  ],
};

const kettlePlace: Point = { x: -1.75, y: 0.88, z: 4.9 };
const cupPlaces: readonly Point[] = [
  { x: -0.55, y: 0.74, z: 3.85 },
  { x: 0.95, y: 0.74, z: 3.3 },
];

/** The two people of the office with their hot drinks and the kettle they share. */
export class OfficePeople {
  readonly #people: readonly Person[];
  readonly #kettle = new Kettle();

  constructor(random: () => Random) {
    this.#people = [
      new Person({ habits: leftHabits, random: random(), begins: "seated" }),
      new Person({ habits: rightHabits, random: random(), begins: "away" }),
    ];
  }

  /** How many are in the room, breathing. */
  countAt(seconds: number): number {
    return this.#people.filter((person) => person.isPresent(seconds)).length;
  }

  draw(picture: Picture, at: { readonly camera: PinholeCamera; readonly seconds: number }): void {
    const { camera, seconds } = at;
    const present: { build: Build; posture: Posture }[] = [];
    for (const person of this.#people) {
      const posture = person.postureAt(seconds);
      if (posture !== null) present.push({ build: person.build, posture });
    }
    for (const { kettleOnAtSeconds } of this.#people)
      if (kettleOnAtSeconds !== null) this.#kettle.switchOn(kettleOnAtSeconds);
    drawKettle(picture, { camera, place: kettlePlace, heat: this.#kettle.heatAt(seconds) });
    present.sort((one, other) => other.posture.z - one.posture.z);
    for (const { build, posture } of present) drawBody(picture, { camera, build, posture });
    this.#people.forEach((person, i) => {
      const poured = person.drinkPouredAtSeconds;
      if (poured !== null) drawCup(picture, { camera, place: cupPlaces[i]!, ageSeconds: seconds - poured });
    });
  }
}
