import { assert } from "#core/failure.ts";

const pageBytes = 65_536;
const bytesMax = 2 ** 32 - pageBytes;

/** Lays out arrays one behind the other in a kernel's memory, each at a multiple of 16 bytes. */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  #used = 16;

  /** Makes room for `bytes` and the gaps between `arrays` arrays. The module has no data of its own. */
  constructor(memory: WebAssembly.Memory, room: { readonly bytes: number; readonly arrays: number }) {
    // Address 0 stands for "none", so nothing lies there.
    const needed = room.bytes + 16 * (room.arrays + 2);
    assert(needed <= bytesMax, `a kernel holds at most ${bytesMax} bytes`);
    this.#memory = memory;
    memory.grow(Math.max(0, Math.ceil((needed - memory.buffer.byteLength) / pageBytes)));
  }

  /** The address of this many bytes. */
  reserve(bytes: number): number {
    const at = this.#used;
    this.#used = Math.ceil((at + bytes) / 16) * 16;
    assert(this.#used <= this.#memory.buffer.byteLength, "the kernel's memory is large enough");
    return at;
  }
}
