import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { PinholeCamera, Point } from "../pinhole-camera.ts";
import { drawSpeck } from "./hot-patch.ts";

/** What kind of sparks fly. */
export interface SparkKind {
  /** Clusters of sparks that leave in a second; each is drawn as one point. */
  readonly perSecond: number;
  /** Glowing area of one cluster in mm²: a spark of steel has 0.1 to 1, a cluster some of them. */
  readonly squareMillimetres: number;
  readonly metresPerSecond: number;
  /** Standard deviation of their direction, as a share of the speed. */
  readonly spread: number;
  /** Burning steel glows at 1,200 to 1,500 °C (assumed). */
  readonly startCelsius: number;
  readonly lifeSeconds: readonly [low: number, high: number];
}

interface Spark {
  bornSeconds: number;
  lifeSeconds: number;
  x: number;
  y: number;
  z: number;
  vx: number;
  vy: number;
  vz: number;
  floorY: number;
}

/** The oldest spark makes way for a new one. */
const sparksMax = 48;
const gravity = 9.81;
/** Small sparks lose their speed to the air within this time. */
const dragSeconds = 0.25;
const bounce = 0.25;
/** A spark has cooled to this share of its excess when it goes out. */
const endShare = 0.35;
/** It smears over the time constant of the detector; two points a spark are enough. */
const smearSeconds = 0.012;
const airCelsius = 20;

/** Sparks that fly from a tool, fall, bounce once and go out: a few points, each far smaller than a pixel. */
export class SparkStream {
  readonly #kind: SparkKind;
  readonly #random: Random;
  readonly #sparks: Spark[] = [];
  #next = 0;
  #due = 0;
  #seconds = 0;

  constructor(kind: SparkKind, random: Random) {
    this.#kind = kind;
    this.#random = random;
  }

  /** How many glow now. */
  get glowing(): number {
    return this.#sparks.filter((spark) => this.#seconds - spark.bornSeconds < spark.lifeSeconds).length;
  }

  /** Lets time go by; `source` is null while none are made. `seconds` is the time at the end. */
  step(
    stepSeconds: number,
    at: {
      readonly seconds: number;
      readonly source: { readonly place: Point; readonly direction: Point; readonly floorY: number } | null;
    },
  ): void {
    this.#seconds = at.seconds;
    if (at.source === null) return;
    this.#due += stepSeconds * this.#kind.perSecond * this.#random.between(0.5, 1.5);
    const count = Math.min(sparksMax, Math.floor(this.#due));
    this.#due -= Math.floor(this.#due);
    for (let k = 0; k < count; k += 1) {
      // Pictures are taken between this step and the next.
      const born = at.seconds + stepSeconds * this.#random.uniform();
      this.#sparks[this.#next] = this.#spark(at.source, born);
      this.#next = (this.#next + 1) % sparksMax;
    }
  }

  /** Draws those that glow at a time. */
  draw(picture: Picture, camera: PinholeCamera, seconds: number): void {
    for (const spark of this.#sparks) {
      const age = seconds - spark.bornSeconds;
      if (age < 0 || age >= spark.lifeSeconds) continue;
      const cooled = 1 - ((1 - endShare) * age) / spark.lifeSeconds;
      const radiance = celsiusToRadiance(airCelsius + (this.#kind.startCelsius - airCelsius) * cooled);
      for (let k = 0; k < 2; k += 1) {
        const at = camera.project(placeOf(spark, Math.max(0, age - k * smearSeconds)));
        if (at === null) continue;
        const pixels = 0.5e-6 * this.#kind.squareMillimetres * at.scale * at.scale;
        drawSpeck(picture, at, { pixels, radiance });
      }
    }
  }

  #spark(
    source: { readonly place: Point; readonly direction: Point; readonly floorY: number },
    bornSeconds: number,
  ): Spark {
    const random = this.#random;
    const { metresPerSecond, spread, lifeSeconds } = this.#kind;
    const speed = metresPerSecond * random.between(0.5, 1.2);
    const aside = (): number => metresPerSecond * spread * random.normal();
    return {
      bornSeconds,
      lifeSeconds: random.between(...lifeSeconds),
      ...source.place,
      vx: speed * source.direction.x + aside(),
      vy: speed * source.direction.y + aside(),
      vz: speed * source.direction.z + aside(),
      floorY: source.floorY,
    };
  }
}

/** Where a spark is at an age: slowed by the air, drawn down, thrown back once by what lies below. */
function placeOf(spark: Spark, age: number): Point {
  const slowed = dragSeconds * -Math.expm1(-age / dragSeconds);
  const fallen = gravity * dragSeconds * (age - slowed);
  const y = spark.y + spark.vy * slowed - fallen;
  return {
    x: spark.x + spark.vx * slowed,
    y: y >= spark.floorY ? y : spark.floorY + Math.min(0.12, bounce * (spark.floorY - y)),
    z: spark.z + spark.vz * slowed,
  };
}
