import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { madeTable } from "#support/made-table.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { debianPython } from "./framework.ts";
import { frameworkAbsence } from "./framework-absence.ts";
import { metricDefinitions, metricInLine } from "./metric-definitions.ts";
import { runTrainingScript, type TrainingRun } from "./run-training-script.ts";
import { makeTrainingJobFolder, type TrainingJob } from "./training-job-folder.ts";

// Scripts judge their input before they load a framework, so that none of these runs needs more than NumPy.
const absence = await frameworkAbsence("forest", debianPython);
const skip = absence ?? false;

const job: TrainingJob = {
  member: "forest",
  hyperparameters: { n_estimators: "10" },
  train: madeTable({ rows: 60, seed: 1 }),
  validation: null,
  cpus: 1,
  checkpoints: "none",
};

/** Runs a job after something in its tree has been spoilt. */
async function runSpoilt(
  context: TestContext,
  spoil: (prefix: string) => Promise<void>,
  changes: Partial<TrainingJob> = {},
): Promise<TrainingRun> {
  const prefix = await temporaryFolder(context);
  const folder = await makeTrainingJobFolder(prefix, { ...job, ...changes });
  await spoil(prefix);
  const run = await runTrainingScript(folder, { python: debianPython, signal: null, onMetric: null });
  if (run.failure !== null) assert.equal(await readFile(folder.failureFile, "utf8"), run.failure);
  return run;
}

const channelFile = "input/data/train/train.csv";

test("a channel that cannot be learnt from is refused with one sentence in the failure file", {
  skip,
}, async (context) => {
  for (const [text, sentence] of [
    [
      "label,a,b\n1,2,3\n",
      /^Channel train: train\.csv line 1 holds 'label', which is no number; there is no header/,
    ],
    [
      "1,2,3\n0,2\n",
      /^Channel train: train\.csv line 2 has 2 cells; each line holds the label and 2 features\.$/,
    ],
    ["2,2,3\n0,2,1\n", /^Channel train: the first column is the label and holds 0 and 1 alone\.$/],
    ["1,2,inf\n0,2,1\n", /^Channel train holds an infinite value: leave its cell empty\.$/],
    ["1,2,3\n1,2,\n", /^Channel train has rows of one label alone/],
    ["", /^Channel train: .* holds no rows in \.csv or \.csv\.gz files\.$/],
  ] as const) {
    const run = await runSpoilt(context, (prefix) => writeFile(join(prefix, channelFile), text));
    assert.equal(run.outcome, "refused");
    assert.match(run.failure ?? "", sentence);
  }
});

test("hyperparameters out of range or unknown are refused by name", { skip }, async (context) => {
  const nothing = async (): Promise<void> => {};
  const outOfRange = await runSpoilt(context, nothing, { hyperparameters: { n_estimators: "0" } });
  assert.equal(outOfRange.outcome, "refused");
  assert.match(outOfRange.failure ?? "", /--n_estimators: invalid whole number from 1 to 5000 value: '0'/);
  const unknown = await runSpoilt(context, nothing, { hyperparameters: { trees: "5" } });
  assert.match(unknown.failure ?? "", /unrecognized arguments: --trees 5/);
  const short = await runSpoilt(context, nothing, { hyperparameters: { monotone_constraints: "(1,0)" } });
  assert.match(short.failure ?? "", /monotone_constraints names 2 features; channel train has 6/);
});

test("a checkpoint of another job is refused, not gone on from", { skip }, async (context) => {
  const run = await runSpoilt(
    context,
    (prefix) => writeFile(join(prefix, "checkpoints/trees-00000.json"), "0123\n[]"),
    { checkpoints: "synced" },
  );
  assert.equal(run.outcome, "refused");
  assert.match(
    run.failure ?? "",
    /^Checkpoint trees-00000\.json belongs to other hyperparameters or other data/,
  );
});

