import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Failure } from "#core/failure.ts";
import { runSeeds } from "./run-seeds.ts";
import { readSimOptions } from "./sim-options.ts";
import { SimTotals } from "./sim-totals.ts";
import { outcomeAsJson, outcomeAsLines } from "./tell-outcome.ts";

/** A long run says so often how far it is. */
const progressEveryMs = 30_000;

/**
 * Runs the whole system in simulated time, once for each seed, and says what must not be and was:
 * `npm run sim -- --seeds 1..200`, `npm run sim -- --seed 7`, a whole day by `npm run sim -- --day --seed 7`, each with
 * `--json`. What is wrong is printed as it is found, with the command that repeats it, and how far it is on stderr. Ends
 * with 1 when anything was wrong, and with 2 when it was called wrongly.
 */
async function main(): Promise<void> {
  const { range, length, workers, output } = readSimOptions(process.argv.slice(2), availableParallelism());
  const totals = new SimTotals(range);
  const startedMs = performance.now();
  const tookMs = (): number => performance.now() - startedMs;
  const program = new URL("./sim-worker.ts", import.meta.url);
  const of = range.first === range.last ? "one" : "many";
  const timer = setInterval(() => console.error(totals.progress(tookMs())), progressEveryMs);
  try {
    await runSeeds({ range, length, workers, makeWorker: () => new Worker(program) }, (outcome) => {
      totals.add(outcome);
      if (output === "json") console.log(outcomeAsJson(outcome, length));
      else for (const line of outcomeAsLines(outcome, { length, of })) console.log(line);
    });
  } finally {
    clearInterval(timer);
  }
  if (!totals.passed) process.exitCode = 1;
  if (output === "text") console.log(totals.sentence(tookMs()));
}

await main().catch((error: unknown) => {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});
