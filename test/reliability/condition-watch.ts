import type { Clock } from "#core/time.ts";
import { conditionMsMax } from "./site-plan.ts";

/** A disablement or a test ends so long after its time: a state that was saved a minute ago is read back at a start. */
const expirySlackMs = 75_000;

/** Whatever people switch off comes back by itself. */
export class ConditionWatch {
  readonly #clock: Clock;
  readonly #report: (what: string) => void;
  /** Since when each stands, by what it is and who did it: every act of a run has a name of its own. */
  readonly #sinceMs = new Map<string, number>();

  constructor(clock: Clock, report: (what: string) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** What stands now: a disablement, a test. */
  look(standing: {
    readonly disabled: { readonly by: string } | null;
    readonly test: { readonly by: string } | null;
  }): void {
    const nowMs = this.#clock.monotonicMs();
    const keys = new Set<string>();
    if (standing.disabled !== null) keys.add(`disablement by ${standing.disabled.by}`);
    if (standing.test !== null) keys.add(`test by ${standing.test.by}`);
    for (const known of [...this.#sinceMs.keys()]) if (!keys.has(known)) this.#sinceMs.delete(known);
    for (const key of keys) {
      const sinceMs = this.#sinceMs.get(key) ?? nowMs;
      this.#sinceMs.set(key, sinceMs);
      if (nowMs - sinceMs > conditionMsMax + expirySlackMs) this.#report(`The ${key} did not end by itself.`);
    }
  }
}
