import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureModel, fixtureReading, fixtureTelemetry, fixtureView } from "#support/fixture-room.ts";
import type { ModelReadingMessage } from "#wire/model-messages.ts";
import { modelLines, modelNow } from "./model-text.ts";

function viewWith(reading: Partial<ModelReadingMessage>) {
  const model = { ...fixtureReading, ...reading };
  return fixtureView("kitchen", { model: fixtureModel, telemetry: fixtureTelemetry(1, { model }) });
}

test("a room's model is named, with what it judges by and its probabilities", () => {
  const view = viewWith({
    probability: 0.124,
    regions: [{ trackId: 1, flaming: 0.124, slowHeat: 0.03, location: null }],
  });
  assert.deepEqual(modelLines(view), [
    ["Model", "fires (0123456), unsigned"],
    ["Trained on", "50,000 seconds of 900 episodes, version 0.1.0"],
    ["Judges by", "Heat and CO2"],
    ["Flames", "12 %"],
    ["Slow heat", "3 %"],
  ]);
  assert.equal(modelNow(view), "model 12 %");
});

test("without a picture it says what it judges of the air", () => {
  const view = viewWith({ sensors: "air-only", probability: null, airBurning: 0.4 });
  assert.deepEqual(modelLines(view).slice(2), [
    ["Judges by", "The air alone"],
    ["Fire by the air", "40 %"],
  ]);
  assert.equal(modelNow(view), "model 40 % by the air");
});

test("a model that failed or judged nothing has no probability, not 0", () => {
  const failed = viewWith({ outcome: "failed", sensors: null, probability: null });
  assert.equal(modelNow(failed), "model failed");
  assert.deepEqual(modelLines(failed).at(-1), ["Flames", "–"]);
  assert.equal(modelNow(viewWith({ outcome: "not-judged", sensors: null, probability: null })), "model –");
});

test("a room without a model says so, and one that has not said is not spoken for", () => {
  const none = fixtureView("kitchen", { model: null });
  assert.deepEqual(modelLines(none), [["Model", "None: the rules decide alone"]]);
  assert.equal(modelNow(none), null);
  assert.deepEqual(modelLines(fixtureView("kitchen")), []);
});
