import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { workerProgram } from "#core/worker-program.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import { EpisodePool, inOrder, workersMax } from "#learning/dataset/episode-pool.ts";
import type { EpisodeRecipe } from "#learning/dataset/episode-rows.ts";
import type { EpisodeJudgement } from "#learning/evaluation/episode-judgement.ts";
import { evaluationPage } from "#learning/evaluation/evaluation-page.ts";
import { type EvaluationReport, evaluationReport } from "#learning/evaluation/evaluation-report.ts";
import { JudgementLog } from "#learning/evaluation/judgement-log.ts";
import { modelCard } from "#learning/evaluation/model-card.ts";
import type { JudgeWork } from "#learning/evaluation/serve-judgements.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { packageBytesMax, unpackModel } from "#model-package/unpack-model.ts";
import { PartialFile } from "#recording/partial-file.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import type { Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { softwareVersion } from "../software-version.ts";
import { stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";
import { type ChosenEpisodes, chooseEpisodes } from "./choose-episodes.ts";

const logName = "judgements.jsonl";
const reportNames = ["report.html", "report.json", "model-card.md"] as const;
/** Episodes begun and not yet written, for each worker. */
const episodesPerWorker = 3;
/** Notes of progress where there is no terminal: one for so many episodes. */
const episodesPerNote = 25;
const msPerMinute = 60_000;

interface ReadPackage {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly read: ModelPackage;
}

/** Judges packages and writes the report. */
export async function runEvaluate(invocation: Invocation, workersDefault: number): Promise<number> {
  const { values, output } = invocation;
  const out = values["out"];
  const model = values["model"];
  if (model === undefined) throw badInput("usage", "Name the package to judge with --model FILE.tar.gz.");
  if (out === undefined) throw badInput("usage", "Name the folder for the report with --out DIR.");
  const workers = numberOption(invocation, "workers", {
    kind: "integer",
    min: 1,
    max: workersMax,
    default: workersDefault,
  });
  const beside = values["beside"];
  const packages = await Promise.all([model, ...(beside === undefined ? [] : [beside])].map(readPackage));
  const chosen = await chooseEpisodes(
    invocation,
    packages.map(({ read }) => read.manifest),
  );
  for (const warning of chosen.warnings) output.note(`warning: ${warning}`);
  await makeOutput(out);
  const plan = {
    judgements: "emberwatch-judgement/2",
    softwareVersion: softwareVersion(),
    physicsVersion,
    packages: packages.map(({ read }) => read.hash),
    what: chosen.what,
    episodes: chosen.recipes.length,
  };
  const log = await JudgementLog.open(join(out, logName), plan);
  const done = await judgeAll(invocation, { log, chosen, packages, workers }).finally(() => log.close());
  if (!done) {
    output.note(`Interrupted. Run the same command again to go on; what is judged is kept in ${out}.`);
    return 1;
  }
  const report = evaluationReport(log.judgements, {
    what: chosen.what,
    isHoldOut: chosen.isHoldOut,
    softwareVersion: softwareVersion(),
    packages,
    warnings: chosen.warnings,
  });
  await writeReport(out, report);
  await tellReport(invocation, report, out);
  return 0;
}

async function readPackage(path: string): Promise<ReadPackage> {
  const bytes = await readFileBytes(path, packageBytesMax);
  const read = await unpackModel(bytes, path);
  // Made for its checks: other features, unknown operators and wrong golden values are told before anything is rendered.
  new ModelScorer(read);
  return { path, bytes, read };
}

async function makeOutput(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw badInput("output-folder-missing", `${path} cannot be made: choose another folder.`, { cause });
  });
}

/** Judges what the log does not hold yet; false when it was interrupted. */
async function judgeAll(
  invocation: Invocation,
  task: {
    readonly log: JudgementLog;
    readonly chosen: ChosenEpisodes;
    readonly packages: readonly ReadPackage[];
    readonly workers: number;
  },
): Promise<boolean> {
  const { log, chosen, packages, workers } = task;
  const { output } = invocation;
  const left = chosen.recipes.slice(log.judgements.length);
  if (left.length === 0) return true;
  const workerData: JudgeWork = { packages: packages.map(({ path, bytes }) => ({ name: path, bytes })) };
  const program = workerProgram(new URL("./evaluate-worker.ts", import.meta.url));
  const pool = new EpisodePool<EpisodeJudgement>({
    workers: Math.min(workers, left.length),
    program,
    workerData,
  });
  const stop = stopSignal();
  let stopped = false;
  void stop.requested.then(() => {
    stopped = true;
    output.note("stopping; what is judged is kept");
  });
  const progress = new ProgressLine(output, "judging");
  const resumed = log.judgements.length;
  const startMs = systemClock.monotonicMs();
  try {
    const judgements = inOrder(iteratorOf(left), {
      render: (recipe) => pool.render(recipe),
      windowMax: workers * episodesPerWorker,
      hasEnough: () => false,
    });
    for await (const judgement of judgements) {
      await log.append(judgement);
      const count = log.judgements.length;
      const elapsedMs = systemClock.monotonicMs() - startMs;
      const leftMs = ((chosen.recipes.length - count) * elapsedMs) / (count - resumed);
      const text = `${count} of ${chosen.recipes.length} episodes, about ${Math.ceil(leftMs / msPerMinute)} min left`;
      progress.show(text);
      if (count % episodesPerNote === 0) output.note(`judged ${text}`);
      if (stopped) return count === chosen.recipes.length;
    }
    return true;
  } finally {
    progress.clear();
    stop.release();
    await pool.close();
  }
}

function iteratorOf(recipes: readonly EpisodeRecipe[]): Iterator<EpisodeRecipe, void, undefined> {
  let next = 0;
  return {
    next() {
      const value = recipes[next];
      next += 1;
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
  };
}

async function writeReport(folder: string, report: EvaluationReport): Promise<void> {
  const contents: Readonly<Record<(typeof reportNames)[number], string>> = {
    "report.html": evaluationPage(report),
    "report.json": `${JSON.stringify(report, null, 1)}\n`,
    "model-card.md": modelCard(report),
  };
  for (const name of reportNames) {
    const file = await PartialFile.create(join(folder, name), "replace");
    await file.write(Buffer.from(contents[name]));
    await file.commit();
  }
  await rm(join(folder, logName), { force: true });
}

async function tellReport(invocation: Invocation, report: EvaluationReport, folder: string): Promise<void> {
  const { output, switches } = invocation;
  if (switches.has("json")) {
    const { counts, goals } = report;
    await output.json({ type: "summary", folder, counts, goals });
    return;
  }
  for (const { goal, found, isMet } of report.goals) {
    const word = isMet === null ? "cannot be said" : isMet ? "met" : "NOT MET";
    await output.line(`${word}: ${goal}: ${found}`);
  }
  await output.line(`${join(folder, "report.html")}: ${report.counts.episodes} episodes judged`);
}
