import type { DenseNetwork } from "./dense-network.ts";
import type { LinearModel } from "./linear-model.ts";
import type { TreeEnsemble } from "./tree-ensemble.ts";

/** What one trainer has learnt. Every member gives a probability for a row. */
export type MemberModel = TreeEnsemble | DenseNetwork | LinearModel;

/** A member of an ensemble. */
export interface Member {
  /** For people and in metrics: "forest", "boosting", "network", "baseline". */
  readonly name: string;
  readonly model: MemberModel;
}
