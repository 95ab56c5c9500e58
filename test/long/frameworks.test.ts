import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { networkOdds } from "#inference/dense-walker.ts";
import { treeProbability } from "#inference/tree-walker.ts";
import { debianPython, type FrameworkMember, frameworks } from "#learning/frameworks/framework.ts";
import { frameworkAbsence } from "#learning/frameworks/framework-absence.ts";
import { readFrameworkAnswers, readingError } from "#learning/frameworks/framework-answers.ts";
import { frameworkTrainers } from "#learning/frameworks/framework-trainers.ts";
import { readPytorchNetwork } from "#learning/frameworks/read-pytorch-network.ts";
import { readSklearnForest } from "#learning/frameworks/read-sklearn-forest.ts";
import { readXgboostModel } from "#learning/frameworks/read-xgboost-model.ts";
import { runTrainingScript } from "#learning/frameworks/run-training-script.ts";
import { makeTrainingJobFolder, type TrainingJob } from "#learning/frameworks/training-job-folder.ts";
import { fitPreparation } from "#learning/trainers/fit-preparation.ts";
import type { FitOptions } from "#learning/trainers/trainer.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";
import type { MemberModel } from "#model-package/member.ts";
import { madeTable } from "#support/made-table.ts";
import { assertRisesWithFirstFallsWithSecond } from "#support/rising-outputs.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const members: readonly FrameworkMember[] = ["forest", "boosting", "network"];
const absences = new Map<FrameworkMember, string | null>();
for (const member of members) absences.set(member, await frameworkAbsence(member, debianPython));
const needs = (member: FrameworkMember): { readonly skip: string | false } => ({
  skip: absences.get(member) ?? false,
});

const plain = { validation: null, workers: 1, kernels: null, onProgress: null, signal: null, seed: 1 };
const trainers = frameworkTrainers({ python: debianPython });

const readers = { forest: readSklearnForest, boosting: readXgboostModel, network: readPytorchNetwork };

function probabilityOf(model: MemberModel, row: Float32Array): number {
  if (model.kind === "trees") return treeProbability(model, row);
  assert.equal(model.kind, "network");
  return model.kind === "network" ? 1 / (1 + Math.exp(-networkOdds(model, row))) : Number.NaN;
}

function rightShare(model: MemberModel, table: TrainingTable): number {
  let right = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const values = Float32Array.from(table.columns, (column) => column[row]!);
    right += probabilityOf(model, values) > 0.5 === (table.labels[row] === 1) ? 1 : 0;
  }
  return right / table.rows;
}

/** A fit of each framework, small enough for a test. */
const smallFits: Readonly<
  Record<
    FrameworkMember,
    (table: TrainingTable, options: Omit<FitOptions<unknown>, "hyperparameters">) => Promise<MemberModel>
  >
> = {
  forest: (table, options) =>
    trainers.forest.fit(table, {
      ...options,
      hyperparameters: { ...trainers.forest.defaults, trees: 20, leafRowsMin: 3, nodesMax: 6_000 },
    }),
  boosting: (table, options) =>
    trainers.boosting.fit(table, {
      ...options,
      hyperparameters: { ...trainers.boosting.defaults, rounds: 40 },
    }),
  network: (table, options) =>
    trainers.network.fit(table, {
      ...options,
      hyperparameters: {
        ...trainers.network.defaults,
        hiddenUnits: [16, 16],
        batchRows: 64,
        epochsMax: 12,
        learningRate: 5e-3,
      },
    }),
};

for (const member of members) {
  test(`${member}: the framework learns a rule that no straight line can draw`, needs(member), async () => {
    const shares: number[] = [];
    const model = await smallFits[member](madeTable({ rows: 2_000, seed: 2, rule: "checkerboard" }), {
      ...plain,
      onProgress: (share) => void shares.push(share),
    });
    const share = rightShare(model, madeTable({ rows: 1_000, seed: 5, rule: "checkerboard" }));
    assert.ok(share > 0.9, `${share} right`);
    assert.equal(shares.at(-1), 1);
    assert.ok(shares.length > 2);
  });
}