test("the tree of a job is SageMaker's, and a second one keeps nothing but checkpoints", async (context) => {
  const prefix = await temporaryFolder(context);
  const weights = new Float32Array(60).fill(0.5);
  const weighted = {
    ...job,
    train: { ...job.train, weights },
    validation: job.train,
    checkpoints: "synced",
  } as const;
  const folder = await makeTrainingJobFolder(prefix, weighted);
  assert.deepEqual(folder.arguments, ["--csv_weights", "1", "--n_estimators", "10"]);
  assert.equal(folder.environment["SM_CHANNEL_VALIDATION"], join(prefix, "input/data/validation"));
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(prefix, "input/config", name), "utf8"));
  assert.deepEqual(await json("hyperparameters.json"), {
    n_estimators: "10",
    csv_weights: "1",
    sagemaker_program: '"forest_sklearn.py"',
  });
  assert.deepEqual(await json("checkpointconfig.json"), { LocalPath: join(prefix, "checkpoints") });
  const [first = ""] = (await readFile(join(prefix, channelFile), "utf8")).split("\n");
  assert.match(first, /^[01],0\.5(,-?[\d.e-]*){6}$/);
  assert.equal(Math.fround(Number(first.split(",")[2])), job.train.columns[0]![0]);
  // The validation table has no weights of its own: all count 1.
  const validation = await readFile(join(prefix, "input/data/validation/validation.csv"), "utf8");
  assert.match(validation, /^[01],1,/);
  await writeFile(join(prefix, "model/old.json"), "{}");
  await writeFile(join(prefix, "checkpoints/kept"), "1");
  await makeTrainingJobFolder(prefix, weighted);
  await assert.rejects(readFile(join(prefix, "model/old.json")));
  assert.equal(await readFile(join(prefix, "checkpoints/kept"), "utf8"), "1");
});

test("a script that dies without a word is said to have failed, with what it last complained about", async (context) => {
  const prefix = await temporaryFolder(context);
  const folder = await makeTrainingJobFolder(prefix, job);
  const python = join(prefix, "python");
  await writeFile(python, "#!/bin/sh\necho 'validation-auc=0.75;'\necho all memory is gone >&2\nexit 3\n");
  await chmod(python, 0o755);
  const run = await runTrainingScript(folder, { python, signal: null, onMetric: null });
  assert.equal(run.outcome, "failed");
  assert.equal(run.failure, "it ended with 3: all memory is gone");
  assert.deepEqual([...run.metrics], [["validation:auc", 0.75]]);
  await assert.rejects(
    runTrainingScript(folder, { python: join(prefix, "nowhere"), signal: null, onMetric: null }),
    { code: "python-absent" },
  );
});

test("what a listener throws stops the script and is passed on", async (context) => {
  const prefix = await temporaryFolder(context);
  const folder = await makeTrainingJobFolder(prefix, job);
  const python = join(prefix, "python");
  // It would wait for ever; SIGTERM ends it.
  await writeFile(python, "#!/bin/sh\necho 'progress=0.5;'\nexec tail -f /dev/null\n");
  await chmod(python, 0o755);
  const onMetric = (): void => {
    throw new Error("enough");
  };
  await assert.rejects(runTrainingScript(folder, { python, signal: null, onMetric }), { message: "enough" });
});

test("a missing Python or package is told with what to install", async (context) => {
  const prefix = await temporaryFolder(context);
  const python = join(prefix, "python");
  assert.equal(
    await frameworkAbsence("boosting", python),
    `XGBoost cannot be used: there is no Python at ${python}. Install python3 and python3-xgboost, or use the native engine.`,
  );
  await writeFile(python, "#!/bin/sh\necho xgboost\n");
  await chmod(python, 0o755);
  assert.equal(
    await frameworkAbsence("boosting", python),
    `XGBoost cannot be used: ${python} has no xgboost. Install python3-xgboost, or use the native engine.`,
  );
});

test("metrics are found in lines by SageMaker's own rules", () => {
  assert.ok(metricDefinitions.length <= 40);
  for (const { Regex } of metricDefinitions) {
    assert.ok(Regex.length <= 500);
    assert.equal(new RegExp(`${Regex}|`).exec("")?.length, 2, "one group");
  }
  assert.deepEqual(metricInLine("validation-logloss=3.25e-05;"), {
    name: "validation:logloss",
    value: 3.25e-5,
  });
  assert.deepEqual(metricInLine("progress=0.5;"), { name: "progress", value: 0.5 });
  for (const line of ["progress=;", "progress=nan;", "hello"]) assert.equal(metricInLine(line), null);
});
