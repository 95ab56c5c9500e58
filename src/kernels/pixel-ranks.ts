import { assert } from "#core/failure.ts";
import { medianRows } from "#core/features/median-of-nine.ts";
import { secondPicturesMax } from "#core/features/second-picture.ts";
import { MemoryPlan } from "./memory-plan.ts";

/** What the module compiled from assembly/pixel-ranks.ts exports; rows begin `rowBytes` after each other. */
interface PixelRanksExports {
  readonly memory: WebAssembly.Memory;
  medianOfNine(rows: number, rowBytes: number, result: number): void;
  highestOf(rows: number, count: number, rowBytes: number, result: number): void;
}

const vectorBytes = 16;

/** Median and maximum of each pixel over several pictures, in WebAssembly SIMD; pictures are copied into its memory. */
export class PixelRanks {
  readonly #exports: PixelRanksExports;
  readonly #rowBytes: number;
  readonly #rows: readonly Uint16Array[];
  readonly #result: Uint16Array;

  constructor(module: WebAssembly.Module, pixels: number) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as PixelRanksExports;
    this.#rowBytes = Math.ceil((2 * pixels) / vectorBytes) * vectorBytes;
    const plan = new MemoryPlan();
    const first = plan.reserve(secondPicturesMax * this.#rowBytes);
    const result = plan.reserve(this.#rowBytes);
    const buffer = plan.apply(this.#exports.memory);
    this.#rows = Array.from(
      { length: secondPicturesMax },
      (_, k) => new Uint16Array(buffer, first + k * this.#rowBytes, pixels),
    );
    this.#result = new Uint16Array(buffer, result, pixels);
  }

  /** Does `medianOfNine`. */
  medianOfNine(rows: readonly Uint16Array[], out: Uint16Array): void {
    assert(rows.length === medianRows, "the median of nine has nine rows");
    this.#copy(rows);
    this.#exports.medianOfNine(this.#rows[0]!.byteOffset, this.#rowBytes, this.#result.byteOffset);
    out.set(this.#result);
  }

  /** Does `highestOfRows`. */
  highestOfRows(rows: readonly Uint16Array[], out: Uint16Array): void {
    assert(rows.length > 0 && rows.length <= secondPicturesMax, "a second has 1 to 16 pictures");
    this.#copy(rows);
    const first = this.#rows[0]!.byteOffset;
    this.#exports.highestOf(first, rows.length, this.#rowBytes, this.#result.byteOffset);
    out.set(this.#result);
  }

  #copy(rows: readonly Uint16Array[]): void {
    for (let k = 0; k < rows.length; k += 1) this.#rows[k]!.set(rows[k]!);
  }
}
