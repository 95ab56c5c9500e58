import type { RunSummary } from "./run-summary.ts";

/** How long a run is: some minutes with many faults, or a day with each of them once. */
export type RunLength = "minutes" | "day";

/** What came of a seed: a run to its end, or an error that ended it. */
export type SeedOutcome =
  | { readonly kind: "ran"; readonly seed: number; readonly summary: RunSummary }
  | { readonly kind: "broke"; readonly seed: number; readonly error: string };

/** What a thread says of the seed that it was given. */
export type ThreadReport =
  | { readonly kind: "ran"; readonly summary: RunSummary }
  | { readonly kind: "broke"; readonly error: string };

/** Whether a seed shows that something is wrong. */
export function isFailing(outcome: SeedOutcome): boolean {
  return outcome.kind === "broke" || outcome.summary.violations.length > 0;
}

/** The command that repeats a seed. */
export function repeatCommand({
  seed,
  length,
}: {
  readonly seed: number;
  readonly length: RunLength;
}): string {
  return `npm run sim -- ${length === "day" ? "--day " : ""}--seed ${seed}`;
}

/** Lines of a stack that are worth reading. */
const stackLinesMax = 12;

/** An error as text, with where it came from. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message).split("\n").slice(0, stackLinesMax).join("\n");
}
