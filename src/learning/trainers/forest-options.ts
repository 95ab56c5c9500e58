import type { Monotone } from "./monotone.ts";

/** What shapes a random forest. */
export interface ForestHyperparameters {
  readonly trees: number;
  readonly depthMax: number;
  /** Fewest training rows of a leaf. */
  readonly leafRowsMin: number;
  /** Features tried at each node; null for the square root of their number. */
  readonly featuresPerNode: number | null;
  /** Most nodes of all trees together; null without a limit. A tree gets its even share. */
  readonly nodesMax: number | null;
  /** Features in which the output may only rise or only fall. */
  readonly monotone: Monotone;
}

/** As in scikit-learn, but for depth: deeper trees gain nothing measurable and cost nodes. */
export const forestDefaults: ForestHyperparameters = {
  trees: 200,
  depthMax: 16,
  leafRowsMin: 1,
  featuresPerNode: null,
  nodesMax: null,
  monotone: {},
};
