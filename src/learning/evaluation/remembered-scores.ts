import type { ModelScores, SecondScorer } from "#core/detection/second-scorer.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";

/** Scores of the second at hand, so that several arms ask the model once. */
export class RememberedScores implements SecondScorer {
  readonly packageHash: string | null;
  readonly #scorer: SecondScorer;
  #second: FeatureSecond | null = null;
  #scores: ModelScores | null = null;

  constructor(scorer: SecondScorer) {
    this.packageHash = scorer.packageHash;
    this.#scorer = scorer;
  }

  /** Takes in the whole second, before arms ask about all or some of its regions. */
  begin(second: FeatureSecond): ModelScores | null {
    const isBlind = second.vector === null && Number.isNaN(second.air.co2Ppm);
    this.#second = second;
    this.#scores = isBlind ? null : this.#scorer.score(second);
    return this.#scores;
  }

  /**
   * Scores of a second that holds all regions of the one at hand or some of them. A model of whole pictures cannot leave
   * a region out: it is asked about none when all regions were left out.
   */
  score(second: FeatureSecond): ModelScores {
    const scores = this.#scores;
    if (scores === null || this.#second === null) return this.#scorer.score(second);
    const kept = new Set(second.regions.map(({ trackId }) => trackId));
    const allLeftOut = kept.size === 0 && this.#second.regions.length > 0;
    const regions = scores.regions.filter(({ trackId }) =>
      trackId === null ? !allLeftOut : kept.has(trackId),
    );
    return { ...scores, regions };
  }

  thresholds(sensors: ModelScores["sensors"]): ReturnType<SecondScorer["thresholds"]> {
    return this.#scorer.thresholds(sensors);
  }
}
