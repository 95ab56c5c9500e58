import type { ThermalFrame } from "../frames/thermal-frame.ts";

/** 140 °C in centikelvin: a picture that is all at the end of the range or past it has no noise left to move. */
const severeCentikelvin = 41_315;

/**
 * `new`: new data. `frozen`: the camera counts on but shows the very same picture, which real noise never does, unless
 * all of it is past the camera's range, as in a room on fire. `repeat`: the last frame once more, which proves nothing.
 */
export type FrameNovelty = "new" | "frozen" | "repeat";

/** Tells new frames from old ones, by the camera's counter and every pixel. */
export class FrameComparer {
  #counter = Number.NaN;
  #pixels: Uint16Array | null = null;

  /** How the frame stands to the one before. */
  compare(frame: ThermalFrame): FrameNovelty {
    const same = this.#pixels !== null && areEqual(this.#pixels, frame.pixels);
    const counted = frame.frameCounter !== this.#counter;
    this.#counter = frame.frameCounter;
    if (!same) this.#keep(frame.pixels);
    if (!same) return "new";
    if (!counted) return "repeat";
    const allSevere =
      frame.unit === "centikelvin" && frame.pixels.every((pixel) => pixel >= severeCentikelvin);
    return allSevere ? "new" : "frozen";
  }

  #keep(pixels: Uint16Array): void {
    // A copy, because a driver may fill the same buffer again.
    if (this.#pixels?.length === pixels.length) this.#pixels.set(pixels);
    else this.#pixels = pixels.slice();
  }
}

function areEqual(one: Uint16Array, other: Uint16Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
  return true;
}
