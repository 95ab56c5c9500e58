import type { Reason } from "../alarm/reason.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import { checkScores } from "./check-scores.ts";
import { place } from "./rule.ts";
import type { ModelScores, RegionScore, SecondScorer } from "./second-scorer.ts";

/** How often a model has to say yes before it counts. */
export interface ModelPolicy {
  /** FIRE: so many seconds of the last so many, for one region. */
  readonly flamingSeconds: number;
  readonly flamingOfSeconds: number;
  /** PREALARM by slow heat. */
  readonly slowHeatSeconds: number;
  readonly slowHeatOfSeconds: number;
  /** PREALARM by the air alone, where there is no picture. */
  readonly airSeconds: number;
  readonly airOfSeconds: number;
}

/** Defaults: three of five seconds let a flame pulse and one glitch pass. */
export const defaultModelPolicy: ModelPolicy = {
  flamingSeconds: 3,
  flamingOfSeconds: 5,
  slowHeatSeconds: 10,
  slowHeatOfSeconds: 15,
  airSeconds: 20,
  airOfSeconds: 30,
};

/** What a model adds to the evidence of one second. */
export interface ModelFinding {
  readonly alarm: readonly Reason[];
  readonly prealarm: readonly Reason[];
  /**
   * Highest probability of flames among the regions, 0 when nothing is hot, NaN when there was nothing to judge by or
   * the model has no head for these sensors.
   */
  readonly probability: number;
  readonly scores: ModelScores | null;
}

/** Tracks remembered at most; the one unseen for longest leaves. A device tracks sixteen. */
const tracksMax = 32;

/** The answers of one region's last seconds, newest last, 1 for yes. */
interface TrackVotes {
  readonly flaming: number[];
  readonly slowHeat: number[];
}

/**
 * Turns a model's probabilities into reasons: a region flames when the model says so in most of its last seconds. It
 * stands beside the rules, never before them: nothing that it says keeps a rule from alarming. Seconds without a valid
 * picture change nothing.
 */
export class ModelDetector {
  readonly #scorer: SecondScorer;
  readonly #policy: ModelPolicy;
  #votes = new Map<number | null, TrackVotes>();
  readonly #air: number[] = [];

  constructor(scorer: SecondScorer, policy: ModelPolicy) {
    this.#scorer = scorer;
    this.#policy = policy;
  }

  /**
   * What the model says about one second; seconds are given in order, each once. Throws what the scorer throws, and
   * `machineFault` with code `model-answer` for an answer that is no probability; such a second changes nothing.
   */
  evaluate(second: FeatureSecond): ModelFinding {
    const hasPicture = second.vector !== null;
    if (!hasPicture && Number.isNaN(second.air.co2Ppm)) return silent;
    const scores = this.#scorer.score(second);
    checkScores(scores, this.#scorer.thresholds(scores.sensors));
    if (hasPicture) this.#air.length = 0;
    return hasPicture ? this.#judgeRegions(scores) : this.#judgeAir(scores);
  }

  #judgeRegions(scores: ModelScores): ModelFinding {
    const thresholds = this.#scorer.thresholds(scores.sensors);
    const alarm: Reason[] = [];
    const prealarm: Reason[] = [];
    let probability = Number.isNaN(thresholds.flaming) ? Number.NaN : 0;
    const seen = new Map<number | null, TrackVotes>();
    for (const region of scores.regions.slice(0, tracksMax)) {
      const votes = this.#votes.get(region.trackId) ?? { flaming: [], slowHeat: [] };
      seen.set(region.trackId, votes);
      probability = Math.max(probability, region.flaming);
      const { flamingSeconds, flamingOfSeconds, slowHeatSeconds, slowHeatOfSeconds } = this.#policy;
      if (yes(votes.flaming, region.flaming >= thresholds.flaming, flamingOfSeconds) >= flamingSeconds)
        alarm.push(flamingReason(region, thresholds.flaming));
      if (yes(votes.slowHeat, region.slowHeat >= thresholds.slowHeat, slowHeatOfSeconds) >= slowHeatSeconds)
        prealarm.push(slowHeatReason(region, thresholds.slowHeat));
    }
    this.#votes = seen;
    return { alarm, prealarm, probability, scores };
  }

  /** The air alone raises PREALARM at most. */
  #judgeAir(scores: ModelScores): ModelFinding {
    const limit = this.#scorer.thresholds("air-only").airBurning;
    const { airSeconds, airOfSeconds } = this.#policy;
    const burns = yes(this.#air, scores.airBurning >= limit, airOfSeconds) >= airSeconds;
    const reason: Reason = {
      code: "model-air",
      text: `Possible hidden fire: without a picture, the air looks to the model as it does over a fire (${percent(scores.airBurning)}).`,
      value: scores.airBurning,
      limit,
      unit: "1",
      location: null,
    };
    return { alarm: [], prealarm: burns ? [reason] : [], probability: Number.NaN, scores };
  }
}

const silent: ModelFinding = { alarm: [], prealarm: [], probability: Number.NaN, scores: null };

/** Takes in an answer and returns how many of the last `of` were yes. */
function yes(answers: number[], answer: boolean, of: number): number {
  answers.push(answer ? 1 : 0);
  if (answers.length > of) answers.shift();
  return answers.reduce((sum, one) => sum + one, 0);
}

function percent(probability: number): string {
  return `${Math.round(100 * probability)} %`;
}

function where(region: RegionScore): string {
  return region.location === null ? "The picture" : `The region at ${place(region.location)}`;
}

function flamingReason(region: RegionScore, limit: number): Reason {
  return {
    code: "model-flaming",
    text: `${where(region)} looks like flames to the model (${percent(region.flaming)}).`,
    value: region.flaming,
    limit,
    unit: "1",
    location: region.location,
  };
}

function slowHeatReason(region: RegionScore, limit: number): Reason {
  return {
    code: "model-slow-heat",
    text: `${where(region)} looks like smouldering or overheating to the model (${percent(region.slowHeat)}).`,
    value: region.slowHeat,
    limit,
    unit: "1",
    location: region.location,
  };
}
