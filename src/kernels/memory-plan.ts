const pageBytes = 65_536;
/** Whole vectors are read and written beyond the ends of an array, which begins at a multiple of this. */
const marginBytes = 32;

/** Where arrays lie in a module's memory, one after the other, with room around each for whole vectors. */
export class MemoryPlan {
  #endBytes = marginBytes;

  /** Keeps room for an array and gives its address. */
  reserve(bytes: number): number {
    const address = this.#endBytes;
    this.#endBytes += Math.ceil(bytes / marginBytes) * marginBytes + marginBytes;
    return address;
  }

  /** Makes a memory that was never used as large as the plan, which is then complete: its arrays stay where they are. */
  apply(memory: WebAssembly.Memory): ArrayBuffer {
    memory.grow(Math.max(0, Math.ceil((this.#endBytes - memory.buffer.byteLength) / pageBytes)));
    return memory.buffer;
  }
}
