import { loadCameraLoops } from "#kernels/web-assembly-camera-loops.ts";
import { loadLens } from "#kernels/web-assembly-lens.ts";
import type { CameraLoopsMaker } from "#simulation/devices/camera-loops.ts";
import type { LensMaker } from "#simulation/scene/lens.ts";

/** Makes the lens of an episode, in WebAssembly. */
export const makeLens: LensMaker = loadLens();

/** Makes the emulated camera's loops over all pixels, in WebAssembly. */
export const makeCameraLoops: CameraLoopsMaker = loadCameraLoops();
