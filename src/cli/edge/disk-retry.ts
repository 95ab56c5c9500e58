import type { Cancel, Clock } from "#core/time.ts";

/** What the disk refused is tried again after so long, until it takes it. */
const retryMs = 5_000;

/** A step on the disk that has to be taken, however long the disk refuses it. */
export interface OwedStep {
  readonly work: () => Promise<void>;
  /** What is wrong while the disk refuses, in a sentence that ends in what the disk said. */
  readonly problem: string;
  /** Told once, when the disk has taken it. */
  readonly onTaken?: () => void;
}

/** Takes one step on the disk at a time, and tries it until the disk takes it. */
export class DiskRetry {
  readonly #clock: Pick<Clock, "after">;
  readonly #onProblem: (problem: string | null) => void;
  #owed: OwedStep | null = null;
  #cancel: Cancel | null = null;

  /** `onProblem` is told in words what the disk refuses, and null when it has taken it. */
  constructor(clock: Pick<Clock, "after">, onProblem: (problem: string | null) => void) {
    this.#clock = clock;
    this.#onProblem = onProblem;
  }

  /** True while a step is not taken yet: nothing else may change what it is about. */
  get isOwed(): boolean {
    return this.#owed !== null;
  }

  /** Tries a step, and goes on trying. Resolves after the first try and never rejects. */
  async take(step: OwedStep): Promise<void> {
    this.stop();
    this.#owed = step;
    await this.#try(step);
  }

  /** Tries nothing any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#owed = null;
  }

  async #try(step: OwedStep): Promise<void> {
    try {
      await step.work();
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (this.#owed !== step) return;
      this.#onProblem(`${step.problem} (${cause}): it is tried again every ${retryMs / 1_000} s.`);
      this.#cancel = this.#clock.after(retryMs, () => void this.#try(step));
      return;
    }
    if (this.#owed !== step) return;
    this.#owed = null;
    this.#onProblem(null);
    step.onTaken?.();
  }
}
