import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { isVisibleRise } from "./flame-painting.ts";

const hiddenFromShare = 0.1;
const pixels = leptonWidth * leptonHeight;

/** Points of the picture that show something of a fire. */
export interface SeenPoints {
  readonly flamePixels: number;
  /** Of hot fuel and of vapour. */
  readonly hotPixels: number;
}

/**
 * What a fire has changed in a picture, so that it can be told afterwards how much of it is hidden by what is nearer to
 * the camera and was drawn over it.
 */
export class SeenFire {
  readonly #bare = new Float32Array(pixels);
  readonly #flameless = new Float32Array(pixels);
  readonly #own = new Float32Array(pixels);

  /** The picture before anything of the fire is in it. */
  begin(radiance: Float32Array): void {
    this.#bare.set(radiance);
    this.#flameless.set(radiance);
    this.#own.set(radiance);
  }

  /** The picture with the fire's hot fuel and vapour in it, and no flame yet. */
  beginFlames(radiance: Float32Array): void {
    this.#flameless.set(radiance);
  }

  /** The picture with all of the fire in it, and nothing that is nearer. */
  end(radiance: Float32Array): void {
    this.#own.set(radiance);
  }

  /** How many points all flames together make visibly warmer: where they overlap each point counts once. */
  get flamePixels(): number {
    let risen = 0;
    for (let i = 0; i < pixels; i += 1) if (this.#showsFlame(i)) risen += 1;
    return risen;
  }

  /** How many of the fire's points still show in the finished picture. */
  leftIn(finished: Float32Array): SeenPoints {
    let [flamePixels, hotPixels] = [0, 0];
    for (let i = 0; i < pixels; i += 1) {
      if (this.#own[i] === this.#bare[i] || this.#isHidden(i, finished)) continue;
      if (this.#showsFlame(i)) flamePixels += 1;
      if (isVisibleRise(this.#bare[i]!, this.#flameless[i]! - this.#bare[i]!)) hotPixels += 1;
    }
    return { flamePixels, hotPixels };
  }

  /** True where what is nearer has visibly changed what the fire or what it heats looked like. */
  isCovered(index: number, finished: Float32Array): boolean {
    const [own, seen] = [this.#own[index]!, finished[index]!];
    return own !== seen && isVisibleRise(Math.min(own, seen), Math.abs(own - seen));
  }

  #showsFlame(i: number): boolean {
    return isVisibleRise(this.#flameless[i]!, this.#own[i]! - this.#flameless[i]!);
  }

  /**
   * What is nearer may be as warm as a faint flame: so a point is hidden as soon as it has changed by more than a tenth
   * of what the fire added to it.
   */
  #isHidden(i: number, finished: Float32Array): boolean {
    const own = this.#own[i]!;
    return Math.abs(finished[i]! - own) > hiddenFromShare * Math.abs(own - this.#bare[i]!);
  }
}
