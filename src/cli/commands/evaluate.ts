import { availableParallelism } from "node:os";
import { badInput } from "#core/failure.ts";
import { workersMax } from "#learning/dataset/episode-pool.ts";
import type { Command } from "../command.ts";
import { runEvaluate } from "../evaluate/run-evaluate.ts";

/** Judges model packages through the alarm machine on episodes that they have not seen. */
export const evaluateCommand: Command = {
  name: "evaluate",
  summary: "Judges a model package on unseen episodes: fires found, how soon, and false alarms.",
  usage: "--model FILE.tar.gz --data DIR | --suite full  --out DIR [options]",
  options: {
    model: { value: "FILE", help: "the package to judge" },
    beside: { value: "FILE", help: "another package on the same episodes, for example of the other schema" },
    data: { value: "DIR", help: "a rendered data set, whose episodes are rendered again" },
    split: { value: "SPLIT", help: "of the data set: test (default), validation or train" },
    suite: {
      value: "full",
      help: "instead of a data set: new episodes of the families that training did not see",
    },
    fires: { value: "N", help: "suite: lit fires, at least (default 400)" },
    nuisances: { value: "N", help: "suite: nuisance episodes, at least (default 600)" },
    named: {
      value: "N",
      help: "suite: episodes of each named test fire (TF5 at 12 m and 25 m, TF2, TF3), beside them (default 24; 0: none)",
    },
    seed: { value: "N", help: "suite: another seed draws other episodes (default 2026)" },
    out: { value: "DIR", help: "folder for report.html, report.json and model-card.md" },
    workers: { value: "N", help: `threads (default: one for each core, at most ${workersMax})` },
    json: { value: null, help: "prints the goals and what was found as JSON" },
  },
  examples: [
    "emberwatch evaluate --model fires.tar.gz --data fires --out report",
    "emberwatch evaluate --model fires.tar.gz --suite full --out suite",
  ],
  notes:
    "Interrupted, it keeps what is judged in the folder; the same command goes on there. Exit code 0 when the report\n" +
    "was written, whatever it says; 1 when interrupted. What the figures mean: docs/guides/training.md.",
  run(invocation) {
    const [extra] = invocation.positionals;
    if (extra !== undefined) throw badInput("usage", `"${extra}" is not an option of evaluate.`);
    return runEvaluate(invocation, Math.min(workersMax, availableParallelism()));
  },
};
