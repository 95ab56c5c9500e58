import { assert } from "#core/failure.ts";
import type {
  AdamArrays,
  AdamStep,
  MatrixProduct,
  NetworkEngine,
} from "#learning/trainers/network-engine.ts";
import { KernelMemory } from "./kernel-memory.ts";

/** What the module compiled from assembly/dense-network.ts exports; arrays are given by their addresses. */
interface NetworkExports {
  readonly memory: WebAssembly.Memory;
  multiply(
    out: number,
    left: number,
    right: number,
    rows: number,
    inner: number,
    columns: number,
    rowFloats: number,
    stepFloats: number,
    bias: number,
    floor: number,
  ): void;
  turn(out: number, from: number, rows: number, columns: number): void;
  cutOff(changes: number, outputs: number, count: number): void;
  sumRows(out: number, from: number, rows: number, columns: number): void;
  step(
    values: number,
    gradient: number,
    mean: number,
    square: number,
    count: number,
    keepMean: number,
    keepSquare: number,
    rate: number,
    rootCorrection: number,
    decay: number,
    epsilon: number,
  ): void;
}

const floatBytes = 4;
/** Arrays of one network at most; each may leave a gap of 16 bytes. */
const arraysMax = 256;
/** As adamEpsilon in learning/trainers/network-engine.ts, whose code may not be imported here; a test compares them. */
const adamEpsilon = 1e-8;

/** The inner loops of a dense network in WebAssembly SIMD; results equal those of the reference to the last bit. */
export class NetworkKernel implements NetworkEngine {
  readonly #exports: NetworkExports;
  readonly #memory: KernelMemory;

  /** `module` is the compiled src/kernels/dense-network.wasm; `floats` is the room for all arrays together. */
  constructor(module: WebAssembly.Module, floats: number) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as NetworkExports;
    this.#memory = new KernelMemory(this.#exports.memory, { bytes: floats * floatBytes, arrays: arraysMax });
  }

  allocate(length: number): Float32Array {
    // Loops run over whole fours.
    const at = this.#memory.reserve(Math.ceil(length / 4) * 4 * floatBytes);
    return new Float32Array(this.#exports.memory.buffer, at, length);
  }

  multiply({ out, left, leftIs, right, rows, inner, columns, bias, activation }: MatrixProduct): void {
    const isStraight = leftIs === "straight";
    assert(left.length >= rows * inner && right.length >= inner * columns, "the factors are large enough");
    assert(out.length >= rows * columns, "the product has room");
    this.#exports.multiply(
      this.#addressOf(out),
      this.#addressOf(left),
      this.#addressOf(right),
      rows,
      inner,
      columns,
      isStraight ? inner : 1,
      isStraight ? 1 : rows,
      bias === null ? 0 : this.#addressOf(bias),
      activation === "relu" ? 0 : -Infinity,
    );
  }

  turn({ out, from, rows, columns }: Parameters<NetworkEngine["turn"]>[0]): void {
    this.#exports.turn(this.#addressOf(out), this.#addressOf(from), rows, columns);
  }

  cutOff(changes: Float32Array, outputs: Float32Array, count: number): void {
    this.#exports.cutOff(this.#addressOf(changes), this.#addressOf(outputs), count);
  }

  sumRows({ out, from, rows, columns }: Parameters<NetworkEngine["sumRows"]>[0]): void {
    this.#exports.sumRows(this.#addressOf(out), this.#addressOf(from), rows, columns);
  }

  step({ values, gradient, mean, square }: AdamArrays, step: AdamStep): void {
    this.#exports.step(
      this.#addressOf(values),
      this.#addressOf(gradient),
      this.#addressOf(mean),
      this.#addressOf(square),
      values.length,
      step.keepMean,
      step.keepSquare,
      step.rate,
      step.rootCorrection,
      step.decay,
      adamEpsilon,
    );
  }

  #addressOf(array: Float32Array): number {
    assert(array.buffer === this.#exports.memory.buffer, "the array lies in the kernel's memory");
    return array.byteOffset;
  }
}
