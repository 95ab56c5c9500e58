import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Lens, LensMaker } from "#simulation/scene/lens.ts";
import type { LensWeights } from "#simulation/scene/lens-blur.ts";
import { loadKernel } from "./load-kernel.ts";
import { MemoryPlan } from "./memory-plan.ts";

/** What the module compiled from assembly/lens.ts exports: addresses, sizes and weights. */
interface LensExports {
  readonly memory: WebAssembly.Memory;
  blurWhole(
    sharp: number,
    rows: number,
    seen: number,
    width: number,
    height: number,
    centre: number,
    near: number,
    far: number,
  ): void;
  look(
    sharp: number,
    still: number,
    stillRows: number,
    stillSeen: number,
    rows: number,
    seen: number,
    lefts: number,
    rights: number,
    width: number,
    height: number,
    centre: number,
    near: number,
    far: number,
  ): void;
}

const pixels = leptonWidth * leptonHeight;

/**
 * Compiles the kernel and gives what makes each episode's lens. Throws `Failure("machine", "kernel-unreadable")` when it
 * is missing or the machine lacks WebAssembly SIMD.
 */
export function loadLens(): LensMaker {
  const module = loadKernel("lens");
  return (weights) => new WebAssemblyLens(module, weights);
}

/** `LensView` in WebAssembly SIMD. Pictures are copied into its memory. */
class WebAssemblyLens implements Lens {
  readonly #exports: LensExports;
  readonly #weights: LensWeights;
  readonly #sharp: Float32Array;
  readonly #still: Float32Array;
  readonly #stillRows: Float32Array;
  readonly #stillSeen: Float32Array;
  readonly #rows: Float32Array;
  readonly #seen: Float32Array;
  /** In each row the part of the newest picture that differs from what stands still: from left to before right. */
  readonly #lefts: Uint16Array;
  readonly #rights: Uint16Array;

  constructor(module: WebAssembly.Module, weights: LensWeights) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as LensExports;
    this.#weights = weights;
    const plan = new MemoryPlan();
    const picture = (): number => plan.reserve(4 * pixels);
    const [sharp, still, stillRows, stillSeen] = [picture(), picture(), picture(), picture()] as const;
    const [rows, seen] = [picture(), picture()] as const;
    const [lefts, rights] = [plan.reserve(2 * leptonHeight), plan.reserve(2 * leptonHeight)] as const;
    const buffer = plan.apply(this.#exports.memory);
    this.#sharp = new Float32Array(buffer, sharp, pixels);
    this.#still = new Float32Array(buffer, still, pixels);
    this.#stillRows = new Float32Array(buffer, stillRows, pixels);
    this.#stillSeen = new Float32Array(buffer, stillSeen, pixels);
    this.#rows = new Float32Array(buffer, rows, pixels);
    this.#seen = new Float32Array(buffer, seen, pixels);
    this.#lefts = new Uint16Array(buffer, lefts, leptonHeight);
    this.#rights = new Uint16Array(buffer, rights, leptonHeight);
  }

  keepStill(sharp: Float32Array): void {
    const { centre, near, far } = this.#weights;
    this.#still.set(sharp);
    this.#exports.blurWhole(
      this.#still.byteOffset,
      this.#stillRows.byteOffset,
      this.#stillSeen.byteOffset,
      leptonWidth,
      leptonHeight,
      centre,
      near,
      far,
    );
    this.#rows.set(this.#stillRows);
    this.#rights.fill(0);
  }

  look(sharp: Float32Array): Float32Array {
    const { centre, near, far } = this.#weights;
    this.#sharp.set(sharp);
    this.#exports.look(
      this.#sharp.byteOffset,
      this.#still.byteOffset,
      this.#stillRows.byteOffset,
      this.#stillSeen.byteOffset,
      this.#rows.byteOffset,
      this.#seen.byteOffset,
      this.#lefts.byteOffset,
      this.#rights.byteOffset,
      leptonWidth,
      leptonHeight,
      centre,
      near,
      far,
    );
    return this.#seen;
  }
}
