import { readFileSync } from "node:fs";
import { machineFault } from "#core/failure.ts";

/** Names of the compiled kernels; each is assembly/NAME.ts compiled to NAME.wasm. */
export type KernelName = "boosting" | "camera" | "dense-network" | "frame-features" | "lens" | "pixel-ranks";

/**
 * Reads and compiles a kernel that lies beside this file (beside the bundle when installed).
 * Throws `Failure("machine", "kernel-unreadable")` when it is missing or the machine lacks WebAssembly SIMD.
 */
export function loadKernel(name: KernelName): WebAssembly.Module {
  const location = new URL(`./${name}.wasm`, import.meta.url);
  try {
    return new WebAssembly.Module(readFileSync(location));
  } catch (cause) {
    throw machineFault(
      "kernel-unreadable",
      `The kernel ${location.pathname} cannot be loaded: run npm run build, or install the program again.`,
      { cause },
    );
  }
}
