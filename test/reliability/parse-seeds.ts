import { badInput } from "#core/failure.ts";

/** Which seeds to run, from the first to the last. */
export interface SeedRange {
  readonly first: number;
  readonly last: number;
}

/** Seeds as "7" or "1..200". Throws badInput "seeds". */
export function parseSeeds(text: string): SeedRange {
  const [, from, to = from] = /^(\d+)(?:\.\.(\d+))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last < first)
    throw badInput("seeds", `"${text}" is no range of seeds: write one like 7, or a range like 1..200.`);
  return { first, last };
}
