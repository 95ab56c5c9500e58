import { reaches, type Verdict } from "./sustained.ts";
import { riseProofSeconds } from "./track-memory.ts";

/** Share of the demanded rate that the plain difference over `riseProofSeconds` must show. */
const provenShare = 0.5;

/**
 * Whether a value has really risen over the last seconds, and not only in one old step that a fitted slope still
 * remembers. Unknown until the history is full.
 */
export function hasRisen(
  historyOldestFirst: readonly number[],
  now: { readonly value: number; readonly ratePerSecond: number },
): Verdict {
  const oldest = historyOldestFirst.length < riseProofSeconds ? Number.NaN : historyOldestFirst[0]!;
  return reaches(now.value - oldest, provenShare * now.ratePerSecond * riseProofSeconds);
}

/** Adds a second to such a history; absent values leave it as it is. */
export function remember(historyOldestFirst: number[], value: number): void {
  if (Number.isNaN(value)) return;
  historyOldestFirst.push(value);
  if (historyOldestFirst.length > riseProofSeconds) historyOldestFirst.shift();
}
