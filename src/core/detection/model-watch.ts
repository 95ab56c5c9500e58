import type { TroubleCode } from "../alarm/trouble.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import { ModelDetector, type ModelFinding, type ModelPolicy } from "./model-detector.ts";
import type { ModelReading } from "./model-reading.ts";
import type { SecondScorer } from "./second-scorer.ts";
import { type FaultReport, WatchedFault } from "./watched-fault.ts";

/** Seconds with an answer that end the fault. */
const answeredSeconds = 3;

/** Characters of a cause that are told: a fault's text has an end. */
const causeCharactersMax = 200;

/** How a ModelWatch is made. */
export interface ModelWatchOptions {
  /** Null: there is no model, and the rules decide alone, as they do while one is not there yet. */
  readonly scorer: SecondScorer | null;
  readonly policy: ModelPolicy;
  readonly standing: ReadonlySet<TroubleCode>;
  readonly report: FaultReport;
}

/** The reasons that a model gives. */
type ModelReasons = Pick<ModelFinding, "alarm" | "prealarm">;

/** What the model adds to a second, and what it said; both null where none is there. */
export interface WatchedAnswer {
  readonly finding: ModelReasons | null;
  readonly reading: ModelReading | null;
}

/**
 * Asks the model and lets no failure of it through: a model that throws, or answers what is no probability, is a fault
 * that is told. What it had found before then stands until it answers again or somebody resets, because a model that has
 * gone silent has not said that the fire is out. The rules never depend on it.
 */
export class ModelWatch {
  readonly #scorer: SecondScorer | null;
  readonly #detector: ModelDetector | null;
  readonly #fault: WatchedFault;
  /** A fault of the run before is over: a package has proven itself by its golden vectors before it is used. */
  #isFirst = true;
  /** What it found last. */
  #found: ModelReasons = nothing;

  constructor({ scorer, policy, standing, report }: ModelWatchOptions) {
    this.#scorer = scorer;
    this.#detector = scorer === null ? null : new ModelDetector(scorer, policy);
    const code = "model-failed";
    const fault = {
      code,
      text: failedText("it does not answer"),
      restoredText:
        scorer === null ? "There is no model any more: the rules decide." : "The model answers again.",
      raiseSeconds: 0,
      clearSeconds: answeredSeconds,
      standing: standing.has(code),
    } as const;
    this.#fault = new WatchedFault(fault, report);
  }

  /** What the model says about one second; seconds are given in order, each once. Never throws. */
  evaluate(second: FeatureSecond): WatchedAnswer {
    const packageHash = this.#scorer?.packageHash ?? null;
    // One that is not there yet has proven nothing: a fault of the run before stands until it has.
    if (this.#scorer !== null && packageHash === null) return { finding: null, reading: null };
    if (this.#isFirst) this.#fault.clear(second.atMicros);
    this.#isFirst = false;
    if (this.#detector === null || packageHash === null) return { finding: null, reading: null };
    try {
      const finding = this.#detector.evaluate(second);
      const { scores, probability } = finding;
      if (scores !== null && second.vector !== null && Number.isNaN(probability))
        throw new Error(`it cannot judge ${scores.sensors}`);
      const asked = scores !== null && (scores.regions.length > 0 || !Number.isNaN(scores.airBurning));
      // A quiet picture asks the model nothing, so that it proves nothing either.
      this.#fault.watch({ atMicros: second.atMicros, sign: asked ? false : null, seconds: 1 });
      const isJudged = asked || (scores !== null && second.vector !== null);
      const outcome = isJudged ? "judged" : "not-judged";
      if (isJudged) this.#found = finding;
      return { finding, reading: { packageHash, outcome, probability, scores } };
    } catch (cause) {
      this.#fail(second.atMicros, cause);
      const reading = { packageHash, outcome: "failed", probability: Number.NaN, scores: null } as const;
      return { finding: this.#found, reading };
    }
  }

  /** A person has reset: what the model found before is answered, and only what it finds from now on counts. */
  forget(): void {
    this.#found = nothing;
  }

  #fail(atMicros: number, cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    const text = failedText(why.slice(0, causeCharactersMax));
    this.#fault.watch({ atMicros, sign: true, seconds: 1, text });
  }
}

const nothing: ModelReasons = { alarm: [], prealarm: [] };

function failedText(why: string): string {
  return `The model has failed (${why}): the rules decide alone. Restart the device; if it comes again, give it another model package.`;
}
