import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "./band-radiance.ts";
import { correlatedTile } from "./correlated-tile.ts";

/** Time in which something is put before the lens, or taken away. */
const slideSeconds = 0.4;
/** Its edge is far too near to be sharp. */
const edgePixels = 24;
/** How uneven it looks, out of focus, and how broad its patches are. */
const unevenKelvin = 0.6;
const unevenPixels = 25;

/** When something is before the lens, and how warm it is. */
export interface CoveredTime {
  readonly atSeconds: number;
  readonly seconds: number;
  readonly celsius: number;
}

/** Something that is put right before the lens: a cloth, a box, a hand, tape. Slides in from one side. */
export class CameraCover {
  readonly #time: CoveredTime;
  readonly #radiance: Float32Array;
  readonly #side: 1 | -1;

  constructor(time: CoveredTime, random: Random) {
    this.#time = time;
    const size = { width: leptonWidth, height: leptonHeight, smoothingPixels: unevenPixels, random };
    this.#radiance = correlatedTile(size).map((value) =>
      celsiusToRadiance(time.celsius + unevenKelvin * value),
    );
    this.#side = random.uniform() < 0.5 ? -1 : 1;
  }

  /** Whether it hides the whole picture. */
  isWhole(seconds: number): boolean {
    return this.#share(seconds) === 1;
  }

  /** Puts it before a picture of radiance. */
  draw(radiance: Float32Array, seconds: number): void {
    const share = this.#share(seconds);
    if (share === 0) return;
    // Its soft edge begins beyond one end of the picture and stops beyond the other.
    const edge = share * (leptonWidth + edgePixels) - edgePixels / 2;
    for (let x = 0; x < leptonWidth; x += 1) {
      const column = this.#side === 1 ? x : leptonWidth - 1 - x;
      const cover = Math.min(1, Math.max(0, (edge - x) / edgePixels + 0.5));
      if (cover === 0) return;
      for (let i = column; i < radiance.length; i += leptonWidth)
        radiance[i] = radiance[i]! + cover * (this.#radiance[i]! - radiance[i]!);
    }
  }

  /** How far it has slid in, 0 to 1. */
  #share(seconds: number): number {
    const { atSeconds, seconds: length } = this.#time;
    const since = (seconds - atSeconds) / slideSeconds;
    const left = (atSeconds + length - seconds) / slideSeconds;
    return Math.min(1, Math.max(0, Math.min(since, left)));
  }
}