/** A job with promises, weights and early stopping, to be stopped and to go on. */
const resumedJobs: Readonly<Record<FrameworkMember, TrainingJob["hyperparameters"]>> = {
  forest: { n_estimators: "20", max_depth: "8", seed: "3" },
  boosting: {
    num_round: "45",
    max_depth: "4",
    subsample: "0.8",
    colsample_bytree: "0.8",
    early_stopping_rounds: "20",
    seed: "3",
  },
  network: { hidden_units: "16,16", epochs: "6", patience: "3", batch_size: "64", lr: "0.005", seed: "3" },
};

for (const member of members) {
  test(
    `${member}: stopped by SIGTERM and gone on with, a job gives the model of one that never was stopped`,
    needs(member),
    async (context) => {
      const made = madeTable({ rows: 1_500, seed: 6, rule: "line" });
      const train = { ...made, weights: Float32Array.from(made.labels, (_, row) => 1 + (row % 3)) };
      const validation = madeTable({ rows: 500, seed: 8, rule: "line" });
      const job: TrainingJob = {
        member,
        hyperparameters: { ...resumedJobs[member], monotone_constraints: "(1,-1,0,0,0,0)" },
        train,
        validation,
        cpus: 1,
        checkpoints: "synced",
      };
      const whole = await runJob(await temporaryFolder(context), job, { stopAtOnce: "no" });
      assert.equal(whole.outcome, "completed");
      const prefix = await temporaryFolder(context);
      assert.equal((await runJob(prefix, job, { stopAtOnce: "yes" })).outcome, "stopped");
      const resumed = await runJob(prefix, job, { stopAtOnce: "no" });
      assert.deepEqual(resumed.metrics, whole.metrics);
      assert.ok(
        resumed.progress.length < whole.progress.length + (member === "forest" ? 1 : 0),
        "work was saved",
      );
      assert.equal(resumed.text, whole.text);
      assert.ok(whole.answers.rows.flat().filter((cell) => cell === null).length > 200);
      assert.ok(readingError(whole.model, whole.answers) <= 1e-6);
      assert.ok(rightShare(whole.model, validation) > 0.77);
      assertRisesWithFirstFallsWithSecond((row) => probabilityOf(whole.model, row));
      if (whole.model.kind === "network")
        assertSamePreparation(whole.model.preparation, fitPreparation(train, 10));
    },
  );
}

async function runJob(prefix: string, job: TrainingJob, options: { readonly stopAtOnce: "yes" | "no" }) {
  const folder = await makeTrainingJobFolder(prefix, job);
  const interrupt = new AbortController();
  const progress: number[] = [];
  const run = await runTrainingScript(folder, {
    python: debianPython,
    signal: interrupt.signal,
    onMetric(name, value) {
      if (name === "progress") progress.push(value);
      // The first line comes when the script listens to SIGTERM, long before it has loaded its framework.
      if (options.stopAtOnce === "yes") interrupt.abort();
    },
  });
  if (run.outcome !== "completed") return { ...run, progress, text: "", model: null!, answers: null! };
  const text = await readFile(join(folder.modelFolder, frameworks[job.member].modelFile), "utf8");
  const answers = readFrameworkAnswers(await readFile(join(folder.outputDataFolder, "golden.json"), "utf8"));
  return { ...run, progress, text, model: readers[job.member](text, job.train.featureNames), answers };
}

function assertSamePreparation(
  found: ReturnType<typeof fitPreparation>,
  native: ReturnType<typeof fitPreparation>,
): void {
  assert.deepEqual(found.median, native.median);
  assert.deepEqual(found.indicatorColumns, native.indicatorColumns);
  for (const name of ["mean", "deviation"] as const)
    found[name].forEach((value, i) => {
      assert.ok(Math.abs(value - native[name][i]!) < 1e-6, `${name} ${i}`);
    });
}
