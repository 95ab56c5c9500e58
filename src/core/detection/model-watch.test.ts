import assert from "node:assert/strict";
import { test } from "node:test";
import { secondOf } from "#support/feature-seconds.ts";
import { flamingRegion, scriptedHash, scriptedScorer } from "#support/scripted-scorer.ts";
import type { TroubleCode } from "../alarm/trouble.ts";
import { defaultModelPolicy } from "./model-detector.ts";
import { ModelWatch } from "./model-watch.ts";
import type { ModelScores, SecondScorer } from "./second-scorer.ts";

function watched(scorer: SecondScorer | null, standing: readonly TroubleCode[] = []) {
  const told: string[] = [];
  const watch = new ModelWatch({
    scorer,
    policy: defaultModelPolicy,
    standing: new Set(standing),
    report: ({ code, active, text }) => told.push(`${code} ${active ? "on" : "off"}: ${text}`),
  });
  let second = 0;
  return { told, watch, next: () => watch.evaluate(secondOf({ second: second++, regions: [{}] })) };
}

/** Answers from a list, the last one for ever; a text is thrown. */
function inTurn(answers: readonly (Partial<ModelScores> | string)[]): SecondScorer {
  let asked = 0;
  return scriptedScorer(() => {
    const answer = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    if (typeof answer === "string") throw new Error(answer);
    return answer;
  });
}

test("a model that throws is a fault with its cause, and its second is failed, not 0", () => {
  const { told, next } = watched(inTurn(["no memory"]));
  const { finding, reading } = next();
  assert.deepEqual(finding, { alarm: [], prealarm: [] });
  assert.equal(reading?.outcome, "failed");
  assert.equal(reading.packageHash, scriptedHash);
  assert.ok(Number.isNaN(reading.probability));
  assert.match(told.join(), /^model-failed on: .*no memory.*rules decide alone/);
  next();
  assert.equal(told.length, 1, "a fault that stands is told once");
});

test("a model that is not there yet is not asked, and is neither a fault nor the end of one", () => {
  let isThere = false;
  const scorer = scriptedScorer(() => ({ regions: [flamingRegion(0.9)] }));
  const { told, next } = watched(
    {
      ...scorer,
      get packageHash() {
        return isThere ? scriptedHash : null;
      },
    },
    ["model-failed"],
  );
  assert.deepEqual(next(), { finding: null, reading: null });
  assert.deepEqual(told, []);
  isThere = true;
  assert.equal(next().reading?.probability, 0.9);
  assert.match(told.join(), /^model-failed off: The model answers again/);
});

for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -0.01, 1.01])
  test(`${wrong} is no probability of flames`, () => {
    const { told, next } = watched(inTurn([{ regions: [flamingRegion(wrong)] }]));
    assert.equal(next().reading?.outcome, "failed");
    assert.match(told.join(), new RegExp(`it gave ${wrong} as the probability of flames`));
  });

test("a wrong answer about slow heat or the air is a fault too", () => {
  const slow = watched(inTurn([{ regions: [flamingRegion(0.1, { slowHeat: Number.NaN })] }]));
  assert.equal(slow.next().reading?.outcome, "failed");
  const air = watched(inTurn([{ sensors: "air-only", airBurning: 2 }]));
  const second = secondOf({ second: 0, regions: null, air: { co2Ppm: 600 } });
  assert.equal(air.watch.evaluate(second).reading?.outcome, "failed");
});

test("a head that the model does not have is no wrong answer", () => {
  const scorer = scriptedScorer(() => ({ regions: [flamingRegion(0.1, { slowHeat: Number.NaN })] }), {
    slowHeat: Number.NaN,
  });
  const { told, next } = watched(scorer);
  assert.equal(next().reading?.outcome, "judged");
  assert.deepEqual(told, []);
});

test("a model without a head for the sensors that are there is a fault: nobody would know that it is silent", () => {
  const scorer = scriptedScorer(() => ({ sensors: "thermal-only" }), { flaming: Number.NaN });
  const { told, next } = watched(scorer);
  assert.equal(next().reading?.outcome, "failed");
  assert.match(told.join(), /it cannot judge thermal-only/);
});

test("the fault ends after three seconds with answers; a quiet picture, of which it is asked nothing, proves nothing", () => {
  const { told, next } = watched(inTurn(["x", {}, {}, {}, {}, { regions: [flamingRegion(0.2)] }]));
  for (let k = 0; k < 7; k += 1) next();
  assert.equal(told.length, 1);
  next();
  assert.match(told.at(-1) ?? "", /^model-failed off/);
});

test("what a model found before it failed stands until it answers or somebody resets", () => {
  const yes = { regions: [flamingRegion(0.9)] };
  const { next, watch } = watched(inTurn([yes, yes, yes, "x"]));
  for (let k = 0; k < 3; k += 1) next();
  const held = next();
  assert.equal(held.reading?.outcome, "failed");
  assert.deepEqual(
    held.finding?.alarm.map(({ code }) => code),
    ["model-flaming"],
  );
  watch.forget();
  assert.deepEqual(next().finding, { alarm: [], prealarm: [] });
});

test("a second that failed is no vote against flames", () => {
  const yes = { regions: [flamingRegion(0.9)] };
  const { next } = watched(inTurn([yes, yes, "x", "x", "x", yes]));
  const found = Array.from({ length: 6 }, () => next().finding?.alarm.length);
  assert.deepEqual(found, [0, 0, 0, 0, 0, 1]);
});

test("nothing to judge by is neither a fault nor a probability", () => {
  const { told, watch } = watched(scriptedScorer(() => assert.fail("asked about nothing")));
  const { reading } = watch.evaluate(secondOf({ second: 0, regions: null }));
  assert.equal(reading?.outcome, "not-judged");
  assert.ok(Number.isNaN(reading.probability));
  assert.deepEqual(told, []);
});

test("without a model there is no answer, and a fault of an earlier one is over", () => {
  const { told, next } = watched(null, ["model-failed"]);
  assert.deepEqual(next(), { finding: null, reading: null });
  assert.deepEqual(told, ["model-failed off: There is no model any more: the rules decide."]);
});
