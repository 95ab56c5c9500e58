import type { SecondScorer } from "#core/detection/second-scorer.ts";
import type { ModelIdentity } from "#wire/model-messages.ts";
import type { InstalledModel } from "../installed-model.ts";

/**
 * A model that can be replaced by another while the device decides: a second is scored by one of them and never by both.
 * What regions answered in their last seconds counts on, so that a swap takes no fire's votes away.
 */
export class SwappableModel implements InstalledModel {
  #current: InstalledModel;
  readonly scorer: SecondScorer;

  constructor(first: InstalledModel) {
    this.#current = first;
    const current = (): SecondScorer => this.#current.scorer;
    this.scorer = {
      get packageHash() {
        return current().packageHash;
      },
      score: (second) => current().score(second),
      thresholds: (sensors) => current().thresholds(sensors),
    };
  }

  /** The model at work. */
  get current(): InstalledModel {
    return this.#current;
  }

  /** What is said of the model at work. */
  get identity(): ModelIdentity {
    return this.#current.identity;
  }

  /** The next second is scored by this model. */
  swap(next: InstalledModel): void {
    this.#current = next;
  }
}
