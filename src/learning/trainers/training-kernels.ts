import type { BoostingEngine, BoostingSetup } from "./boosting-engine.ts";
import type { NetworkEngine } from "./network-engine.ts";

/** Fast implementations of the trainers' inner loops; results equal those of the references to the last bit. */
export interface TrainingKernels {
  createBoostingEngine(setup: BoostingSetup): BoostingEngine;
  /** An engine with room for arrays of `floats` numbers together. */
  createNetworkEngine(floats: number): NetworkEngine;
}
