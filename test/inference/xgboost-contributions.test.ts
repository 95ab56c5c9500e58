import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { TreeShap } from "#inference/tree-shap.ts";
import { debianPython, frameworks } from "#learning/frameworks/framework.ts";
import { frameworkAbsence } from "#learning/frameworks/framework-absence.ts";
import { readXgboostModel } from "#learning/frameworks/read-xgboost-model.ts";
import { runTrainingScript } from "#learning/frameworks/run-training-script.ts";
import { makeTrainingJobFolder } from "#learning/frameworks/training-job-folder.ts";
import { madeTable } from "#support/made-table.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const absence = await frameworkAbsence("boosting", debianPython);
const rows = 60;

/** Has XGBoost itself say what each feature contributes; the last column is what holds for rows in general. */
const theirContributions = `
import json, sys
import numpy, xgboost
booster = xgboost.Booster()
booster.load_model(sys.argv[1])
rows = numpy.array(json.loads(sys.argv[2]), dtype=numpy.float32)
matrix = xgboost.DMatrix(rows, missing=numpy.nan)
print(json.dumps(booster.predict(matrix, pred_contribs=True, validate_features=False).tolist()))
`;

test("TreeSHAP of XGBoost's trees is what XGBoost's own pred_contribs says", {
  skip: absence ?? false,
}, async (context) => {
  const train = madeTable({ rows: 1_500, seed: 2, rule: "checkerboard" });
  const folder = await makeTrainingJobFolder(await temporaryFolder(context), {
    member: "boosting",
    hyperparameters: { num_round: "30", max_depth: "5", seed: "3" },
    train,
    validation: null,
    cpus: 1,
    checkpoints: "synced",
  });
  const run = await runTrainingScript(folder, { python: debianPython, signal: null, onMetric: () => {} });
  assert.equal(run.outcome, "completed");
  const path = join(folder.modelFolder, frameworks.boosting.modelFile);
  const shap = new TreeShap(readXgboostModel(await readFile(path, "utf8"), train.featureNames));
  const fresh = madeTable({ rows, seed: 9, rule: "checkerboard" });
  const ours = Array.from({ length: rows }, (_, row) =>
    Float32Array.from(fresh.columns, (column) => column[row]!),
  );
  // Python's json reads NaN; JSON.stringify would write null.
  const asText = `[${ours.map((row) => `[${[...row].join(",")}]`).join(",")}]`;
  const { stdout } = await promisify(execFile)(debianPython, ["-c", theirContributions, path, asText]);
  const theirs = JSON.parse(stdout) as number[][];
  assert.equal(theirs.length, rows);
  let largest = 0;
  ours.forEach((row, k) => {
    const { usual, byFeature } = shap.contributions(row);
    [...byFeature, usual].forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value));
      assert.ok(Math.abs(value - theirs[k]![i]!) < 1e-4, `row ${k}, ${i}: ${value} and ${theirs[k]![i]}`);
    });
  });
  assert.ok(largest > 1, "there was something to say");
});
