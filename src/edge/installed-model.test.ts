import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureModel } from "#support/fixture-room.ts";
import { scriptedScorer } from "#support/scripted-scorer.ts";
import { installedModel, modelMissing } from "./installed-model.ts";

test("a missing model is a fault, and one that nobody wants is none", () => {
  assert.equal(modelMissing("missing").active, true);
  assert.match(modelMissing("missing").text, /the rules decide alone/);
  const model = { scorer: scriptedScorer(() => ({})), identity: fixtureModel };
  for (const choice of ["none", undefined, model] as const) assert.equal(modelMissing(choice).active, false);
});

test("only a model that is there decides", () => {
  const model = { scorer: scriptedScorer(() => ({})), identity: fixtureModel };
  assert.equal(installedModel(model), model);
  for (const choice of ["none", "missing", undefined] as const) assert.equal(installedModel(choice), null);
});
