import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "./band-radiance.ts";
import type { Picture } from "./picture.ts";
import type { PinholeCamera, Point } from "./pinhole-camera.ts";

/** How a cloud of droplets, fog or hot exhaust moves and looks. */
export interface VapourKind {
  /** Speed at the source, and the most that it wanders to any side, in m/s. */
  readonly drift: Point;
  readonly wanderMetresPerSecond: number;
  /** Nothing sinks below this height: cold fog spreads over the floor. */
  readonly floorY: number;
  readonly startRadiusMetres: number;
  readonly growthMetresPerSecond: number;
  readonly lifeSeconds: number;
  /** Share of what lies behind that a fresh puff hides in the camera's band; thin clouds hide little. */
  readonly opacity: number;
}

interface Puff {
  x: number;
  y: number;
  z: number;
  vx: number;
  vy: number;
  vz: number;
  celsius: number;
  ageSeconds: number;
}

/** More puffs at once than this are not kept: the oldest goes. */
const puffsMax = 40;
/** A puff takes this long to lose most of its difference to the air by mixing. */
const mixingSeconds = 1.5;

/** A cloud that comes from a place, drifts, grows, thins and mixes with the air. */
export class VapourPuffs {
  readonly #kind: VapourKind;
  readonly #random: Random;
  readonly #puffs: Puff[] = [];
  #due = 0;

  constructor(kind: VapourKind, random: Random) {
    this.#kind = kind;
    this.#random = random;
  }

  /** Lets the cloud drift on, and adds puffs of this warmth at a place, so many a second. */
  step(
    stepSeconds: number,
    source: {
      readonly place: Point;
      readonly puffsPerSecond: number;
      readonly celsius: number;
      readonly airCelsius: number;
    },
  ): void {
    const kind = this.#kind;
    const mixing = -Math.expm1(-stepSeconds / mixingSeconds);
    for (const puff of this.#puffs) {
      puff.x += puff.vx * stepSeconds;
      puff.y = Math.max(kind.floorY, puff.y + puff.vy * stepSeconds);
      puff.z += puff.vz * stepSeconds;
      puff.celsius += mixing * (source.airCelsius - puff.celsius);
      puff.ageSeconds += stepSeconds;
    }
    while (this.#puffs.length > 0 && this.#puffs[0]!.ageSeconds > kind.lifeSeconds) this.#puffs.shift();
    this.#due += source.puffsPerSecond * stepSeconds;
    for (; this.#due >= 1; this.#due -= 1) this.#emit(source.place, source.celsius);
  }

  #emit(place: Point, celsius: number): void {
    const random = this.#random;
    const { drift, wanderMetresPerSecond: wander, startRadiusMetres } = this.#kind;
    if (this.#puffs.length === puffsMax) this.#puffs.shift();
    this.#puffs.push({
      x: place.x + random.between(-0.5, 0.5) * startRadiusMetres,
      y: place.y,
      z: place.z + random.between(-0.5, 0.5) * startRadiusMetres,
      vx: drift.x + random.between(-wander, wander),
      vy: drift.y * random.between(0.7, 1.3),
      vz: drift.z + random.between(-wander, wander),
      celsius,
      ageSeconds: 0,
    });
  }

  /** Draws the cloud. */
  draw(picture: Picture, camera: PinholeCamera): void {
    const { startRadiusMetres, growthMetresPerSecond, lifeSeconds, opacity } = this.#kind;
    for (const puff of this.#puffs) {
      const seen = camera.project(puff);
      if (seen === null) continue;
      const metres = startRadiusMetres + growthMetresPerSecond * puff.ageSeconds;
      const thinned = (startRadiusMetres / metres) * (1 - puff.ageSeconds / lifeSeconds);
      const radius = metres * seen.scale;
      // What is smaller than a pixel covers only a part of it.
      const cover = opacity * Math.max(0, thinned) * Math.min(1, radius * radius);
      drawDisc(picture, { ...seen, radius: Math.max(1, radius), cover, celsius: puff.celsius });
    }
  }
}

function drawDisc(
  picture: Picture,
  disc: {
    readonly x: number;
    readonly y: number;
    readonly depth: number;
    readonly radius: number;
    readonly cover: number;
    readonly celsius: number;
  },
): void {
  const { x, y, depth, radius, cover } = disc;
  const own = celsiusToRadiance(disc.celsius);
  const { radiance } = picture;
  const top = Math.max(0, Math.ceil(y - radius));
  const bottom = Math.min(leptonHeight - 1, Math.floor(y + radius));
  const left = Math.max(0, Math.ceil(x - radius));
  const right = Math.min(leptonWidth - 1, Math.floor(x + radius));
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) {
      const off = ((row - y) ** 2 + (column - x) ** 2) / (radius * radius);
      if (off >= 1) continue;
      const i = row * leptonWidth + column;
      if (!picture.isInFront(i, depth)) continue;
      radiance[i] = radiance[i]! + cover * (1 - off) * (1 - off) * (own - radiance[i]!);
    }
}
