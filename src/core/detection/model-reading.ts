import type { Evidence } from "../alarm/evidence.ts";
import type { ModelScores } from "./second-scorer.ts";

/** What a model said of a second, for people and recordings; it decides nothing. */
export interface ModelReading {
  /** Address of the model package that said it. */
  readonly packageHash: string;
  /**
   * "not-judged": no sensor gave anything that the model could judge by. "failed": it threw, or answered what is no
   * probability. Neither is a probability of 0.
   */
  readonly outcome: "judged" | "not-judged" | "failed";
  /** Highest probability of flames among the regions, 0 when nothing is hot; NaN by the air alone and unless judged. */
  readonly probability: number;
  /** Null when it failed or was not asked. */
  readonly scores: ModelScores | null;
}

/** The evidence that decided a second, and what the model said of it; null where there is no model. */
export interface EvidenceWithModel extends Evidence {
  readonly model: ModelReading | null;
}
