import { parseArgs } from "node:util";
import { badInput } from "#core/failure.ts";
import { parseSeeds, type SeedRange } from "./parse-seeds.ts";
import type { RunLength } from "./seed-outcome.ts";

/** What a call of the simulation asks for. */
export interface SimOptions {
  readonly range: SeedRange;
  readonly length: RunLength;
  /** Threads. */
  readonly workers: number;
  readonly output: "text" | "json";
}

/** Seeds that are run when none are named. */
const usualSeeds = "1..20";
/** Threads at most. */
const workersMax = 256;

/** Reads the command line; `cores` is how many threads are used when it says nothing. Throws badInput "option", "seeds" or "workers". */
export function readSimOptions(args: readonly string[], cores: number): SimOptions {
  const { seed, seeds, day, json, workers } = readValues(args);
  if (seed !== undefined && seeds !== undefined)
    throw badInput("option", "--seed and --seeds exclude each other: name one seed or a range.");
  return {
    range: seed === undefined ? parseSeeds(seeds ?? usualSeeds) : parseOneSeed(seed),
    length: day === true ? "day" : "minutes",
    workers: workers === undefined ? cores : parseWorkers(workers),
    output: json === true ? "json" : "text",
  };
}

function readValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: "string" },
        seeds: { type: "string" },
        day: { type: "boolean" },
        json: { type: "boolean" },
        workers: { type: "string" },
      },
    }).values;
  } catch (error) {
    if (
      !(error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS"))
    )
      throw error;
    const what = error.message.split(/\.\s|\n/)[0]!;
    throw badInput("option", `${what}: there are --seed N, --seeds A..B, --day, --workers N and --json.`);
  }
}

function parseOneSeed(text: string): SeedRange {
  if (text.includes(".."))
    throw badInput("seeds", `--seed takes one seed: write a range like ${text} as --seeds ${text}.`);
  return parseSeeds(text);
}

function parseWorkers(text: string): number {
  const workers = /^\d+$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > workersMax)
    throw badInput(
      "workers",
      `--workers ${text} is no number of threads: write one from 1 to ${workersMax}.`,
    );
  return workers;
}
