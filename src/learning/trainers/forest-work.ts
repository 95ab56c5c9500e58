import type { ForestRows } from "./forest-grower.ts";
import type { ForestHyperparameters } from "./forest-options.ts";
import type { TreeArrays } from "./growing-tree.ts";

/** What a worker of a forest is started with. */
export interface ForestWork {
  readonly rows: ForestRows;
  readonly options: ForestHyperparameters;
  readonly seed: number;
}

/** What it answers to each tree's number. */
export interface GrownTree {
  readonly tree: number;
  readonly grown: TreeArrays;
}
