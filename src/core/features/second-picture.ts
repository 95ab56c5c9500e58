import { celsiusOfCentikelvin } from "./centikelvin.ts";
import { medianNetwork } from "./median-network.ts";

/**
 * Most pictures of one second that are kept: a Lepton sends about 9, up to 11 with its jitter. When a faster source
 * sends more, each further one replaces the oldest.
 */
export const secondPicturesMax = 16;

/** Pixels worked on at once, so that all rows stay in the first-level cache. */
const chunkPixels = 256;

/** The pictures of one second, and the median and the maximum of each pixel over them. */
export class SecondPicture {
  readonly #pixels: number;
  readonly #rows: readonly Uint16Array[];
  readonly #networks = Array.from({ length: secondPicturesMax + 1 }, (_, count) =>
    count < 2 ? [] : medianNetwork(count),
  );
  #count = 0;

  constructor(pixels: number) {
    this.#pixels = pixels;
    this.#rows = Array.from({ length: secondPicturesMax }, () => new Uint16Array(pixels));
  }

  /** Pictures kept, at most `secondPicturesMax`. */
  get count(): number {
    return Math.min(this.#count, secondPicturesMax);
  }

  /** Copies one picture. */
  add(centikelvin: Uint16Array): void {
    this.#rows[this.#count % secondPicturesMax]!.set(centikelvin);
    this.#count += 1;
  }

  /** Forgets all pictures. */
  clear(): void {
    this.#count = 0;
  }

  /** Writes the median and the maximum of each pixel, in °C; reorders what is kept, so `clear` comes next. */
  close(medianCelsius: Float32Array, maxCelsius: Float32Array): void {
    for (let start = 0; start < this.#pixels; start += chunkPixels) {
      const end = Math.min(start + chunkPixels, this.#pixels);
      this.#writeMax(maxCelsius, { start, end });
      for (const { low, high } of this.#networks[this.count]!)
        exchange(this.#rows[low]!, this.#rows[high]!, { start, end });
      this.#writeMiddle(medianCelsius, { start, end });
    }
  }

  #writeMax(maxCelsius: Float32Array, range: { start: number; end: number }): void {
    for (let i = range.start; i < range.end; i += 1) {
      let highest = 0;
      for (let row = 0; row < this.count; row += 1) highest = Math.max(highest, this.#rows[row]![i]!);
      maxCelsius[i] = celsiusOfCentikelvin(highest);
    }
  }

  #writeMiddle(medianCelsius: Float32Array, range: { start: number; end: number }): void {
    const lower = this.#rows[(this.count - 1) >> 1]!;
    const upper = this.#rows[this.count >> 1]!;
    for (let i = range.start; i < range.end; i += 1)
      medianCelsius[i] = celsiusOfCentikelvin((lower[i]! + upper[i]!) / 2);
  }
}

function exchange(low: Uint16Array, high: Uint16Array, range: { start: number; end: number }): void {
  for (let i = range.start; i < range.end; i += 1) {
    const a = low[i]!;
    const b = high[i]!;
    // Without a branch, because noise makes every second one wrong: the difference where it is negative, else 0.
    const smaller = (a - b) & ((a - b) >> 31);
    low[i] = b + smaller;
    high[i] = a - smaller;
  }
}
