import type { ModelScores, RegionScore } from "#core/detection/second-scorer.ts";
import { Failure } from "#core/failure.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { ModelExplainer } from "#inference/model-explainer.ts";
import type { HeadName } from "#model-package/head.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import type { EpisodeLabel } from "#simulation/scenario/episode-truth.ts";
import type { HeadContributions } from "./episode-judgement.ts";

/** Seconds in a row look alike: one in so many is explained, */
const secondsApart = 10;
/** and of an episode and a head so many at most. */
const explainedMax = 6;

/** The explainer of a package; null for one that works and cannot say why (without covers, or built by others). */
export function explainerOf(read: ModelPackage): ModelExplainer | null {
  try {
    return new ModelExplainer(read);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

interface Tally {
  positives: number;
  seconds: number;
  readonly sums: Map<string, number>;
}

/**
 * Adds up the sizes of the contributions in some of an episode's seconds in which a head should say yes, for the region
 * it says so of most. Heads of the air alone have no region and are left out.
 */
export class ContributionTally {
  readonly #explainer: ModelExplainer | null;
  /** By head and sensors. */
  readonly #heads = new Map<string, Tally>();

  constructor(explainer: ModelExplainer | null) {
    this.#explainer = explainer;
  }

  /** Takes in a second, what the model said of it, and what burns in view. */
  take(second: FeatureSecond, scores: ModelScores | null | undefined, label: EpisodeLabel): void {
    if (this.#explainer === null || scores === null || scores === undefined) return;
    if (label !== "flaming" && label !== "slow-heat") return;
    const region = mostLikely(scores.regions, label);
    if (region === null) return;
    const head = `${label} ${scores.sensors}`;
    const tally = this.#heads.get(head) ?? { positives: 0, seconds: 0, sums: new Map() };
    this.#heads.set(head, tally);
    tally.positives += 1;
    if (tally.positives % secondsApart !== 1 || tally.seconds >= explainedMax) return;
    tally.seconds += 1;
    const { contributions } = this.#explainer.explainSecond(second, { head: label, trackId: region.trackId });
    for (const { feature, contribution } of contributions)
      tally.sums.set(feature, (tally.sums.get(feature) ?? 0) + Math.abs(contribution));
  }

  /** What was added up, by head and sensors ("flaming fused"); heads of which nothing was explained are left out. */
  get sums(): Readonly<Record<string, HeadContributions>> {
    return Object.fromEntries(
      [...this.#heads].map(([head, { seconds, sums }]) => [
        head,
        { seconds, sums: Object.fromEntries(sums) },
      ]),
    );
  }
}

/** The region with the head's largest probability; null when nothing is hot or there is no such head. */
function mostLikely(regions: readonly RegionScore[], head: HeadName): RegionScore | null {
  const of = head === "flaming" ? "flaming" : "slowHeat";
  return regions.reduce<RegionScore | null>(
    (most, region) => (region[of] > (most?.[of] ?? -1) ? region : most),
    null,
  );
}
