import { assert } from "#core/failure.ts";
import {
  type FrameMoments,
  type FrameMomentsMeter,
  type FramePair,
  momentPixelsMax,
} from "#core/frames/frame-moments.ts";

/** What the module compiled from assembly/frame-moments.ts exports. */
interface FrameMomentsExports {
  readonly memory: WebAssembly.Memory;
  /** Arguments: address of the picture, of the one before, number of pixels, address of the result. */
  measure(current: number, previous: number, pixels: number, result: number): void;
}

const pageBytes = 65_536;
const resultBytes = 40;

/**
 * Frame moments in WebAssembly SIMD. The results equal those of `referenceFrameMoments` to the last bit.
 * Owned by one caller at a time: both pictures are copied into the module's memory.
 */
export class FrameMomentsKernel implements FrameMomentsMeter {
  readonly #exports: FrameMomentsExports;
  readonly #current: Uint16Array;
  readonly #previous: Uint16Array;
  readonly #result: Float64Array;

  /** `module` is the compiled src/kernels/frame-moments.wasm; `pixels` the size of all pictures it will see. */
  constructor(module: WebAssembly.Module, pixels: number) {
    assert(pixels > 0 && pixels <= momentPixelsMax, `a picture has 1 to ${momentPixelsMax} pixels`);
    this.#exports = new WebAssembly.Instance(module).exports as unknown as FrameMomentsExports;
    const { memory } = this.#exports;
    // The module has no data of its own, so the whole memory belongs to us. Pictures begin at multiples of 16 bytes.
    const pictureBytes = Math.ceil((pixels * 2) / 16) * 16;
    const neededBytes = 2 * pictureBytes + resultBytes;
    memory.grow(Math.max(0, Math.ceil((neededBytes - memory.buffer.byteLength) / pageBytes)));
    this.#current = new Uint16Array(memory.buffer, 0, pixels);
    this.#previous = new Uint16Array(memory.buffer, pictureBytes, pixels);
    this.#result = new Float64Array(memory.buffer, 2 * pictureBytes, resultBytes / 8);
  }

  measure({ current, previous }: FramePair, result: FrameMoments): void {
    assert(current.length === this.#current.length, "the picture has the kernel's size");
    assert(previous.length === current.length, "both pictures have the same size");
    this.#current.set(current);
    this.#previous.set(previous);
    const [now, before, numbers] = [this.#current.byteOffset, this.#previous.byteOffset, this.#result];
    this.#exports.measure(now, before, current.length, numbers.byteOffset);
    result.sum = numbers[0]!;
    result.squareSum = numbers[1]!;
    result.max = numbers[2]!;
    result.differenceSum = numbers[3]!;
    result.differenceSquareSum = numbers[4]!;
  }
}
