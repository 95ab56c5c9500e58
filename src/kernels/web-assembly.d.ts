// What the kernels use of WebAssembly's JavaScript interface (W3C): neither TypeScript's es2024 library nor Node's
// types declare it, and the DOM's types would let browser names into the whole product.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB and returns how many there were. Views of the old buffer are dead after it. */
    grow(pages: number): number;
  }
  interface Module {
    readonly [Symbol.toStringTag]: "WebAssembly.Module";
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Module: { new (bytes: Uint8Array): Module };
  const Instance: { new (module: Module): Instance };
}
