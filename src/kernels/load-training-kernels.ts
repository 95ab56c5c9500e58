import type { TrainingKernels } from "#learning/trainers/training-kernels.ts";
import { BoostingKernel } from "./boosting-kernel.ts";
import { loadKernel } from "./load-kernel.ts";
import { NetworkKernel } from "./network-kernel.ts";

/** The trainers' kernels, read and compiled. Throws `Failure("machine", "kernel-unreadable")`. */
export function loadTrainingKernels(): TrainingKernels {
  const boosting = loadKernel("boosting");
  const network = loadKernel("dense-network");
  return {
    createBoostingEngine: (setup) => new BoostingKernel(boosting, setup),
    createNetworkEngine: (floats) => new NetworkKernel(network, floats),
  };
}
