import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureModel } from "#support/fixture-room.ts";
import { scriptedScorer } from "#support/scripted-scorer.ts";
import { SwappableModel } from "./commands/swappable-model.ts";
import { installedModel, missingModel, modelMissing, scorerOf } from "./installed-model.ts";

const model = { scorer: scriptedScorer(() => ({})), identity: fixtureModel };
const missing = missingModel("It is damaged: train it again.");

test("a missing model is a fault, and one that nobody wants is none", () => {
  const told = modelMissing(missing);
  assert.equal(told?.active, true);
  assert.match(told.text, /^The rules decide alone\. It is damaged/);
  for (const choice of ["none", undefined, model] as const) assert.equal(modelMissing(choice)?.active, false);
});

test("only a model that is there decides", () => {
  assert.equal(installedModel(model), model);
  assert.equal(scorerOf(model), model.scorer);
  for (const choice of ["none", missing, undefined] as const) {
    assert.equal(installedModel(choice), null);
    assert.equal(scorerOf(choice), null);
  }
});

test("whether a model that is being checked is missing cannot be told, and it is asked once it is there", () => {
  const changing = new SwappableModel();
  const scorer = scorerOf(changing);
  assert.deepEqual(
    [modelMissing(changing), installedModel(changing), scorer?.packageHash],
    [null, null, null],
  );
  changing.swap(model);
  assert.deepEqual([modelMissing(changing)?.active, installedModel(changing)], [false, model]);
  assert.equal(scorer?.packageHash, model.scorer.packageHash);
  changing.swap(missing);
  assert.deepEqual([modelMissing(changing)?.active, scorer?.packageHash], [true, null]);
});
