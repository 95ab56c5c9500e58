import { pixelCentikelvinMax, writeCelsius, zeroCelsiusCentikelvin } from "./centikelvin.ts";
import type { FeatureKernel } from "./feature-kernel.ts";
import { highestOfRows } from "./highest-of-rows.ts";
import { medianNetwork } from "./median-network.ts";
import { medianOfNine, medianRows } from "./median-of-nine.ts";

/**
 * Most pictures of one second that are kept: a Lepton sends about 9, up to 11 with its jitter. When a faster source
 * sends more, each further one replaces the oldest.
 */
export const secondPicturesMax = 16;

/**
 * The pictures of one second, and the median and the maximum of each pixel over them. A picture is written straight
 * into `next` and is not copied again: the one taken last stays as it is, also after `close` and `clear`, until another
 * has been taken, because the difference to the next picture is yet to be measured.
 */
export class SecondPicture {
  /** The pictures in a ring, which goes on from second to second. */
  readonly #rows: Uint16Array[];
  /** Takes part in the sorting in place of the picture that has to stay as it is. */
  #spare: Uint16Array;
  readonly #networks = Array.from({ length: secondPicturesMax + 1 }, (_, count) =>
    count > medianRows ? medianNetwork(count) : [],
  );
  /** Rows of the least and the greatest value: with them fewer than nine rows have the median of nine. */
  readonly #lowest: Uint16Array;
  readonly #highest: Uint16Array;
  readonly #lower: Uint16Array;
  readonly #upper: Uint16Array;
  readonly #max: Uint16Array;
  readonly #loops: Pick<FeatureKernel, "medianOfNine" | "highestOfRows">;
  #count = 0;
  #nextRow = 0;

  constructor(pixels: number, kernel: FeatureKernel | null = null) {
    this.#loops = kernel ?? { medianOfNine, highestOfRows };
    this.#spare = new Uint16Array(pixels);
    this.#rows = Array.from({ length: secondPicturesMax }, () => new Uint16Array(pixels));
    this.#lowest = new Uint16Array(pixels);
    this.#highest = new Uint16Array(pixels).fill(pixelCentikelvinMax);
    this.#lower = new Uint16Array(pixels);
    this.#upper = new Uint16Array(pixels);
    this.#max = new Uint16Array(pixels);
  }

  /** Pictures kept, at most `secondPicturesMax`. */
  get count(): number {
    return Math.min(this.#count, secondPicturesMax);
  }

  /** Where the owner writes the next picture, in centikelvin; it counts once `take` is called. */
  get next(): Uint16Array {
    return this.#rows[this.#nextRow]!;
  }

  /** The picture in `next` is one of the second. */
  take(): void {
    this.#count += 1;
    this.#nextRow = (this.#nextRow + 1) % secondPicturesMax;
  }

  /** Forgets all pictures. */
  clear(): void {
    this.#count = 0;
  }

  /** Writes the median and the maximum of each pixel, in °C; sorts what is kept, so `clear` comes next. */
  close(medianCelsius: Float32Array, maxCelsius: Float32Array): void {
    const rows = this.#kept();
    this.#loops.highestOfRows(rows, this.#max);
    writeCelsius(this.#max, maxCelsius);
    const { lower, upper } = this.#middleRows(rows);
    if (lower === upper) writeCelsius(lower, medianCelsius);
    else writeMeanCelsius([lower, upper], medianCelsius);
  }

  /** The kept pictures, oldest first. */
  #kept(): Uint16Array[] {
    const first = this.#nextRow - this.count + secondPicturesMax;
    return Array.from({ length: this.count }, (_, k) => this.#rows[(first + k) % secondPicturesMax]!);
  }

  /** Puts a copy in the place of the picture taken last, which becomes the spare one and stays as it is. */
  #saveNewest(rows: Uint16Array[]): void {
    const newest = rows.at(-1)!;
    const copy = this.#spare;
    copy.set(newest);
    this.#spare = newest;
    this.#rows[this.#rows.indexOf(newest)] = copy;
    rows[rows.length - 1] = copy;
  }

  /** The rows of the two middle values; one and the same when the count is odd. */
  #middleRows(rows: Uint16Array[]): { lower: Uint16Array; upper: Uint16Array } {
    if (rows.length > medianRows) {
      this.#saveNewest(rows);
      for (const { low, high } of this.#networks[rows.length]!) exchange(rows[low]!, rows[high]!);
      return { lower: rows[(rows.length - 1) >> 1]!, upper: rows[rows.length >> 1]! };
    }
    const lower = this.#lower;
    this.#loops.medianOfNine(this.#padded(rows, Math.ceil((medianRows - rows.length) / 2)), lower);
    if (rows.length % 2 === 1) return { lower, upper: lower };
    this.#loops.medianOfNine(this.#padded(rows, Math.floor((medianRows - rows.length) / 2)), this.#upper);
    return { lower, upper: this.#upper };
  }

  #padded(rows: readonly Uint16Array[], lowest: number): readonly Uint16Array[] {
    const padded = rows.slice();
    for (let k = rows.length; k < medianRows; k += 1)
      padded.push(k - rows.length < lowest ? this.#lowest : this.#highest);
    return padded;
  }
}

function writeMeanCelsius([a, b]: readonly [Uint16Array, Uint16Array], celsius: Float32Array): void {
  for (let i = 0; i < celsius.length; i += 1) celsius[i] = (a[i]! + b[i]! - 2 * zeroCelsiusCentikelvin) / 200;
}

/** Without branches, because noise makes every second one wrong: a negative difference is kept, any other becomes 0. */
function exchange(low: Uint16Array, high: Uint16Array): void {
  for (let i = 0; i < low.length; i += 1) {
    const a = low[i]!;
    const b = high[i]!;
    const smaller = (a - b) & ((a - b) >> 31);
    low[i] = b + smaller;
    high[i] = a - smaller;
  }
}
