/**
 * What one second says about a condition. `unknown` (an absent value) holds: it neither advances nor resets.
 */
export type Verdict = "yes" | "no" | "unknown";

/** True when all are yes, false when one is no; otherwise nobody knows. */
export function all(...verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("unknown") ? "unknown" : "yes";
}

/** Whether a value reaches a limit; an absent value (NaN) is unknown, never "no". */
export function reaches(value: number, limit: number): Verdict {
  if (Number.isNaN(value)) return "unknown";
  return value >= limit ? "yes" : "no";
}

/** How long a condition has held. */
export interface Sustained {
  /** Seconds of evidence with the condition. */
  seconds: number;
  /** Seconds without it in a row. */
  missed: number;
  /** True from the moment it held long enough until it is told to end. */
  active: boolean;
}

/** A condition that has not been seen. */
export function newSustained(): Sustained {
  return { seconds: 0, missed: 0, active: false };
}

/** Takes in one second: the condition begins when it has held for `seconds`, and ends on `end`. */
export function sustain(
  sustained: Sustained,
  now: {
    readonly begin: Verdict;
    /** Whether an active condition is over; leave out where it ends as soon as `begin` is missed for too long. */
    readonly end?: Verdict;
    readonly seconds: number;
    readonly gapSeconds: number;
  },
): void {
  if (now.begin === "yes") {
    sustained.seconds += 1;
    sustained.missed = 0;
    if (sustained.seconds >= now.seconds) sustained.active = true;
    return;
  }
  if (now.begin === "no") {
    sustained.missed += 1;
    if (sustained.missed > now.gapSeconds) {
      sustained.seconds = 0;
      if (now.end === undefined) sustained.active = false;
    }
  }
  if (now.end === "yes") sustained.active = false;
}
