import type { Monotone } from "./monotone.ts";

/** What shapes a dense network and its training. */
export interface NetworkHyperparameters {
  /** Units of each hidden layer. */
  readonly hiddenUnits: readonly number[];
  readonly epochsMax: number;
  /** Stops when validation log-loss has not fallen for this many epochs; null never stops early. */
  readonly patienceEpochs: number | null;
  readonly batchRows: number;
  readonly learningRate: number;
  /** Share of each weight that is taken away in every step, times the learning rate. */
  readonly weightDecay: number;
  /** Standardised inputs are cut to ± this. */
  readonly clip: number;
  /** Features in which the output may only rise or only fall. */
  readonly monotone: Monotone;
}

/** Two layers of 64 learn what 18 to 32 features have to say; Adam's rate is that of Kingma and Ba (2015). */
export const networkDefaults: NetworkHyperparameters = {
  hiddenUnits: [64, 64],
  epochsMax: 40,
  patienceEpochs: 5,
  batchRows: 256,
  learningRate: 1e-3,
  weightDecay: 0.01,
  clip: 10,
  monotone: {},
};
