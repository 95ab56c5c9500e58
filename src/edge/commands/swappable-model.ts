import type { SecondScorer } from "#core/detection/second-scorer.ts";
import { type ChangingModel, type InstalledModel, installedModel } from "../installed-model.ts";

/**
 * A model that comes and can be replaced while the device decides: a second is scored by one of them and never by both.
 * What regions answered in their last seconds counts on, so that a swap takes no fire's votes away.
 */
export class SwappableModel implements ChangingModel {
  #now: ChangingModel["now"] = "loading";
  readonly scorer: SecondScorer;

  constructor() {
    const current = (): InstalledModel | null => installedModel(this.#now);
    const asked = (): SecondScorer => {
      const model = current();
      if (model === null) throw new Error("there is no model to ask");
      return model.scorer;
    };
    this.scorer = {
      get packageHash() {
        return current()?.scorer.packageHash ?? null;
      },
      score: (second) => asked().score(second),
      thresholds: (sensors) => asked().thresholds(sensors),
    };
  }

  /** What is there at this moment. */
  get now(): ChangingModel["now"] {
    return this.#now;
  }

  /** The next second is scored by this model, or by none where it is missing. */
  swap(next: Exclude<ChangingModel["now"], "loading">): void {
    this.#now = next;
  }
}
